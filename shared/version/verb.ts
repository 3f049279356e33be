import type { Command } from "commander";
import {
  type Course,
  coursesHere,
  DEFAULT_COURSE,
  findStep,
  parseStep,
  readCourse,
  type Step,
} from "../course/course.ts";
import { mineOf } from "../course/mine.ts";
import {
  adoptedDir,
  adoptedStep,
  courseOf,
  goneLine,
  goneStep,
  nothingAdopted,
} from "../course/state.ts";
import type { World } from "../course/world.ts";

/** A verb of version.sh: one file in verbs/, listed in verbs/index.ts. */
export interface Verb {
  /** One line for the overview. */
  readonly summary: string;
  /** Whether the overview names it only: it has to fit on one screen. */
  readonly isRare?: true;
  /** What to type, and what it does; shown under the verb's help. */
  readonly examples: readonly (readonly [command: string, does: string])[];
  /**
   * Declares arguments, options and action. An argument named `step` or `other` is completed
   * with the steps. The action throws a CourseError where it fails.
   */
  define(command: Command, context: Context): void;
}

/** The option of the verbs that install the packages of a course at their first use. */
export const NO_INSTALL = [
  "--no-install",
  "do not install the course's own packages, say only how",
] as const;

/** All verbs by their names, each loaded when it is called. */
export type Verbs = Readonly<Record<string, () => Promise<{ verb: Verb }>>>;

/** What an action works with: the world, and the course that the command line means. */
export class Context {
  readonly world: World;
  readonly verbs: Verbs;
  readonly #program: Command;
  #isTold = false;

  constructor(world: World, program: Command, verbs: Verbs) {
    this.world = world;
    this.verbs = verbs;
    this.#program = program;
  }

  /** The course: `--course`, else COURSE, else that of the adopted step while it is there, else `steps`. */
  course(): Course {
    const { course } = this.#program.opts<{ course?: string }>();
    const asked = course ?? (this.world.env.COURSE || undefined);
    if (asked !== undefined) return readCourse(this.world, asked);
    const gone = goneStep(this.world);
    if (gone === undefined)
      return readCourse(this.world, courseOf(adoptedDir(this.world)) ?? DEFAULT_COURSE);
    if (!this.#isTold) this.world.stderr.write(`version.sh: ${goneLine(gone)}\n`);
    this.#isTold = true;
    return readCourse(this.world, DEFAULT_COURSE);
  }

  /** Whether there is more than one course: then lists say which one they are of. */
  hasSequels(): boolean {
    return coursesHere(this.world.root).length > 1;
  }

  /** The step that was typed, as `4`, `04` or `steps/04`, and its course. */
  step(typed: string): { course: Course; step: Step } {
    const { id, course: folder } = parseStep(this.world, typed);
    const course = folder === undefined ? this.course() : readCourse(this.world, folder);
    return { course, step: findStep(course, id) };
  }

  /** The step that was typed, else the adopted one. */
  stepOrAdopted(typed: string | undefined): { course: Course; step: Step } {
    if (typed !== undefined) return this.step(typed);
    const adopted = adoptedStep(this.world);
    if (adopted === undefined) throw nothingAdopted(this.world);
    return adopted;
  }

  /** The folder that runs for a step: the learner's own one if they are writing it. */
  running(typed: string | undefined): Step {
    const { step } = this.stepOrAdopted(typed);
    const here = adoptedDir(this.world) === mineOf(this.world, step).dir;
    return here ? mineOf(this.world, step) : step;
  }
}

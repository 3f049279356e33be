import { changesBetween } from "../../course/changes.ts";
import { type Course, lessonOf, neighbour, titleFor } from "../../course/course.ts";
import { isAboutCode } from "../../course/files.ts";
import { figuresOf } from "./lesson-figures.ts";

/** The figures of a step. Lines and files are those of its code: the lesson and the check do not count. */
export interface StepFigures {
  readonly step: string;
  readonly title: string;
  readonly added: number;
  readonly removed: number;
  /** How many files differ from the step before. */
  readonly files: number;
  /** Terms of the field that no lesson before has introduced. */
  readonly terms: readonly string[];
  /** To read the lesson. */
  readonly minutes: number;
}

/** The figures of a course. */
export interface CourseFigures {
  readonly course: string;
  readonly steps: readonly StepFigures[];
  readonly total: {
    readonly steps: number;
    readonly added: number;
    readonly removed: number;
    /** How many changes of files there are: a file that five steps change counts five times. */
    readonly files: number;
    readonly terms: number;
    readonly minutes: number;
    /** The lines that half of the steps add at most. */
    readonly medianAdded: number;
  };
}

/** Counts what each step of a course asks of its readers. */
export function statsOf(course: Course): CourseFigures {
  const known = new Set<string>();
  const steps = course.steps.map((step): StepFigures => {
    const before = neighbour(course, step, -1);
    const changes = changesBetween(
      { name: before?.dir ?? "/dev/null", path: before?.path },
      { name: step.dir, path: step.path },
    ).filter(({ path }) => !isAboutCode(path));
    const { terms, minutes } = figuresOf(lessonOf(step) ?? "");
    const fresh = terms.filter((term) => isNew(known, term));
    return {
      step: step.id,
      title: titleFor(step),
      added: sum(changes.map(({ added }) => added)),
      removed: sum(changes.map(({ removed }) => removed)),
      files: changes.length,
      terms: fresh,
      minutes,
    };
  });
  const all = <K extends "added" | "removed" | "files" | "minutes">(key: K) =>
    sum(steps.map((step) => step[key]));
  return {
    course: course.folder,
    steps,
    total: {
      steps: steps.length,
      added: all("added"),
      removed: all("removed"),
      files: all("files"),
      terms: sum(steps.map(({ terms }) => terms.length)),
      minutes: Math.round(all("minutes") * 10) / 10,
      medianAdded: median(steps.map(({ added }) => added)),
    },
  };
}

/** Whether a term is told for the first time: "Tables" is "table". */
function isNew(known: Set<string>, term: string): boolean {
  const key = term.toLowerCase().replace(/(?:(?<=x)e)?s$/, "");
  const isFirst = !known.has(key);
  known.add(key);
  return isFirst;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The middle one, the lower of two. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}

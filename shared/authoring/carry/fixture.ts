import { spawnSync } from "node:child_process";
import { cpSync, lstatSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Files, makeRepository, type Repository } from "../../version/fixture.ts";

const ROOT = resolve(import.meta.dirname, "../../..");

/** A course in a git repository of its own. */
export interface Authored extends Repository {
  /** Calls git there; what it printed comes back. */
  git(...args: string[]): string;
  /** All files of the steps, with their permissions and bytes. */
  state(): Record<string, string>;
}

/** Makes a course in a git repository, with one commit. */
export function makeCourse(files: Files): Authored {
  const repository = makeRepository({
    ".gitignore": "node_modules\ninstance/\n*.log\n/.course/\n/mine/\n/shared\n",
    ...files,
  });
  const env = {
    PATH: process.env.PATH,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    ...Object.fromEntries(
      ["AUTHOR", "COMMITTER"].flatMap((role) => [
        [`GIT_${role}_NAME`, "Ada"],
        [`GIT_${role}_EMAIL`, "ada@example.org"],
      ]),
    ),
  };
  const authored: Authored = {
    ...repository,
    git(...args) {
      const { status, stdout, stderr } = spawnSync("git", args, { cwd: repository.root, env });
      if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
      return stdout.toString();
    },
    state: () => filesIn(repository.path("steps")),
  };
  authored.git("init", "-q", "-b", "main");
  authored.git("add", "-A");
  authored.git("commit", "-qm", "the course");
  return authored;
}

/** The course itself, in a git repository of its own; its checks run there. */
export function copyCourse(): Authored {
  const course = makeCourse({
    "package.json":
      '{ "type": "module", "imports": { "#testkit": "./shared/testkit/index.ts" } }\n',
  });
  symlinkSync(join(ROOT, "shared"), course.path("shared"), "junction");
  cpSync(join(ROOT, "steps"), course.path("steps"), {
    recursive: true,
    filter: (path) => !/[\\/](instance|node_modules)$/.test(path),
  });
  course.git("add", "-A");
  course.git("commit", "-qm", "the steps");
  return course;
}

/** Every file and link below a folder, with its permissions and bytes. */
function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Object.fromEntries(
    entries.sort().map((name) => {
      const path = join(folder, name);
      const stat = lstatSync(path);
      const mode = stat.mode.toString(8);
      if (stat.isSymbolicLink()) return [name, `link ${readlinkSync(path)}`];
      return [name, stat.isFile() ? `${mode} ${readFileSync(path).toString("latin1")}` : mode];
    }),
  );
}

/** A small course: app.ts grows by a line in each step, and each has a lesson of its own. */
export const SMALL: Files = Object.fromEntries(
  ["00", "01", "01b", "02", "03"].flatMap((id, index) => [
    [`steps/${id}/app.ts`, `${lines(index).join("\n")}\n`],
    [`steps/${id}/README.md`, `# the lesson of ${id}\n\nWhat all of the lessons say.\n`],
    [`steps/${id}/views/page.ejs`, "<p>hello</p>\n<p>all</p>\n"],
  ]),
);

/** A step's app.ts in which the second line has another value. */
export const second = (id: string, value: number): string =>
  (SMALL[`steps/${id}/app.ts`] ?? "").replace("second = 2", `second = ${value}`);

function lines(index: number): string[] {
  const own = Array.from({ length: index }, (_, it) => [`// step ${it + 1}`, "", ""]).flat();
  return ["const first = 1;", "", "", "const second = 2;", "", "", ...own, "export {};"];
}

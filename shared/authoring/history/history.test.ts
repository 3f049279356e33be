import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeRepository, type Repository } from "../../version/fixture.ts";
import { copyCourse, snapshot } from "../fixture.ts";
import { stepIn, subjectOf } from "./subject.ts";

const ENV = {
  GIT_AUTHOR_NAME: "An Author",
  GIT_AUTHOR_EMAIL: "author@example.org",
  GIT_COMMITTER_NAME: "An Author",
  GIT_COMMITTER_EMAIL: "author@example.org",
  GIT_CONFIG_GLOBAL: "/dev/null",
};

function git(course: Repository, ...args: string[]): string {
  const env = { ...process.env, ...ENV };
  const { status, stdout, stderr } = spawnSync("git", args, {
    cwd: course.root,
    env,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout.trimEnd();
}

const IGNORED = "node_modules\ninstance/\n/mine/\n/.course/\n";

function commitAll(course: Repository): Repository {
  course.write({ ".gitignore": IGNORED });
  if (!existsSync(course.path(".git"))) git(course, "init", "-q", "-b", "main");
  git(course, "add", "-A");
  git(course, "commit", "-q", "-m", "the course");
  return course;
}

const small = () => commitAll(makeRepository());
/** Another commit instead of the branch's one of a step, and those after it on top of it, as a rebase does it. */
function amend(
  course: Repository,
  step: string,
  change: (tree: string) => void,
  subject?: string,
): void {
  const commits = git(course, "rev-list", "--reverse", "course").split("\n");
  const folder = course.path("amended");
  git(course, "worktree", "add", "-q", "--detach", folder, commits[0] as string);
  const inside = (...args: string[]) => git({ ...course, root: folder } as Repository, ...args);
  for (const [index, id] of commits.entries()) {
    if (index > 0) inside("cherry-pick", "--allow-empty", "--strategy-option=theirs", id);
    if (!git(course, "log", "-1", "--format=%s", id).startsWith(`step ${step} `)) continue;
    change(folder);
    inside("add", "-A");
    inside(
      "commit",
      "-q",
      "--amend",
      "--allow-empty",
      ...(subject ? ["-m", subject] : ["--no-edit"]),
    );
  }
  const tip = inside("rev-parse", "HEAD");
  git(course, "worktree", "remove", "--force", folder);
  git(course, "branch", "-f", "course", tip);
}

test.each([
  ["03", "# a `GET /api/users` endpoint\n", "step 03 - a GET /api/users endpoint"],
  ["07b", "# with *stress*\n", "step 07b - with stress"],
  ["20", "no heading\n", "step 20"],
])("the commit of step %s", (id, lesson, subject) => {
  expect(subjectOf(id, lesson)).toBe(subject);
  expect(stepIn(subject)).toBe(id);
});

test.each(["fixup! step 03 - a", "step 3 - a", "step 03: a", "Step 03 - a", "wip"])(
  "%s names no step",
  (subject) => expect(stepIn(subject)).toBeUndefined(),
);

test("the real course: a commit a step, the same ids everywhere, nothing else touched", async () => {
  const course = commitAll(copyCourse());
  course.write({ "steps/07/instance/chat.db": "data", "steps/08/app.ts": "not committed\n" });
  git(course, "add", "steps/08/app.ts");
  course.write({ "steps/09/new.txt": "new\n" });
  const before = [
    snapshot(course),
    git(course, "status", "--porcelain"),
    git(course, "rev-parse", "HEAD"),
  ];
  const index = readFileSync(course.path(".git/index"));
  const { code, out, err } = await course.run("history --branch course");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const tip = git(course, "rev-parse", "course");
  expect(out).toBe(
    `Branch course has 24 steps, one commit each: ${tip.slice(0, 10)}\nRead it: git log -p --reverse course\n`,
  );
  expect([
    snapshot(course),
    git(course, "status", "--porcelain"),
    git(course, "rev-parse", "HEAD"),
  ]).toEqual(before);
  expect(readFileSync(course.path(".git/index")).equals(index)).toBe(true);
  expect(existsSync(course.path(".course/history.index"))).toBe(false);
  expect(
    git(course, "log", "--reverse", "--format=%s|%an|%ct", "course").split("\n").slice(0, 3),
  ).toEqual([
    "step 00 - the simplest possible hello world app|The course|1767225600",
    "step 01 - connect to a SQL (SQLite) database|The course|1767229200",
    "step 01b - a /db/alive endpoint to check that the database is alive|The course|1767232800",
  ]);
  expect(git(course, "ls-tree", "-r", "--name-only", "course~12").split("\n")).toEqual([
    "README.md",
    "app.ts",
    "check.test.ts",
    "public/style.css",
    "views/users.ejs",
  ]);
  // A file that is not committed counts as well: the branch is what the folders are.
  expect(git(course, "show", "course~11:app.ts")).toBe("not committed");
  expect((await course.run("history --branch course")).out).toMatch(
    /^Branch course is up to date: 24 steps/,
  );

  const other = copyCourse();
  other.write({ "steps/08/app.ts": "not committed\n", "steps/09/new.txt": "new\n" });
  await commitAll(other).run("history --branch another");
  expect(git(other, "rev-parse", "another")).toBe(tip);
});

test("round trip: bytes, modes and links come back exactly, in every step", async () => {
  const course = small();
  const odd = Buffer.from("no line end, \r\n, \0 and \xff\xfe", "latin1");
  writeFileSync(course.path("steps/01b/public/pixel.png"), odd);
  course.write({
    "steps/01b/public/a b'\"ü.css": "p {}\n",
    "steps/01b/lesson/users.svg": "<svg/>\n",
    "steps/02/app.ts": "crlf\r\n",
  });
  chmodSync(course.path("steps/02/app.ts"), 0o755);
  symlinkSync("app.ts", course.path("steps/02/link.ts"));
  commitAll(course);
  expect((await course.run("history --branch course")).code).toBe(0);
  const wanted = snapshot(course);
  for (const id of ["01b", "02"]) rmSync(course.path(`steps/${id}`), { recursive: true });
  course.write({
    "steps/01b/app.ts": "other\n",
    "steps/01b/views": "a file where a folder was\n",
    "steps/01b/instance/chat.db": "data",
    "steps/02/app.ts/deep.ts": "a folder where a file was\n",
    "steps/02/more/file.txt": "to go\n",
  });
  commitAll(course);
  const { code, out, err } = await course.run("import --branch course");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("from branch course: read git diff, then npm run generate");
  expect(snapshot(course)).toEqual({ ...wanted, "steps/01b/instance/chat.db": "data" });
  expect(readFileSync(course.path("steps/01b/public/pixel.png")).equals(odd)).toBe(true);
  expect(lstatSync(course.path("steps/02/app.ts")).mode & 0o777).toBe(0o755);
  expect(readlinkSync(course.path("steps/02/link.ts"))).toBe("app.ts");
  expect(existsSync(course.path("steps/02/more"))).toBe(false);
  commitAll(course);
  expect((await course.run("import --branch course")).out).toBe(
    "The steps have what branch course has.\n",
  );
  expect((await course.run("history --branch course")).out).toMatch(/^Branch course is up to date/);
});

test("an amended commit and all that were rebased on it come back", async () => {
  const course = small();
  course.write({ "README.md": "<!-- steps -->\n<!-- /steps -->\n" });
  commitAll(course);
  await course.run("history --branch course");
  amend(course, "01", (tree) => {
    writeFileSync(join(tree, "README.md"), "# connect to another database\n");
    writeFileSync(join(tree, "notes.md"), "here to stay\n");
  });
  const { code, out } = await course.run("import --branch course");
  expect(code).toBe(0);
  expect(out).toContain("steps/01/README.md\nsteps/01/notes.md\n");
  expect(course.read("steps/01/README.md")).toBe("# connect to another database\n");
  expect(course.read("README.md")).toContain("| connect to another database |");
  // Its files are what the folders hold: nothing is lost when it is written anew.
  expect((await course.run("history --branch course")).code).toBe(0);
  expect(git(course, "log", "-1", "--format=%cn", "course")).toBe("The course");
});

test("a branch of somebody's own is not overwritten without --force", async () => {
  const course = small();
  git(course, "branch", "own");
  const own = git(course, "rev-parse", "own");
  expect(await course.run("history --branch own")).toEqual({
    code: 1,
    out: "",
    err: "version.sh: branch own holds commits that history has not written: bring them back with ./version.sh import --branch own, or overwrite them with --force\n",
  });
  expect(git(course, "rev-parse", "own")).toBe(own);
  const { out } = await course.run("history --branch own --force");
  expect(out).toContain(
    `It was at ${own.slice(0, 10)}: git branch NAME ${own.slice(0, 10)} keeps that\n`,
  );
  // An own branch that grew is overwritten, as nobody has touched it.
  course.write({ "steps/02/app.ts": "changed\n" });
  expect((await course.run("history --branch own")).code).toBe(0);
  await course.run("history --branch course");
  amend(course, "02", (tree) => writeFileSync(join(tree, "app.ts"), "amended\n"));
  expect((await course.run("history --branch course")).err).toContain("import --branch course");
});

const REFUSED: [
  name: string,
  prepare: (course: Repository) => void | Promise<void>,
  args: string,
  line: RegExp,
  code?: number,
][] = [
  [
    "a branch that is checked out",
    () => {},
    "history --branch main",
    /branch main is checked out: switch to another one first/,
  ],
  [
    "no name for a branch",
    () => {},
    "history --branch a..b",
    /'a\.\.b' is no name for a branch: give a word/,
    2,
  ],
  ["an option as a name", () => {}, "history --branch=-f", /'-f' is no name for a branch/, 2],
  [
    "no branch at all",
    () => {},
    "history",
    /required option '--branch <name>' not specified \(\.\/version\.sh help history shows how\)/,
    2,
  ],
  [
    "a step without app.ts",
    (c) => rmSync(c.path("steps/01/app.ts")),
    "history --branch b",
    /step 01 has no app\.ts that git would commit: bring it back/,
  ],
  [
    "a branch that is not there",
    () => {},
    "import --branch nowhere",
    /there is no branch 'nowhere': git branch lists those that there are/,
    2,
  ],
  [
    "changes that are not committed",
    (c) => c.write({ "steps/01/app.ts": "mine\n" }),
    "import --branch course",
    /steps\/01\/app\.ts has changes that are not committed, .*: commit them, or put them aside with git stash -u/,
  ],
  [
    "a new file that is not committed",
    (c) => c.write({ "steps/02/new.txt": "mine\n" }),
    "import --branch course",
    /steps\/02\/new\.txt has changes that are not committed/,
  ],
  [
    "a commit that names no step",
    (c) => amend(c, "01", () => {}, "fixup! step 01 - a"),
    "import --branch course",
    /commit \w{10} "fixup! step 01 - a" names no step: reword it to "step NN - its title"/,
  ],
  [
    "a step that is there twice",
    (c) => amend(c, "01", () => {}, "step 00 - again"),
    "import --branch course",
    /step 00 is there twice, as \w+ ".*" and \w+ "step 00 - again": squash the one into the other/,
  ],
  [
    "a step that the course does not have",
    (c) => amend(c, "01", () => {}, "step 09 - new"),
    "import --branch course",
    /commit \w+ "step 09 - new" is of a step that steps\/ does not have: \.\/version\.sh insert adds one/,
  ],
  [
    "a step that is missing",
    (c) => void git(c, "branch", "-f", "course", "course~1"),
    "import --branch course",
    /branch course has no commit of step 02: bring it back, or \.\/version\.sh remove 02 first/,
  ],
  [
    "a commit without app.ts",
    (c) => amend(c, "02", (tree) => rmSync(join(tree, "app.ts"))),
    "import --branch course",
    /commit \w+ "step 02 - create a table" has no app\.ts/,
  ],
  [
    "a commit with data",
    (c) =>
      amend(c, "02", (tree) =>
        c.write({ [`${tree.slice(c.root.length + 1)}/instance/chat.db`]: "x" }),
      ),
    "import --branch course",
    /commit \w+ holds instance\/chat\.db, which is no file of a step/,
  ],
];

test.for(REFUSED)(
  "refused: %s, with nothing touched",
  async ([, prepare, args, line, code = 1]) => {
    const course = small();
    await course.run("history --branch course");
    await prepare(course);
    const before = [
      snapshot(course),
      git(course, "for-each-ref"),
      git(course, "status", "--porcelain"),
    ];
    const result = await course.run(args);
    expect(result).toEqual({ code, out: "", err: expect.stringMatching(line) });
    expect(result.err.split("\n")).toHaveLength(2);
    expect([
      snapshot(course),
      git(course, "for-each-ref"),
      git(course, "status", "--porcelain"),
    ]).toEqual(before);
  },
);

test("a detached HEAD and a shallow clone are no hindrance", async () => {
  const course = small();
  course.write({ "steps/02/app.ts": "second\n" });
  commitAll(course);
  await course.run("history --branch course");
  const shallow = makeRepository({});
  rmSync(shallow.root, { recursive: true });
  git(
    course,
    "clone",
    "-q",
    "--depth",
    "1",
    "--branch",
    "main",
    `file://${course.root}`,
    shallow.root,
  );
  git(shallow, "checkout", "-q", "--detach");
  expect((await shallow.run("history --branch course")).code).toBe(0);
  expect(git(shallow, "rev-parse", "course")).toBe(git(course, "rev-parse", "course"));
  expect((await shallow.run("import --branch course")).code).toBe(0);
  git(shallow, "fetch", "-q", "--depth", "1", "origin", "course:shallow");
  expect((await shallow.run("import --branch shallow")).err).toContain(
    "branch shallow has no commit of step 00: this clone is shallow, so git fetch --unshallow first",
  );
});

test.each(["history --branch course", "import --branch course"])(
  "%s without git, and outside a repository",
  async (args) => {
    const course = makeRepository();
    const before = readdirSync(course.root);
    expect(await course.run(args, { env: { PATH: "/nowhere" } })).toEqual({
      code: 1,
      out: "",
      err: "version.sh: this verb needs git, and there is none on the PATH: install it from https://git-scm.com\n",
    });
    expect((await course.run(args)).err).toMatch(
      /is not a git repository: clone the course, or run git init/,
    );
    expect(readdirSync(course.root)).toEqual(before);
    // As in a folder that sudo git clone has made; git has this variable for its own tests.
    git(course, "init", "-q");
    const env = { PATH: process.env.PATH, GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" };
    expect((await course.run(args, { env })).err).toBe(
      `version.sh: git refuses (fatal: detected dubious ownership in repository at '${course.root}'), since the folder belongs to another user: make it yours (chown), or say that you trust it with git config --global --add safe.directory "${course.root}"\n`,
    );
  },
);

test("git's own variables lead to no other repository: its files stay as they are", async () => {
  const [course, other] = [small(), small()];
  const before = filesBelow(other.path(".git"));
  const env = {
    PATH: process.env.PATH,
    GIT_DIR: other.path(".git"),
    GIT_WORK_TREE: other.root,
    GIT_INDEX_FILE: other.path(".git/index"),
  };
  expect((await course.run("history --branch course", { env })).code).toBe(0);
  course.write({ "steps/00/app.ts": `${course.read("steps/00/app.ts")}// changed\n` });
  expect((await course.run("carry 00 --dry-run", { env })).code).toBe(0);
  expect(git(course, "rev-list", "--count", "course")).toBe("4");
  expect(filesBelow(other.path(".git"))).toEqual(before);
});

/** The bytes of all files below a folder. */
function filesBelow(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name));
  return Object.fromEntries(paths.map((path) => [path, readFileSync(path).toString("latin1")]));
}

test("a branch that another working tree has, or had: the cure that is named is the one that works", async () => {
  const course = small();
  const elsewhere = course.path("else where");
  await course.run("history --branch course");
  git(course, "worktree", "add", "-q", elsewhere, "course");
  const refused = await course.run("history --branch course");
  expect(refused.code).toBe(1);
  const [, folder = ""] =
    /^version\.sh: .*\(git -C "(.*)" switch --detach\).*\n$/.exec(refused.err) ?? [];
  git(course, "-C", folder, "switch", "-q", "--detach");
  expect((await course.run("history --branch course")).code).toBe(0);
  git(course, "-C", folder, "switch", "-q", "course");
  rmSync(elsewhere, { recursive: true });
  expect((await course.run("history --branch course")).err).toMatch(
    /^version\.sh: .* in .*else where, which is gone: git worktree prune, then try again\n$/,
  );
  git(course, "worktree", "prune");
  expect((await course.run("history --branch course")).code).toBe(0);
});

// Only root may give a folder away.
test.skipIf(process.getuid?.() !== 0)(
  "a folder of another user: each verb that calls git passes on what git says, and the cure works",
  async () => {
    const course = small();
    const env = { PATH: process.env.PATH, HOME: course.path("home"), GIT_CONFIG_NOSYSTEM: "1" };
    mkdirSync(env.HOME);
    for (const path of [course.root, course.path(".git")]) chownSync(path, 12345, 12345);
    const verbs = ["history --branch course", "import --branch course", "carry 00"];
    let cure = "";
    for (const args of [...verbs, "carry 00 --dry-run", "carry --continue", "carry --abort"]) {
      const { code, err } = await course.run(args, { env });
      expect(code, args).toBe(1);
      const line =
        /^version\.sh: git refuses \(fatal: detected dubious ownership .*\), .* with (git .*)\n$/;
      cure = line.exec(err)?.[1] ?? "";
      expect(cure, args).not.toBe("");
    }
    expect(spawnSync("sh", ["-c", cure], { env }).status).toBe(0);
    expect((await course.run("history --branch course", { env })).code).toBe(0);
  },
);

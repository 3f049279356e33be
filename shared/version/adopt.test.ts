import { chmodSync, readdirSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  APP,
  FOUR_STEPS,
  installTools,
  makeRepository,
  type Repository,
  startProcess,
} from "./fixture.ts";

/** Every entry of the root with its link's target or its content: to see that nothing changed. */
function snapshot({ root, read }: Repository): Record<string, string> {
  return Object.fromEntries(
    readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.name !== ".course")
      .map((entry) => [
        entry.name,
        entry.isSymbolicLink()
          ? `-> ${readlinkSync(join(root, entry.name))}`
          : entry.isFile()
            ? read(entry.name)
            : "folder",
      ]),
  );
}

test("adopt links the step's files with relative links and writes step.txt", async () => {
  const repository = makeRepository();
  expect(await repository.run("adopt 01b")).toMatchObject({ code: 0, err: "" });
  expect(snapshot(repository)).toMatchObject({
    "app.ts": "-> steps/01b/app.ts",
    views: "-> steps/01b/views",
    public: "-> steps/01b/public",
    "app-00.ts": "-> steps/00/app.ts",
    "app-01.ts": "-> steps/01/app.ts",
    "app-01b.ts": "-> steps/01b/app.ts",
    "app-02.ts": "-> steps/02/app.ts",
    "step.txt": "steps/01b\n",
  });
});

test("a step without pages takes away the links to the pages of the one before", async () => {
  const repository = makeRepository();
  await repository.run("adopt 01b");
  await repository.run("adopt 02");
  expect(snapshot(repository)).not.toHaveProperty("views");
  expect(snapshot(repository)).not.toHaveProperty("public");
  expect(repository.read("steps/01b/views/users.ejs")).toBe("<p>users</p>\n");
});

test.each(["1", "01", "steps/01", "./steps/01/", "steps/01/app.ts", "steps\\01"])(
  "adopt %s",
  async (typed) => {
    const repository = makeRepository();
    await repository.run(`adopt ${typed}`);
    expect(repository.read("step.txt")).toBe("steps/01\n");
  },
);

test.each([
  ["a file of the learner's", "app.ts", "is a file of your own"],
  ["a file for comparing of the learner's", "app-01.ts", "is a file of your own"],
  ["a folder of the learner's", "views/users.ejs", "is a folder of your own"],
  ["a step.txt of the learner's", "step.txt", "was not written by version.sh"],
])("%s in the place of a link stays, and nothing else changes", async (_, name, reason) => {
  const repository = makeRepository();
  await repository.run("adopt 00");
  rmSync(repository.path(name.split("/")[0] ?? ""), { force: true });
  repository.write({ [name]: "mine" });
  const before = snapshot(repository);
  const { code, out, err } = await repository.run("adopt 01b");
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch(
    new RegExp(`^version.sh: ${name.split("/")[0]} .*${reason}.* move it away.*\n$`),
  );
  expect(snapshot(repository)).toEqual(before);
  expect(repository.read(name)).toBe("mine");
});

test.each([
  ["app.ts", "package.json"],
  ["app.ts", "../elsewhere/app.ts"],
  ["app.ts", "steps/01/README.md"],
  ["app-02.ts", "gone.ts"],
  ["public", "steps/01b/views"],
])(
  "a link %s -> %s that someone made by hand stays, and nothing else changes",
  async (name, target) => {
    const repository = makeRepository();
    await repository.run("adopt 00");
    rmSync(repository.path(name), { force: true });
    symlinkSync(target, repository.path(name));
    const before = snapshot(repository);
    const { code, err } = await repository.run("adopt 01b");
    expect(code).toBe(1);
    expect(err).toContain(
      `${name} in ${repository.root} is a link to ${target} that version.sh did not make`,
    );
    expect(snapshot(repository)).toEqual(before);
  },
);

test.skipIf(process.platform === "win32")(
  "an absolute link to a step was made by hand, too: version.sh makes relative ones",
  async () => {
    const repository = makeRepository();
    await repository.run("adopt 00");
    rmSync(repository.path("app.ts"));
    symlinkSync(repository.path("steps/01/app.ts"), repository.path("app.ts"));
    const before = snapshot(repository);
    expect(await repository.run("adopt 01b")).toMatchObject({ code: 1 });
    expect(snapshot(repository)).toEqual(before);
  },
);

test("a folder of the learner's is left alone by a step that has no such folder", async () => {
  const repository = makeRepository();
  repository.write({ "views/mine.ejs": "mine", "app-99.ts": "mine", "app-me.ts": "mine" });
  expect(await repository.run("adopt 01")).toMatchObject({ code: 0 });
  expect(repository.read("views/mine.ejs")).toBe("mine");
  expect(repository.read("app-99.ts")).toBe("mine");
});

test("links of ours to steps that are gone are replaced or removed", async () => {
  const repository = makeRepository();
  await repository.run("adopt 01b");
  rmSync(repository.path("steps/01b"), { recursive: true });
  expect(await repository.run("adopt 02")).toMatchObject({ code: 0, err: "" });
  const root = snapshot(repository);
  expect(root["app.ts"]).toBe("-> steps/02/app.ts");
  expect(Object.keys(root)).not.toEqual(expect.arrayContaining(["views", "app-01b.ts"]));
});

test("links of ours to a further course that is gone are replaced", async () => {
  const repository = makeRepository({ ...FOUR_STEPS, "sequels/files/00/app.ts": APP });
  await repository.run("adopt sequels/files/00");
  rmSync(repository.path("sequels"), { recursive: true });
  expect(await repository.run("adopt steps/02")).toMatchObject({ code: 0, err: "" });
  expect(snapshot(repository)["app.ts"]).toBe("-> steps/02/app.ts");
});

test("what a killed version.sh left half-done is cleared away", async () => {
  const repository = makeRepository();
  repository.write({ ".course/ready/app.ts": "half", ".course/ready/views/x": "half" });
  expect(await repository.run("adopt 01b")).toMatchObject({ code: 0, err: "" });
  expect(readdirSync(repository.path(".course"))).toEqual(["lock.db"]);
});

test("an empty step.txt, as a full disk leaves it, is ours", async () => {
  const repository = makeRepository();
  repository.write({ "step.txt": "" });
  expect(await repository.run("current")).toMatchObject({ code: 1 });
  expect(await repository.run("adopt 01")).toMatchObject({ code: 0 });
});

// Windows knows no read-only folders.
test.skipIf(process.platform === "win32").each([
  ["at the first adopt", async (repository: Repository) => repository],
  ["later", async (repository: Repository) => void (await repository.run("adopt 00"))],
  [
    "with a writable .course",
    async (repository: Repository) => {
      await repository.run("adopt 00");
      chmodSync(repository.path(".course"), 0o777);
      chmodSync(repository.path(".course/lock.db"), 0o666);
    },
  ],
])("a read-only folder %s: a line with the cure, nothing changed", async (_, prepare) => {
  const repository = makeRepository();
  await prepare(repository);
  const before = snapshot(repository);
  const { code, err } = await readOnly(repository.root, () => repository.run("adopt 01b"));
  const line = `cannot write in ${repository.root}: the folder is read-only for you`;
  expect([code, err]).toEqual([1, expect.stringContaining(line)]);
  expect(snapshot(repository)).toEqual(before);
});

test("a file named .course: a line with the cure", async () => {
  const repository = makeRepository();
  repository.write({ ".course": "mine" });
  const { code, err } = await repository.run("adopt 00");
  expect([code, err]).toEqual([1, expect.stringContaining("a file named .course is in the way")]);
  expect(repository.read(".course")).toBe("mine");
});

test("many adopts at the same moment leave one of their states, whole", async () => {
  const repository = makeRepository();
  installTools(repository);
  const wanted = ["01b", "02", "01b", "00", "01b", "02"];
  const all = wanted.map((step) =>
    startProcess(process.execPath, [repository.path("shared/version/main.ts"), "adopt", step], {
      cwd: repository.root,
    }),
  );
  expect(await Promise.all(all.map((each) => each.ended))).toEqual(wanted.map(() => 0));
  const step = repository.read("step.txt").trim();
  const root = snapshot(repository);
  expect(root["app.ts"]).toBe(`-> ${step}/app.ts`);
  expect(root.views).toBe(step === "steps/01b" ? "-> steps/01b/views" : undefined);
});

test("adopt says what changed and what to try", async () => {
  const repository = makeRepository();
  expect((await repository.run("adopt 00")).out).toBe(
    "Step 00: the simplest possible hello app\n\nThe lesson: steps/00/README.md\nTry:\n  http :5001\n",
  );
  expect((await repository.run("adopt 01b")).out).toContain(
    "Changed from step 01 (all of it: ./version.sh diff 01b):\n  app.ts            +1 -1\n  public/style.css  +1 (new file)\n",
  );
});

test("next and previous move by one, and say so at either end", async () => {
  const repository = makeRepository();
  expect(await repository.run("next")).toMatchObject({
    code: 1,
    err: expect.stringContaining("no step is adopted yet"),
  });
  await repository.run("adopt 01");
  await repository.run("next");
  expect((await repository.run("current")).out).toBe(
    "step 01b: a page to see the users (steps/01b/)\n",
  );
  await repository.run("next");
  expect(await repository.run("next")).toMatchObject({
    code: 1,
    err: expect.stringContaining("step 02 is the last one"),
  });
  for (const _ of [1, 2, 3]) await repository.run("previous");
  expect(await repository.run("previous")).toMatchObject({
    code: 1,
    err: expect.stringContaining("step 00 is the first one"),
  });
});

test("the adopted step was removed: each verb says so, and adopt goes on", async () => {
  const repository = makeRepository();
  await repository.run("adopt 02");
  rmSync(repository.path("steps/02"), { recursive: true });
  for (const verb of ["current", "next", "diff", "reset"])
    expect(await repository.run(verb)).toMatchObject({
      code: 1,
      err: expect.stringContaining("steps/02 (step.txt) is not there any more"),
    });
  expect(await repository.run("adopt 01")).toMatchObject({ code: 0 });
});

test("a step without app.ts or lesson", async () => {
  const repository = makeRepository();
  rmSync(repository.path("steps/01/app.ts"));
  rmSync(repository.path("steps/02/README.md"));
  expect(await repository.run("adopt 01")).toMatchObject({
    code: 1,
    err: expect.stringContaining("step 01 has no app.ts"),
  });
  expect(await repository.run("adopt 02")).toMatchObject({
    code: 0,
    out: expect.stringContaining("README.md is missing"),
  });
});

test("update-links makes the links for comparing alone", async () => {
  const repository = makeRepository();
  expect(await repository.run("update-links")).toMatchObject({ code: 0, err: "" });
  expect(Object.keys(snapshot(repository)).filter((name) => name.startsWith("app"))).toEqual([
    "app-00.ts",
    "app-01.ts",
    "app-01b.ts",
    "app-02.ts",
  ]);
  expect(snapshot(repository)).not.toHaveProperty("step.txt");
});

test("a further course: adopted by its path, then meant by plain numbers", async () => {
  const repository = makeRepository({
    ...FOUR_STEPS,
    "sequels/files/00/app.ts": APP,
    "sequels/files/01/app.ts": APP,
  });
  await repository.run("adopt sequels/files/00");
  expect(snapshot(repository)["app.ts"]).toBe("-> sequels/files/00/app.ts");
  expect(snapshot(repository)).not.toHaveProperty("app-02.ts");
  await repository.run("adopt 1");
  expect(repository.read("step.txt")).toBe("sequels/files/01\n");
  await repository.run("adopt 2 --course steps");
  expect(repository.read("step.txt")).toBe("steps/02\n");
  await repository.run("adopt 0", { env: { COURSE: "sequels/files" } });
  expect(repository.read("step.txt")).toBe("sequels/files/00\n");
});

/** Does the work while the folder is read-only; root may write anywhere, so it becomes nobody. */
async function readOnly<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const nobody = 65534;
  const isRoot = process.getuid?.() === 0;
  chmodSync(folder, 0o555);
  if (isRoot) process.seteuid?.(nobody);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
    chmodSync(folder, 0o755);
  }
}

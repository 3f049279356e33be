import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { codeFiles } from "../course/mine.ts";
import {
  FOUR_STEPS,
  installTools,
  makeRepository,
  type Repository,
  startProcess,
} from "./fixture.ts";

/** Enough files for an interruption to come between two of them. */
const many = (text: string): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`views/${text}-${index % 40}/page.ejs`, text]),
  );
const inside = (dir: string, files: Record<string, string>) =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${dir}/${path}`, text]));

/** The learner's files of a step, with what is in them. */
const filesIn = (folder: string): Record<string, string> =>
  Object.fromEntries(
    codeFiles(folder).map((path) => [path, readFileSync(join(folder, path), "utf8")]),
  );

const OURS = { "app.ts": "ours\n", ...many("ours") };
const OWN = { "app.ts": "own\n", ...many("own") };

/** A learner at step 02, with files of their own; ours are others. */
async function begun(): Promise<Repository> {
  const repository = makeRepository({ ...FOUR_STEPS, ...inside("steps/02", OURS) });
  installTools(repository);
  await repository.run("try 02");
  writeOwn(repository);
  return repository;
}

/** Gives the learner's folder files of their own, and nothing else. */
function writeOwn(repository: Repository): void {
  for (const name of ["views", "public"])
    rmSync(repository.path(`mine/steps/02/${name}`), { recursive: true, force: true });
  repository.write(inside("mine/steps/02", OWN));
}

/** Changes the learner's folder again and again, so that every kill meets it at work. */
const LOOP = `
  import { filesFrom, placeFiles } from ${JSON.stringify(resolve(import.meta.dirname, "../own/place.ts"))};
  const [root, ...folders] = process.argv.slice(2);
  const world = { root };
  for (let turn = 0; ; turn++) {
    placeFiles(world, "mine/steps/02", filesFrom(folders[turn % 2]));
    console.log("placed");
  }
`;

test("kill -9 at any moment leaves the old files or the new ones, whole", async () => {
  const repository = await begun();
  repository.write({ "loop.ts": LOOP, ...inside("own", OWN) });
  const seen = { ours: 0, own: 0 };
  const args = [
    repository.path("loop.ts"),
    repository.root,
    repository.path("steps/02"),
    repository.path("own"),
  ];
  const isEnough = () => Math.min(seen.ours, seen.own) > 0;
  for (let turn = 0; turn < 15 || (turn < 100 && !isEnough()); turn++) {
    const loop = startProcess(process.execPath, args, { cwd: repository.root });
    // On a busy machine one turn takes ten times as long: killed somewhere in the next one.
    const turns = () => loop.output().split("placed").length - 1;
    const begin = Date.now();
    while (turns() <= turn % 2) await sleep(2);
    await sleep((Math.random() * (Date.now() - begin)) / turns());
    loop.signal("SIGKILL");
    await loop.ended;
    // Any verb finishes first what was decided.
    expect((await repository.run("current")).err).toBe("");
    const files = filesIn(repository.path("mine/steps/02"));
    const isOurs = files["app.ts"] === "ours\n";
    expect(files).toEqual(isOurs ? OURS : OWN);
    seen[isOurs ? "ours" : "own"]++;
  }
  // Otherwise it was not killed at work. How often a change was half done is up to chance.
  expect(seen.ours).toBeGreaterThan(0);
  expect(seen.own).toBeGreaterThan(0);
});

test.each(["solve", "try 02 --again", "restore 1"])(
  "%s, killed after any time: nothing of the learner's is lost, and it can be done again",
  async (verb) => {
    const repository = await begun();
    await repository.run("save");
    const main = repository.path("shared/version/main.ts");
    const before = statSync(main).mtimeMs;
    for (let wait = 60; wait < 360; wait += 25) {
      repository.write(inside("mine/steps/02", OWN));
      const run = startProcess(process.execPath, [main, ...verb.split(" ")], {
        cwd: repository.root,
      });
      await Promise.race([run.ended, sleep(wait)]);
      run.signal("SIGKILL");
      await run.ended;
      expect(await repository.run("current")).toMatchObject({ code: 0, err: "" });
      const kept = readdirSync(repository.path("mine/.saved")).map((name) =>
        repository.path(`mine/.saved/${name}`),
      );
      const places = [repository.path("mine/steps/02"), ...kept].map(filesIn);
      // The files that the learner had are somewhere, whole.
      expect(
        places.some((files) => Object.entries(OWN).every(([path, text]) => files[path] === text)),
      ).toBe(true);
    }
    expect(statSync(main).mtimeMs).toBe(before);
    expect((await repository.run(verb)).code).toBe(0);
  },
);

/** Puts a small disk of its own under a folder; returns false where that is not allowed. */
function mountSmallDisk(folder: string, size: string): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  mkdirSync(folder, { recursive: true });
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
  if (status !== 0) return false;
  onTestFinished(() => {
    spawnSync("umount", ["-l", folder]);
  });
  return true;
}

test("a full disk leaves the old files, and says so in a line", async ({ skip }) => {
  const repository = makeRepository({ ...FOUR_STEPS, ...inside("steps/02", OURS) });
  if (!mountSmallDisk(repository.path("mine"), "600k"))
    skip("needs a disk of its own: only root may mount one, and only on Linux");
  await repository.run("try 02");
  writeOwn(repository);
  // Fill it up.
  let free = true;
  for (let index = 0; free; index++) {
    try {
      repository.write({ [`mine/filler-${index}`]: "x".repeat(4096) });
    } catch {
      free = false;
    }
  }
  for (const verb of ["solve", "save", "try 02 --again"]) {
    const { code, err } = await repository.run(verb);
    expect([code, err], verb).toEqual([
      1,
      expect.stringMatching(/^version\.sh: .*the disk is full/),
    ]);
    expect(filesIn(repository.path("mine/steps/02")), verb).toEqual(OWN);
  }
  expect((await repository.run("current")).code).toBe(0);
});

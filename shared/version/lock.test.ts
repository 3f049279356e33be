import { expect, test } from "vitest";
import { withLock } from "../course/lock.ts";
import type { World } from "../course/world.ts";
import { makeRepository, startProcess, until } from "./fixture.ts";

const worldOf = (root: string) => ({ root }) as World;

test("a second one waits until the first has finished", async () => {
  const world = worldOf(makeRepository().root);
  const order: string[] = [];
  const first = withLock(world, async () => {
    await new Promise((done) => setTimeout(done, 100));
    order.push("first");
  });
  await Promise.all([first, withLock(world, () => order.push("second"))]);
  expect(order).toEqual(["first", "second"]);
});

test("a second one that waited long enough says who holds it up", async () => {
  const world = worldOf(makeRepository().root);
  await withLock(world, async () => {
    await expect(withLock(world, () => "never", 60)).rejects.toThrow(
      /another version.sh is changing/,
    );
  });
  expect(await withLock(world, () => "again")).toBe("again");
});

test("the lock of a process that was killed is free at once", async () => {
  const { root } = makeRepository();
  const script = `
    import { withLock } from ${JSON.stringify(new URL("../course/lock.ts", import.meta.url).href)};
    await withLock({ root: ${JSON.stringify(root)} }, () => {
      console.log("locked", 1);
      return new Promise(() => setInterval(() => {}, 1000));
    });`;
  const holder = startProcess(process.execPath, ["--input-type=module", "-e", script], {
    cwd: root,
  });
  await until(() => holder.output().includes("locked 1") || undefined);
  await expect(withLock(worldOf(root), () => "never", 60)).rejects.toThrow(/another version.sh/);
  holder.signal("SIGKILL");
  await holder.ended;
  expect(await withLock(worldOf(root), () => "free", 0)).toBe("free");
});

test("a damaged lock file: a line with the cure", async () => {
  const repository = makeRepository();
  repository.write({ ".course/lock.db": "this is no database, ".repeat(500) });
  expect(await repository.run("adopt 00")).toMatchObject({
    code: 1,
    err: expect.stringContaining(".course/lock.db is damaged: remove it"),
  });
});

test.skipIf(process.platform === "win32")(
  "a folder whose path is too long for SQLite: a line that says so, and not that it is read-only",
  async () => {
    const long = Array.from({ length: 3 }, () => "long-name-".repeat(15)).join("/");
    const repository = makeRepository(undefined, long);
    const line =
      /^version\.sh: the path of this folder is too long for SQLite \(\d+ bytes, 440 at most\): move it/;
    for (const verb of ["adopt 01", "try 01"])
      expect(await repository.run(verb)).toMatchObject({
        code: 1,
        err: expect.stringMatching(line),
      });
  },
);

test.skipIf(process.platform === "win32")(
  "in the longest path that is allowed, adopt and try work",
  async () => {
    const short = makeRepository().root.length + 1;
    const rest = "long-name-".repeat(50).slice(0, 440 - short - 1);
    const repository = makeRepository(undefined, `${rest.slice(0, 200)}/${rest.slice(200)}`);
    expect(repository.root.length).toBeGreaterThan(400);
    for (const verb of ["adopt 01", "try 01"])
      expect(await repository.run(verb)).toMatchObject({ code: 0, err: "" });
  },
);

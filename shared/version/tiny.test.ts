import { expect, test } from "vitest";
import { addFixtureCourse } from "../testkit/fixture-course.ts";
import { freePort } from "../testkit/free-port.ts";
import { installTools, makeRepository, saveUntil, startProcess, until } from "./fixture.ts";

test("a course that differs from the chat: start, fill, list, reset, keep-data, a change in lib/", async () => {
  const repository = makeRepository();
  addFixtureCourse(repository.root);
  installTools(repository);
  const port = await freePort();
  // Its own port may be anybody's here; its variable, database and version route are its own.
  const running = startProcess(
    process.execPath,
    [repository.path("shared/version/main.ts"), "start", "tiny/02", "--port", String(port)],
    { cwd: repository.root, env: { GREETING: undefined } },
  );
  const text = (path: string) =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      (it) => it.text(),
      () => undefined,
    );
  const shows = (path: string, part: string) =>
    until(async () => (await text(path))?.includes(part) || undefined);
  await shows("/", "welcome, guest (version 02)");
  expect(running.output()).toContain("Step 02: split");
  expect(await repository.run("fill")).toEqual({
    code: 0,
    out: "sessions: 2 created\nnotes: 2 created\nwho: step 02 takes none yet; it comes with 03\n",
    err: "",
  });
  expect((await repository.run("list")).out).toMatch(/^● 02 {3}split.*\[data\]$/m);

  expect(await repository.run("adopt tiny/03 --keep-data")).toMatchObject({ code: 0, err: "" });
  expect(await text("/about")).toBe('{"version":"03"}');
  expect(await text("/notes")).toContain("So was the cake.");

  const lib = "sequels/tiny/03/lib/notes.ts";
  const changed = repository.read(lib).replace("ORDER BY id", "ORDER BY id DESC");
  await saveUntil(
    () => repository.write({ [lib]: changed }),
    async () => {
      const notes = JSON.parse((await text("/notes")) || "[]");
      return notes[0]?.text === "So was the cake." || undefined;
    },
  );

  const saved = "mine/.saved/tiny-sequels-tiny-03-2026-03-05-142201.db";
  expect((await repository.run("reset")).out).toContain(
    `./version.sh reset sequels/tiny/03 --from ${saved}`,
  );
  await until(async () => ((await text("/notes")) === "[]" ? true : undefined));
  expect((await repository.run(`reset sequels/tiny/03 --from ${saved}`)).code).toBe(0);
  await shows("/notes", "So was the cake.");

  expect(await repository.run("reset tiny/00")).toMatchObject({
    code: 1,
    err: expect.stringContaining("step 00 of sequels/tiny/ has no database"),
  });
  expect((await repository.run("adopt tiny/00 --keep-data")).out).toContain(
    "Step 00 has no database to bring data to.",
  );
  await shows("/", "welcome, guest");
  expect((await repository.run("adopt steps/01 --keep-data")).out).toMatch(
    /no data to bring|fits no other course/,
  );
});

test("its own port is what start and fill take where nobody says otherwise", async () => {
  const repository = makeRepository();
  addFixtureCourse(repository.root);
  await repository.run("adopt tiny/01");
  const { err } = await repository.run("fill", { env: { HOST: "127.0.0.9" } });
  expect(err).toBe(
    "version.sh: no server answers on port 5040: start one in another terminal with npm start (or name another port with --port)\n",
  );
  expect((await repository.run("fill --port=x")).err).toContain("for example 5041");
});

import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { makeRepository, type Repository, startProcess, until } from "./fixture.ts";

const file = (step: string) => `steps/${step}/instance/chat.db`;

/** Opens a step's database as the step does; closed at the end of the test. */
function open(repository: Repository, step: string): DatabaseSync {
  mkdirSync(repository.path(`steps/${step}/instance`), { recursive: true });
  const database = new DatabaseSync(repository.path(file(step)));
  onTestFinished(() => {
    if (database.isOpen) database.close();
  });
  database.exec("PRAGMA journal_mode = WAL");
  database.exec("CREATE TABLE IF NOT EXISTS users (id INTEGER PRIMARY KEY, name TEXT UNIQUE)");
  return database;
}

function fillWith(repository: Repository, step: string, ...names: string[]): DatabaseSync {
  const database = open(repository, step);
  for (const name of names) database.prepare("INSERT INTO users (name) VALUES (?)").run(name);
  return database;
}

function names(repository: Repository, path: string): unknown[] {
  const database = new DatabaseSync(repository.path(path), { readOnly: true });
  try {
    return database
      .prepare("SELECT name FROM users ORDER BY id")
      .all()
      .map((row) => row.name);
  } finally {
    database.close();
  }
}

/** A process that wrote a row and was killed: its write-ahead log is not merged. */
async function killedWriter(repository: Repository, step: string): Promise<void> {
  open(repository, step).close();
  const script = `
    import { DatabaseSync } from "node:sqlite";
    globalThis.database = new DatabaseSync(${JSON.stringify(repository.path(file(step)))});
    database.exec("INSERT INTO users (name) VALUES ('late')");
    console.log("written", 1);
    setInterval(() => {}, 1000);`;
  const writer = startProcess(process.execPath, ["--input-type=module", "-e", script], {
    cwd: repository.root,
  });
  await until(() => writer.output().includes("written 1") || undefined);
  writer.signal("SIGKILL");
  await writer.ended;
  expect(existsSync(repository.path(`${file(step)}-wal`))).toBe(true);
}

const mark = async (repository: Repository, step: string) =>
  (await repository.run("list")).out
    .split("\n")
    .find((line) => line.slice(2, 7).trim() === step)
    ?.match(/\[.*\]$/)?.[0];

test("list marks the adopted step and those with data, while their server runs too", async () => {
  const repository = makeRepository();
  await repository.run("adopt 01");
  fillWith(repository, "01", "alice");
  open(repository, "01b");
  repository.write({ [file("02")]: "no database at all" });
  expect((await repository.run("list")).out).toBe(
    "  00   the simplest possible hello app\n" +
      "● 01   connect to a database  [data]\n" +
      "  01b  a page to see the users\n" +
      "  02   create a table  [data unreadable]\n",
  );
});

test("list sees what a killed server had written, and loses nothing of it", async () => {
  const repository = makeRepository();
  await killedWriter(repository, "01");
  expect(await mark(repository, "01")).toBe("[data]");
  expect(names(repository, file("01"))).toEqual(["late"]);
});

test("list takes tables by any name, and empty files as no data", async () => {
  const repository = makeRepository();
  const database = open(repository, "01");
  database.exec(`CREATE TABLE "a ""b; --" (x); INSERT INTO "a ""b; --" VALUES (1)`);
  repository.write({ [file("02")]: "" });
  expect(await mark(repository, "01")).toBe("[data]");
  expect(await mark(repository, "02")).toBeUndefined();
});

test("reset gives a fresh database to a server that has it open, and keeps the old one", async () => {
  const repository = makeRepository();
  await repository.run("adopt 01");
  const server = fillWith(repository, "01", "alice", "bob");
  server.exec("CREATE VIEW everybody AS SELECT * FROM users; CREATE INDEX by_name ON users (name)");
  server.exec(
    "CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, by REFERENCES users (id))",
  );
  server.exec("INSERT INTO notes (by) VALUES (1); CREATE VIRTUAL TABLE words USING fts5(word)");
  const { code, out } = await repository.run("reset");
  expect([code, out]).toEqual([
    0,
    "Step 01 has a fresh database.\n" +
      "Reload the pages that are open: they still show what was there before.\n" +
      "What it had before is kept in mine/.saved/chat-01-2026-03-05-142201.db; to bring it back:\n" +
      "  ./version.sh reset 01 --from mine/.saved/chat-01-2026-03-05-142201.db\n",
  ]);
  expect(
    server.prepare("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").all(),
  ).toEqual([]);
  server.exec("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT UNIQUE)");
  expect(names(repository, "mine/.saved/chat-01-2026-03-05-142201.db")).toEqual(["alice", "bob"]);
});

test("what reset printed brings the data back, and keeps what it replaces", async () => {
  const repository = makeRepository();
  fillWith(repository, "01", "alice").close();
  const command = (await repository.run("reset 01")).out.trim().split("\n").at(-1)?.trim() ?? "";
  fillWith(repository, "01", "later").close();
  const { code, out } = await repository.run(command.replace("./version.sh ", ""));
  expect(code).toBe(0);
  expect(names(repository, file("01"))).toEqual(["alice"]);
  expect(out).toContain("Reload the pages that are open");
  expect(names(repository, "mine/.saved/chat-01-2026-03-05-142201-2.db")).toEqual(["later"]);
  expect(out).toContain(
    "  ./version.sh reset 01 --from mine/.saved/chat-01-2026-03-05-142201-2.db\n",
  );
});

test("where data come back to a step that had none, open pages are stale, too", async () => {
  const repository = makeRepository();
  fillWith(repository, "01", "alice").close();
  const { out } = await repository.run(`reset 02 --from ${file("01")}`);
  expect(out).toBe(
    `Step 02 has the data of ${file("01")} again.\n` +
      "Reload the pages that are open: they still show what was there before.\n",
  );
});

test("reset loses nothing that a server writes at that moment", async () => {
  const repository = makeRepository();
  open(repository, "01").close();
  const script = `
    import { DatabaseSync } from "node:sqlite";
    import { setTimeout as sleep } from "node:timers/promises";
    const database = new DatabaseSync(${JSON.stringify(repository.path(file("01")))}, { timeout: 5000 });
    let rows = 0;
    try {
      for (; ; rows++) {
        database.prepare("INSERT INTO users DEFAULT VALUES").run();
        if (rows === 20) console.log("writing");
        // A server waits for requests in between; SQLite lets nobody in who finds no gap.
        await sleep(1);
      }
    } catch (error) {
      console.log(error.message, "after rows:", rows);
    }`;
  const writer = startProcess(process.execPath, ["--input-type=module", "-e", script], {
    cwd: repository.root,
  });
  await until(() => writer.output().startsWith("writing\n") || undefined);
  expect((await repository.run("reset 01")).code).toBe(0);
  await writer.ended;
  const kept = names(repository, "mine/.saved/chat-01-2026-03-05-142201.db");
  expect(writer.output()).toContain(`no such table: users after rows: ${kept.length}\n`);
});

test("reset of a database that is held: a line, and nothing changes", async () => {
  const repository = makeRepository();
  const server = fillWith(repository, "01", "alice");
  server.exec("BEGIN IMMEDIATE");
  expect(await repository.run("reset 01")).toMatchObject({
    code: 1,
    err: expect.stringContaining("steps/01/instance/chat.db is in use by something"),
  });
  server.exec("COMMIT");
  expect(names(repository, file("01"))).toEqual(["alice"]);
  expect(readdirSync(repository.path("mine/.saved"))).toEqual([]);
});

test("reset keeps what a killed server had written", async () => {
  const repository = makeRepository();
  await killedWriter(repository, "01");
  await repository.run("reset 01");
  expect(names(repository, "mine/.saved/chat-01-2026-03-05-142201.db")).toEqual(["late"]);
});

test("reset puts a file that is no database aside as it is", async () => {
  const repository = makeRepository();
  repository.write({ [file("02")]: "no database at all", [`${file("02")}-wal`]: "nor a log" });
  expect(await repository.run("reset 02")).toMatchObject({ code: 0 });
  expect(readdirSync(repository.path("steps/02/instance"))).toEqual([]);
  expect(repository.read("mine/.saved/chat-02-2026-03-05-142201.db")).toBe("no database at all");
  expect(existsSync(repository.path(file("02")))).toBe(false);
});

test("reset of a step without a database says so and makes nothing", async () => {
  const repository = makeRepository();
  expect(await repository.run("reset 02")).toMatchObject({
    code: 0,
    out: "Step 02 has no database yet: nothing to reset.\n",
  });
  expect(existsSync(repository.path("mine"))).toBe(false);
  expect(await repository.run("reset")).toMatchObject({
    code: 1,
    err: expect.stringContaining("no step is adopted yet"),
  });
});

test.each([
  ["mine/.saved/none.db", "is not there"],
  ["steps/01/app.ts", "is not a database that can be read"],
])("reset --from %s: a line, and the data stays", async (from, reason) => {
  const repository = makeRepository();
  fillWith(repository, "01", "alice");
  expect(await repository.run(`reset 01 --from ${from}`)).toMatchObject({
    code: 1,
    err: expect.stringContaining(reason),
  });
  expect(names(repository, file("01"))).toEqual(["alice"]);
});

test("reset of the adopted step rewrites step.txt, which restarts the server; of others not", async () => {
  const repository = makeRepository();
  await repository.run("adopt 01");
  fillWith(repository, "01", "alice").close();
  fillWith(repository, "02", "bob").close();
  const inode = () => statSync(repository.path("step.txt"), { bigint: true }).ino;
  const before = inode();
  await repository.run("reset 02");
  expect(inode()).toBe(before);
  await repository.run("reset");
  expect(inode()).not.toBe(before);
  expect(repository.read("step.txt")).toBe("steps/01\n");
});

test("adopt --keep-data copies the data while the server writes; the old step keeps its own", async () => {
  const repository = makeRepository();
  await repository.run("adopt 01");
  fillWith(repository, "01", "alice", "bob");
  const { code, out } = await repository.run("adopt 02 --keep-data");
  expect([code, out]).toEqual([
    0,
    expect.stringContaining("The data of step 01 is in step 02 now too."),
  ]);
  expect(names(repository, file("02"))).toEqual(["alice", "bob"]);
  expect(names(repository, file("01"))).toEqual(["alice", "bob"]);
});

test("adopt --keep-data takes what a killed server had written, over empty tables", async () => {
  const repository = makeRepository();
  await repository.run("adopt 01");
  await killedWriter(repository, "01");
  open(repository, "02");
  await repository.run("adopt 02 --keep-data");
  expect(names(repository, file("02"))).toEqual(["late"]);
});

test.each([
  [
    "data of its own",
    async (repository: Repository) => void fillWith(repository, "02", "mine"),
    "Step 02 has data of its own: kept as it is.",
  ],
  [
    "garbage",
    async (repository: Repository) => repository.write({ [file("02")]: "no database" }),
    "Step 02 has data of its own: kept as it is.",
  ],
  [
    "nothing to bring",
    async (repository: Repository) =>
      rmSync(repository.path("steps/01/instance"), { recursive: true }),
    "Step 01 has no data to bring.",
  ],
  [
    "garbage to bring",
    async (repository: Repository) => {
      rmSync(repository.path("steps/01/instance"), { recursive: true });
      repository.write({ [file("01")]: "no database" });
    },
    "The database of step 01 cannot be read",
  ],
])(
  "adopt --keep-data with %s adopts, and says what became of the data",
  async (_, prepare, line) => {
    const repository = makeRepository();
    await repository.run("adopt 01");
    fillWith(repository, "01", "alice").close();
    await prepare(repository);
    const before = existsSync(repository.path(file("02")))
      ? repository.read(file("02"))
      : undefined;
    expect(await repository.run("adopt 02 --keep-data")).toMatchObject({
      code: 0,
      out: expect.stringContaining(line),
    });
    expect(repository.read("step.txt")).toBe("steps/02\n");
    expect(existsSync(repository.path(file("02"))) ? repository.read(file("02")) : undefined).toBe(
      before,
    );
  },
);

test("adopting a step whose database is damaged says so, and the way out works", async () => {
  const repository = makeRepository();
  repository.write({ [file("01")]: "no database" });
  const line = `${file("01")} is no readable database: ./version.sh reset 01 puts it aside`;
  expect((await repository.run("adopt 01")).out).toContain(line);
  await repository.run("reset 01");
  expect((await repository.run("adopt 01")).out).not.toContain("no readable database");
});

test("adopt --keep-data copies nothing where a file is in the way", async () => {
  const repository = makeRepository();
  await repository.run("adopt 01");
  fillWith(repository, "01", "alice").close();
  repository.write({ "steps/02/views/x": "x", "views/mine": "mine" });
  expect(await repository.run("adopt 02 --keep-data")).toMatchObject({ code: 1 });
  expect(readdirSync(repository.path("steps/02"))).not.toContain("instance");
});

import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { useApp } from "#testkit";

const app = useApp();

test("GET /db/alive answers that the database is healthy", async () => {
  const answer = await app.get("/db/alive");
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({ status: "healthy", message: "Database connection is alive" });
});

const file = (name: string) => join(app.running().folder, "instance", name);
const isHealthy = async () => (await app.get("/db/alive")).status === 200;

test("GET /db/alive answers 200 while another program reads from the database", async () => {
  const other = app.database();
  other.exec("BEGIN");
  other.prepare("SELECT count(*) FROM sqlite_schema").get();
  expect(await isHealthy()).toBe(true);
});

test.for(["IMMEDIATE", "EXCLUSIVE"])(
  "GET /db/alive answers 200 while another program holds a lock (BEGIN %s)",
  async (kind) => {
    const other = app.database();
    other.exec(`BEGIN ${kind}`);
    expect(await isHealthy()).toBe(true);
  },
);

test("GET /db/alive answers 200 each time while another program writes and writes", async () => {
  const other = app.database();
  const before = other.pragma("user_version", { simple: true });
  // Nobody needs these writes after a power cut, and waiting for the disk is slow.
  other.pragma("synchronous = OFF");
  const answers: Promise<boolean>[] = [];
  for (let round = 1; round <= 300; round++) {
    answers.push(isHealthy());
    // Each write also goes from the log into the file itself.
    other.pragma(`user_version = ${round}`);
    other.pragma("wal_checkpoint(RESTART)");
    await setImmediate();
  }
  other.pragma(`user_version = ${before}`);
  expect((await Promise.all(answers)).filter((healthy) => !healthy)).toHaveLength(0);
});

test("GET /db/alive answers 503 while chat.db is empty", async () => {
  expect(await isHealthy()).toBe(true);
  const original = readFileSync(file("chat.db"));
  writeFileSync(file("chat.db"), "");
  expect(await app.get("/db/alive")).toMatchObject({ status: 503 });
  writeFileSync(file("chat.db"), original);
  expect(await app.get("/db/alive")).toMatchObject({ status: 200 });
});

test.skipIf(process.platform === "win32")(
  "GET /db/alive answers 503 when chat.db is gone (Windows keeps a file that is in use)",
  async () => {
    renameSync(file("chat.db"), file("elsewhere.db"));
    expect(await app.get("/db/alive")).toMatchObject({ status: 503 });
    renameSync(file("elsewhere.db"), file("chat.db"));
    expect(await app.get("/db/alive")).toMatchObject({ status: 200 });
  },
);

test("GET /db/alive answers 503 when all files of the database hold garbage", async () => {
  for (const name of ["chat.db", "chat.db-wal", "chat.db-shm"]) {
    const size = statSync(file(name), { throwIfNoEntry: false })?.size ?? 0;
    // "r+" overwrites in place: the app has the file open, and keeps it.
    if (size > 0) writeFileSync(file(name), "garbage ".repeat(size / 8), { flag: "r+" });
  }
  const answer = await app.get("/db/alive");
  expect(answer.status).toBe(503);
  expect(answer.json).toEqual({ status: "broken", message: expect.any(String) });
  expect(answer.text).not.toMatch(/SELECT|\bat .*:\d+/);
});

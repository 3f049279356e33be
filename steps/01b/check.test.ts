import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { useApp } from "#testkit";

const app = useApp();

test("GET /db/alive answers that the database is healthy", async () => {
  const answer = await app.get("/db/alive");
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({ status: "healthy", message: "Database connection is alive" });
});

test("GET /db/alive answers 503 when chat.db was overwritten by another program", async () => {
  const { folder, restart } = app.running();
  // All data into chat.db itself: what is in the write-ahead log could still be read.
  app.database().pragma("wal_checkpoint(TRUNCATE)");
  expect(await app.get("/db/alive")).toMatchObject({ status: 200 });
  const file = join(folder, "instance", "chat.db");
  const original = readFileSync(file);
  writeFileSync(file, "garbage ".repeat(original.length / 8), { flag: "r+" });
  expect(await app.get("/db/alive")).toMatchObject({ status: 503 });
  writeFileSync(file, original, { flag: "r+" });
  await restart();
  expect(await app.get("/db/alive")).toMatchObject({ status: 200 });
});

test("GET /db/alive answers 503 when all files of the database hold garbage", async () => {
  for (const name of ["chat.db", "chat.db-wal", "chat.db-shm"]) {
    const file = join(app.running().folder, "instance", name);
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    // "r+" overwrites in place: the app has the file open, and keeps it.
    if (size > 0) writeFileSync(file, "garbage ".repeat(size / 8), { flag: "r+" });
  }
  const answer = await app.get("/db/alive");
  expect(answer.status).toBe(503);
  expect(answer.json).toEqual({ status: "broken", message: expect.any(String) });
  expect(answer.text).not.toMatch(/SELECT|\bat .*:\d+/);
});

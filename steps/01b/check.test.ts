import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { useApp } from "#testkit";

const app = useApp();

test("GET /db/alive answers that the database is healthy", async () => {
  const answer = await app.get("/db/alive");
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({ status: "healthy", message: "Database connection is alive" });
});

const file = (name: string) => join(app.running().folder, "instance", name);

test.for([
  ["garbage of the same size", (size: number) => "garbage ".repeat(size / 8)],
  ["a short text", () => "nonsense\n"],
  ["nothing", () => ""],
] as const)("GET /db/alive answers 503 while chat.db holds %s", async ([, garbage]) => {
  expect(await app.get("/db/alive")).toMatchObject({ status: 200 });
  const original = readFileSync(file("chat.db"));
  writeFileSync(file("chat.db"), garbage(original.length));
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

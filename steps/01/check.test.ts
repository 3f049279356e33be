import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { freePort, useApp } from "#testkit";

const app = useApp();

test("it opens instance/chat.db in its own folder, in WAL mode", () => {
  expect(app.database().pragma("journal_mode", { simple: true })).toBe("wal");
});

test("it starts again on the database that it made, also while another program holds a lock on it", async () => {
  const other = app.database();
  other.exec("BEGIN IMMEDIATE");
  await app.running().restart();
  other.exec("ROLLBACK");
  expect(await app.get("/no-such-page")).toMatchObject({ status: 404 });
});

test.skipIf(process.platform === "win32")(
  "a chat.db that is no database ends it with one line that names the file, exit code 1, and is left as it is (Windows keeps a file that is in use)",
  async () => {
    const file = (name: string) => join(app.running().folder, "instance", name);
    const names = ["chat.db", "chat.db-wal", "chat.db-shm"].filter((it) => existsSync(file(it)));
    for (const name of names) renameSync(file(name), file(`${name}.aside`));
    const garbage = "this was my shopping list\n".repeat(300);
    writeFileSync(file("chat.db"), garbage);
    try {
      const { exitCode, stderr } = await app.running().startAgain({ PORT: `${await freePort()}` });
      expect(stderr.trim().split("\n")).toEqual([expect.stringContaining("chat.db")]);
      expect(exitCode).toBe(1);
      expect(readFileSync(file("chat.db"), "utf8") === garbage, "the same file as before").toBe(
        true,
      );
    } finally {
      for (const name of ["chat.db", "chat.db-wal", "chat.db-shm"])
        rmSync(file(name), { force: true });
      for (const name of names) renameSync(file(`${name}.aside`), file(name));
    }
  },
);

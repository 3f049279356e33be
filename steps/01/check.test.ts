import { expect, test } from "vitest";
import { useApp } from "#testkit";

const app = useApp();

test("it opens instance/chat.db in its own folder, in WAL mode", () => {
  expect(app.database().pragma("journal_mode", { simple: true })).toBe("wal");
});

test("it starts again on the database that it made", async () => {
  await app.running().restart();
  expect(await app.get("/no-such-page")).toMatchObject({ status: 404 });
});

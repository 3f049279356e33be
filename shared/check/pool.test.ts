import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { settingsOf } from "../testkit/settings.ts";
import { AppPool } from "./pool.ts";

const course = resolve(import.meta.dirname, "../../steps");
const step = join(course, "00");

test("of an app that is lent, what it prints from a place on is waited for", async () => {
  const pool = new AppPool(step, course, settingsOf(course, "00"));
  const app = await pool.lender().lend(step);
  try {
    await app.restart();
    await app.printed("listens");
    let isPrinted = false;
    const again = app.printed("listens", app.log().length).then(() => {
      isPrinted = true;
    });
    await sleep(50);
    expect(isPrinted, "it was printed before that place").toBe(false);
    await app.restart();
    await again;
  } finally {
    await app.stop();
    await pool.close();
  }
});

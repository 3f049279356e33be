import { readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { request, startApp } from "#testkit";
import { readCourse } from "../course/course.ts";
import { makeRepository } from "./fixture.ts";

const root = resolve(import.meta.dirname, "../..");
const FOLDER = "sequels/counter";
const { steps } = readCourse({ root }, FOLDER);

interface Item {
  readonly emit: "click" | "event";
  readonly from?: string;
  readonly data: { user: string; comment?: string; style?: string; name?: string };
  readonly times?: number;
}
const example: { events: Record<string, { from: string }>; items: Item[] } = JSON.parse(
  readFileSync(join(root, FOLDER, "example.json"), "utf8"),
);

/** What a step takes of the clicks or events, each as often as it is sent. */
const takenAt = (step: string, event: string) =>
  example.items
    .filter(({ emit, from = example.events[emit]?.from ?? "" }) => emit === event && from <= step)
    .flatMap(({ data, times = 1 }) => Array<Item["data"]>(times).fill(data));

/** How often each user is among them. */
const countsOf = (data: readonly Item["data"][]) =>
  Object.fromEntries(
    [...Map.groupBy(data, ({ user }) => user)].map(([user, own]) => [user, own.length]),
  );

test.for(steps.map(({ id }) => id))(
  "the example data of the counter fits step %s, also twice",
  async (step) => {
    const repository = makeRepository({});
    symlinkSync(join(root, "sequels"), repository.path("sequels"), "junction");
    const app = await startApp(join(root, FOLDER, step), {
      course: join(root, FOLDER),
      clock: true,
    });
    try {
      // At midnight, the second round would find nothing of today.
      const now = Date.now();
      const noon = now - (now % 86_400_000) + 12.5 * 3_600_000;
      await app.moveClock(noon - now);
      const fill = () => repository.run(["fill", "--course", FOLDER, "--port", String(app.port)]);
      const list = async (path: string) => {
        const { status, json } = await request(app.url + path);
        return status === 200 ? (json as Record<string, unknown>[]) : undefined;
      };
      const lists = async () => ({
        clicks: await list("/api/latest_clicks"),
        events: await list("/api/latest_events"),
        users: await list("/api/users"),
      });
      const [clicks, events] = [takenAt(step, "click"), takenAt(step, "event")];
      const first = await fill();
      expect(first).toMatchObject({ code: 0, err: "" });
      if (clicks.length === 0) {
        expect(first.out).toBe(
          `nothing to fill at step ${step} yet: click comes with 03, event with 11\n`,
        );
        return;
      }
      const filled = await lists();
      // The newest one is the first.
      const told = clicks.map(({ user, comment = null, style = null }) => ({
        ...{ user, comment, style },
      }));
      expect(filled.clicks?.toReversed()).toMatchObject(told);
      if (events.length > 0) expect(filled.events?.toReversed()).toMatchObject(events);
      const counted = (field: string) =>
        Object.fromEntries(
          (filled.users ?? [])
            .filter((user) => user[field])
            .map((user) => [user.name, user[field]]),
        );
      if (filled.users !== undefined) {
        expect(counted("click_count")).toEqual(countsOf(clicks));
        expect(counted("event_count")).toEqual(countsOf(events));
      }
      expect(await fill()).toMatchObject({
        code: 0,
        err: "",
        out: expect.not.stringMatching(/ sent/),
      });
      expect(await lists()).toEqual(filled);
    } finally {
      await app.stop();
    }
  },
);

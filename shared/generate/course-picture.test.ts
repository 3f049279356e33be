import { cpSync, rmSync } from "node:fs";
import { basename, resolve } from "node:path";
import { expect, test } from "vitest";
import { readCourse } from "../course/course.ts";
import { browserTest } from "../testkit/index.ts";
import { makeRepository } from "../version/fixture.ts";
import { CHAT } from "./chat.ts";
import { COUNTER } from "./counter.ts";
import { type CoursePicture, madeFrom, takeCoursePicture } from "./course-picture.ts";
import { STRANGER } from "./stranger.ts";

const REPOSITORY = resolve(import.meta.dirname, "../..");

/** The example data and the last step of the real course, and maybe further steps. */
function copyOf({ course }: CoursePicture, ...ids: string[]) {
  const repository = makeRepository({});
  const last = readCourse({ root: REPOSITORY }, course).steps.at(-1)?.id ?? "";
  for (const name of ["course.json", "example.json", last, ...ids])
    cpSync(`${REPOSITORY}/${course}/${name}`, repository.path(`${course}/${name}`), {
      recursive: true,
      filter: (path) => basename(path) !== "instance",
    });
  return { ...repository, last };
}

test.each([
  [CHAT, ["app.ts", "public/style.css", "views/messages.ejs", "shared/generate/chat.ts"]],
  [COUNTER, ["app.ts", "lib/store.ts", "public/script.js", "shared/generate/counter.ts"]],
])(
  "$file is made from the last step's look, the example data and the code that draws",
  (picture, some) => {
    const names = madeFrom(copyOf(picture, "00").root, picture)
      .trimEnd()
      .split("\n")
      .map((line) => /^[\da-f]{64} (.*)$/.exec(line)?.[1]);
    expect(names).toEqual(
      expect.arrayContaining([...some, "example.json", "shared/generate/windows.css"]),
    );
    expect(names.filter((name) => /README|check\.test/.test(name ?? ""))).toEqual([]);
  },
);

test.each([CHAT, COUNTER, STRANGER])(
  "$file: a step's name is not seen in the picture, so a new name does not make it stale",
  (picture) => {
    const repository = copyOf(picture);
    const before = madeFrom(repository.root, picture);
    const [from, to] = [repository.last, "98"].map((id) =>
      repository.path(`${picture.course}/${id}`),
    ) as [string, string];
    cpSync(from, to, { recursive: true });
    rmSync(from, { recursive: true });
    expect(madeFrom(repository.root, picture)).toBe(before);
  },
);

for (const picture of [CHAT, COUNTER, STRANGER])
  browserTest(
    `${picture.file}: two pictures are the same to the byte, two windows wide, and not heavy`,
    async () => {
      const png = await takeCoursePicture(REPOSITORY, picture);
      expect(png.readUInt32BE(16)).toBe(2 * (2 * (320 + 2) + 14));
      expect(png.length).toBeLessThan(150_000);
      expect((await takeCoursePicture(REPOSITORY, picture)).equals(png)).toBe(true);
    },
  );

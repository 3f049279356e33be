import { cpSync, rmSync } from "node:fs";
import { basename, resolve } from "node:path";
import { expect, test } from "vitest";
import { browserTest } from "../testkit/index.ts";
import { makeRepository } from "../version/fixture.ts";
import { madeFrom, takeChatPicture } from "./chat.ts";

const REPOSITORY = resolve(import.meta.dirname, "../..");

/** The example data and some steps of the real course. */
function copySteps(...ids: string[]) {
  const repository = makeRepository({});
  for (const name of ["course.json", "example.json", ...ids])
    cpSync(`${REPOSITORY}/steps/${name}`, repository.path(`steps/${name}`), {
      recursive: true,
      filter: (path) => basename(path) !== "instance",
    });
  return repository;
}

test("it is made from the last step's look, the example data and the code that draws", () => {
  const names = madeFrom(copySteps("00", "19").root)
    .trimEnd()
    .split("\n")
    .map((line) => /^[\da-f]{64} (.*)$/.exec(line)?.[1]);
  expect(names).toEqual(
    expect.arrayContaining(["app.ts", "public/style.css", "views/messages.ejs", "example.json"]),
  );
  expect(names).toContain("shared/generate/windows.css");
  expect(names.filter((name) => /README|check\.test/.test(name ?? ""))).toEqual([]);
});

test("a step's name is not seen in the picture, so a new name does not make it stale", () => {
  const repository = copySteps("19");
  const before = madeFrom(repository.root);
  cpSync(repository.path("steps/19"), repository.path("steps/20"), { recursive: true });
  rmSync(repository.path("steps/19"), { recursive: true });
  expect(madeFrom(repository.root)).toBe(before);
});

browserTest("two pictures are the same to the byte, two windows wide, and not heavy", async () => {
  const { root } = copySteps("19");
  const png = await takeChatPicture(root);
  expect(png.readUInt32BE(16)).toBe(2 * (2 * (320 + 2) + 14));
  expect(png.length).toBeLessThan(250_000);
  expect((await takeChatPicture(root)).equals(png)).toBe(true);
});

import { readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeRepository, type Repository } from "./fixture.ts";

/** Every entry of the root with its link's target or its content: to see that nothing changed. */
function snapshot({ root, read }: Repository): Record<string, string> {
  return Object.fromEntries(
    readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.name !== ".course")
      .map((entry) => [
        entry.name,
        entry.isSymbolicLink()
          ? `-> ${readlinkSync(join(root, entry.name))}`
          : entry.isFile()
            ? read(entry.name)
            : "folder",
      ]),
  );
}

test("adopt links the step's files with relative links and writes step.txt", async () => {
  const repository = makeRepository();
  expect(await repository.run("adopt 01b")).toMatchObject({ code: 0, err: "" });
  expect(snapshot(repository)).toMatchObject({
    "app.ts": "-> steps/01b/app.ts",
    views: "-> steps/01b/views",
    public: "-> steps/01b/public",
    "app-00.ts": "-> steps/00/app.ts",
    "app-01.ts": "-> steps/01/app.ts",
    "app-01b.ts": "-> steps/01b/app.ts",
    "app-02.ts": "-> steps/02/app.ts",
    "step.txt": "steps/01b\n",
  });
});

test("a step without pages takes away the links to the pages of the one before", async () => {
  const repository = makeRepository();
  await repository.run("adopt 01b");
  await repository.run("adopt 02");
  expect(snapshot(repository)).not.toHaveProperty("views");
  expect(snapshot(repository)).not.toHaveProperty("public");
  expect(repository.read("steps/01b/views/users.ejs")).toBe("<p>users</p>\n");
});

test.each(["1", "01", "steps/01", "./steps/01/", "steps/01/app.ts", "steps\\01"])(
  "adopt %s",
  async (typed) => {
    const repository = makeRepository();
    await repository.run(`adopt ${typed}`);
    expect(repository.read("step.txt")).toBe("steps/01\n");
  },
);

import { resolve } from "node:path";
import { expect, test } from "vitest";
import { makeRepository } from "../version/fixture.ts";
import { imagePackages } from "./image-packages.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** A repository with a lock, and a step whose image wants some of its packages. */
const make = (wanted: Record<string, string>) =>
  makeRepository({
    "package-lock.json": JSON.stringify({
      packages: {
        "": { name: "all" },
        "node_modules/a": { version: "1.0.0", dependencies: { b: "^2.0.0" } },
        "node_modules/a/node_modules/b": { version: "2.5.0", dependencies: { c: "*" } },
        "node_modules/b": { version: "1.0.0" },
        "node_modules/c": {
          version: "3.0.0",
          dev: true,
          optionalDependencies: { a: "1", gone: "1" },
        },
        "node_modules/d": { version: "4.0.0" },
      },
    }),
    "steps/00/package.json": JSON.stringify({ name: "app", type: "module", dependencies: wanted }),
  });

test("an image gets what its package.json names, in our versions, and what that needs", () => {
  const { root, path } = make({ a: "0.1.0" });
  const made = imagePackages(root, path("steps/00"));
  expect(JSON.parse(made["package.json"])).toEqual({
    name: "app",
    type: "module",
    dependencies: { a: "1.0.0" },
  });
  expect(JSON.parse(made["package-lock.json"])).toEqual({
    name: "app",
    lockfileVersion: 3,
    requires: true,
    packages: {
      "": { name: "app", dependencies: { a: "1.0.0" } },
      "node_modules/a": { version: "1.0.0", dependencies: { b: "^2.0.0" } },
      "node_modules/a/node_modules/b": { version: "2.5.0", dependencies: { c: "*" } },
      "node_modules/c": { version: "3.0.0", optionalDependencies: { a: "1", gone: "1" } },
    },
  });
});

test("a package that the repository does not have is named, with what helps", () => {
  const { root, path } = make({ left: "1.0.0" });
  expect(() => imagePackages(root, path("steps/00"))).toThrow(
    "names left, which is not in package-lock.json: npm install left",
  );
});

test("the lock of this repository has all that a large package needs", () => {
  const { path } = make({ express: "0" });
  const packages = Object.entries(
    JSON.parse(imagePackages(ROOT, path("steps/00"))["package-lock.json"]).packages as Record<
      string,
      { dependencies?: object }
    >,
  );
  const names = packages.map(([key]) => key.replace(/^.*node_modules\//, ""));
  const needed = packages.flatMap(([, { dependencies = {} }]) => Object.keys(dependencies));
  expect(needed.filter((name) => !names.includes(name))).toEqual([]);
  expect(names.length).toBeGreaterThan(30);
});

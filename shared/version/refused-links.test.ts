import { lstatSync } from "node:fs";
import { beforeEach, expect, test, vi } from "vitest";
import { makeRepository } from "./fixture.ts";

const refusal = vi.hoisted(() => ({ code: "" }));

// A mock: no file system that can be had here refuses links, and as root none is read-only.
vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  return {
    ...fs,
    symlinkSync: (...args: Parameters<typeof fs.symlinkSync>) => {
      if (refusal.code !== "") throw Object.assign(new Error("refused"), { code: refusal.code });
      fs.symlinkSync(...args);
    },
  };
});

beforeEach(() => {
  refusal.code = "";
});

test.each(["EPERM", "EACCES", "EROFS", "EPROTO", "EINVAL", "ENOSYS"])(
  "links that are refused with %s: marked copies stand in for them",
  async (code) => {
    const repository = makeRepository();
    refusal.code = code;
    expect(await repository.run("adopt 01b")).toMatchObject({ code: 0, err: "" });
    expect(lstatSync(repository.path("app.ts")).isFile()).toBe(true);
    expect(lstatSync(repository.path("views")).isDirectory()).toBe(true);
    expect(repository.read("views/users.ejs")).toBe(repository.read("steps/01b/views/users.ejs"));
  },
);

test("another failure is told, and nothing is adopted", async () => {
  const repository = makeRepository();
  refusal.code = "ENOSPC";
  expect(await repository.run("adopt 01b")).toMatchObject({
    code: 1,
    err: expect.stringContaining("the disk is full"),
  });
});

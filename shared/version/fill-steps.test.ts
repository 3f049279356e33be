import { readdirSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { aliceBobAndCharlie, exampleMessages, request, startApp } from "#testkit";
import { makeRepository } from "./fixture.ts";

const root = resolve(import.meta.dirname, "../..");
const steps = readdirSync(join(root, "steps")).filter((name) => /^\d\d[a-z]?$/.test(name));

/** Fills from a repository in which no step is adopted: the one that the tests stand in is somebody's. */
const fill = async (port: number) => {
  const repository = makeRepository({});
  symlinkSync(join(root, "steps"), repository.path("steps"), "junction");
  return await repository.run(["fill", "--course", "steps", "--port", String(port)]);
};

test.for(steps)("the example data of the course fits step %s, also twice", async (step) => {
  const app = await startApp(join(root, "steps", step));
  try {
    const list = async (path: string) => {
      const { status, json } = await request(app.url + path);
      return status === 200 ? json : undefined;
    };
    const lists = async () => [await list("/api/users"), await list("/api/messages")];
    expect(await fill(app.port)).toMatchObject({ code: 0, err: "" });
    const [users, messages] = await lists();
    if (users !== undefined)
      expect(users).toEqual(aliceBobAndCharlie.map((user, at) => ({ id: at + 1, ...user })));
    if (messages !== undefined)
      expect(messages).toMatchObject(
        exampleMessages.map((message, at) => ({ id: at + 1, ...message })),
      );
    expect(await fill(app.port)).toMatchObject({ code: 0, err: "" });
    expect(await lists()).toEqual([users, messages]);
  } finally {
    await app.stop();
  }
});

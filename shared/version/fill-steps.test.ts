import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { request, startApp } from "#testkit";
import { makeRepository } from "./fixture.ts";

const root = resolve(import.meta.dirname, "../..");
const steps = readdirSync(join(root, "steps")).filter((name) => /^\d\d[a-z]?$/.test(name));
type Body = Record<string, string>;
type Items = { items: { name?: string; path: string; body: Body }[] };
const { items }: Items = JSON.parse(readFileSync(join(root, "steps/example.json"), "utf8"));
/** What is sent to a path, in order: the ids are counted from 1. */
const bodiesOf = (wanted: string) => items.filter(({ path }) => path === wanted);
const exampleUsers = bodiesOf("/api/users").map(({ body }, at) => ({ id: at + 1, ...body }));
const idOf = (reference = "") => items.findIndex(({ name }) => `@${name}` === reference) + 1;
const exampleMessages = bodiesOf("/api/messages").map(({ body }, at) => ({
  id: at + 1,
  content: body.content,
  author_id: idOf(body.author_id),
  recipient_id: idOf(body.recipient_id),
}));

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
    if (users !== undefined) expect(users).toEqual(exampleUsers);
    if (messages !== undefined) expect(messages).toMatchObject(exampleMessages);
    expect(await fill(app.port)).toMatchObject({ code: 0, err: "" });
    expect(await lists()).toEqual([users, messages]);
  } finally {
    await app.stop();
  }
});

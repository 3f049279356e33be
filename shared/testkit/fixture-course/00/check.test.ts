import { expect, test } from "vitest";
import { freePort, target, useApp } from "#testkit";
import { aboutThisCourse } from "../helpers.ts";

const app = useApp();

test("GET / greets, with the words of GREETING and the version", async () => {
  const answer = await app.get("/");
  expect(answer).toMatchObject({ status: 200, type: "text/plain" });
  const { GREETING } = aboutThisCourse().env;
  expect(answer.text).toBe(`${GREETING}, guest (version ${target().step})`);
});

test("without GREETING it ends with one line that names it, and exit code 1", async () => {
  const env = { PORT: String(await freePort()), GREETING: undefined };
  const { exitCode, stderr } = await app.running().startAgain(env);
  expect(stderr).toMatch(/^.*GREETING.*\n$/);
  expect(exitCode).toBe(1);
});

import { expect, test } from "vitest";
import { target, useApp } from "#testkit";

const app = useApp();

test("GET /api/version answers the name of the step's folder", async () => {
  const answer = await app.get("/api/version");
  expect(answer.status).toBe(200);
  expect(answer.json).toEqual({ version: target().step });
});

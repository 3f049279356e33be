import { expect, test } from "vitest";
import { useApp } from "#testkit";

const app = useApp();

test("GET / redirects to /front/users with status 302", async () => {
  const answer = await app.get("/");
  expect(answer.status).toBe(302);
  expect(answer.headers.get("location")).toBe("/front/users");
});

import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { type App, request, startApp } from "#testkit";
import { isThorough } from "./thorough.ts";

const root = resolve(import.meta.dirname, "../..");
const steps = readdirSync(join(root, "steps"))
  .filter((name) => /^\d\d[a-z]?$/.test(name))
  .sort();

// What else a step has to be, `./version.sh lint` sees: shared/authoring/lint/.
// Each is also started by its check, but without tsx, which takes three times as long.
const chosen = isThorough ? steps : steps.filter((_, index) => index % 5 === 0);
test.for(chosen)("step %s starts from its own folder with `npx tsx app.ts`", async (step) => {
  const tsx = join(root, "node_modules/tsx/dist/cli.mjs");
  const app: App = await startApp(join(root, "steps", step), { command: [tsx, "app.ts"] });
  try {
    await app.printed(`step ${step} listens on ${app.url}`);
    expect([200, 302]).toContain((await request(app.url)).status);
  } finally {
    await app.stop();
  }
  await expect(request(app.url), "the server is still there").rejects.toThrow();
});

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { browserTest, openBrowser } from "../testkit/browser.ts";
import { TINY } from "../testkit/fixture-course.ts";
import { until } from "../version/fixture.ts";
import { listenTo, startWorkbench } from "./fixture.ts";

const openPage = async (url: string): Promise<Page> => {
  const context = await (await openBrowser()).newContext();
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  return page;
};
const tab = (page: Page, name: string) => page.getByRole("tab", { name });

browserTest(
  "a step is adopted by a click, and marked; the terminal's doing shows, too",
  async () => {
    const { url, repository } = await startWorkbench();
    const page = await openPage(`${url}steps/01/`);
    await page.getByRole("button", { name: "Adopt step 01" }).click();
    await page.getByRole("button", { name: "Step 01 is adopted" }).waitFor();
    expect(await page.locator("#wb-panel-check pre").innerText()).toContain("$ ./version.sh adopt");
    await page.locator('a[href="/steps/01/"]', { hasText: "adopted" }).waitFor();
    await repository.run("adopt 02");
    await page.locator('a[href="/steps/02/"]', { hasText: "adopted" }).waitFor();
    await page.getByRole("button", { name: "Adopt step 01" }).waitFor();
  },
);

browserTest(
  "the application runs beside the lesson, with two users' pages where there are two",
  async () => {
    const { url, appPort, repository } = await startWorkbench();
    await repository.run("adopt 01");
    const page = await openPage(`${url}steps/01/`);
    await tab(page, "Application").click();
    await page.getByRole("button", { name: "Start the application" }).click();
    const frames = page.locator("iframe");
    await expect.poll(() => frames.count(), { timeout: 240_000 }).toBe(2);
    expect(await frames.evaluateAll((all) => all.map((it) => it.getAttribute("src")))).toEqual([
      `http://localhost:${appPort}/front/messages/1`,
      `http://localhost:${appPort}/front/messages/2`,
    ]);
    await page
      .frameLocator("iframe")
      .first()
      .locator("body", { hasText: '"version":"01"' })
      .waitFor();
    await tab(page, "Log").click();
    expect(await page.locator("#wb-panel-log pre").innerText()).toContain(`:${appPort}`);
    await tab(page, "Application").click();
    await page.getByRole("button", { name: "Stop it" }).click();
    await page.getByText(`Nothing answers on port ${appPort}`).waitFor();
    expect(await frames.count()).toBe(0);
  },
);

browserTest("a command of the lesson is run by a click, its answer below it", async () => {
  const { url, repository, appPort } = await startWorkbench();
  repository.write({
    "site/dist/steps/01/index.html": repository
      .read("site/dist/steps/01/index.html")
      .replace("echo $PORT", "echo $PORT 5001"),
  });
  const page = await openPage(`${url}steps/01/`);
  await page.getByRole("button", { name: "Run: echo" }).click();
  await page.locator(".wb-answer", { hasText: `${appPort} ${appPort}` }).waitFor();
});

browserTest(
  "another course has its own port and pages, and its commands reach its app",
  async () => {
    const { url, appPort, repository } = await startWorkbench(TINY);
    await repository.run(`adopt ${TINY}/01`);
    const page = await openPage(`${url}tiny/01/`);
    await page.getByRole("button", { name: "Step 01 is adopted" }).waitFor();
    expect(await page.getByRole("link", { name: "the page" }).getAttribute("href")).toBe(
      `http://localhost:${appPort}/board`,
    );
    await tab(page, "Application").click();
    await page.getByRole("button", { name: "Start the application" }).click();
    const frames = page.locator("iframe");
    await expect.poll(() => frames.count(), { timeout: 240_000 }).toBe(2);
    expect(await frames.evaluateAll((all) => all.map((it) => it.getAttribute("src")))).toEqual([
      `http://localhost:${appPort}/board`,
      `http://localhost:${appPort}/board?again`,
    ]);
    await page.getByRole("button", { name: "Run: http :5040/notes" }).click();
    await page.locator(".wb-answer", { hasText: "[]" }).waitFor();
  },
);

browserTest("pages of another course have no buttons, and say which course has them", async () => {
  const { url, repository } = await startWorkbench();
  await repository.run("adopt 01");
  const page = await openPage(`${url}tiny/01/`);
  await page.getByText("This workbench works on the course steps").waitFor();
  expect(await page.getByRole("button", { name: /Adopt|Run|Write it/ }).count()).toBe(0);
  expect(await page.getByRole("link", { name: "the page" }).getAttribute("href")).toContain(
    ":5040",
  );
  expect(await page.locator('a[href="/steps/01/"] .wb-mark').count()).toBe(1);
});

browserTest("keys: the tabs are reached and changed without a mouse", async () => {
  const { url } = await startWorkbench();
  const page = await openPage(`${url}steps/01/`);
  await tab(page, "Application").focus();
  await page.keyboard.press("ArrowRight");
  expect(await tab(page, "Check").getAttribute("aria-selected")).toBe("true");
  expect(await page.locator("#wb-panel-check").isVisible()).toBe(true);
});

browserTest("another web page in the same browser can start nothing", async () => {
  const { url, port, token, repository } = await startWorkbench();
  const events = await listenTo(port, token);
  const evil = createServer((_, response) => {
    response.setHeader("content-type", "text/html");
    response.end(`<iframe src="${url}steps/01/"></iframe><form method="post" enctype="text/plain"
      action="${url}workbench/run"><input name='{"verb":"adopt","step":"01","x":"' value='"}'></form>`);
  }).listen(0, "127.0.0.1");
  onTestFinished(() => void evil.close());
  await until(() => evil.listening);
  const page = await openPage(`http://127.0.0.1:${(evil.address() as AddressInfo).port}/`);
  const tried = await page.evaluate(async (base) => {
    const body = JSON.stringify({ verb: "adopt", step: "01" });
    const all = [
      fetch(`${base}workbench/run`, { method: "POST", body, mode: "no-cors" }),
      fetch(`${base}workbench/run`, { method: "POST", body }),
      fetch(base).then((it) => it.text()),
    ];
    return (await Promise.allSettled(all)).map(({ status }) => status);
  }, url);
  // The first one is sent, and refused by the server; what came back nobody may read.
  expect(tried).toEqual(["fulfilled", "rejected", "rejected"]);
  await page.evaluate("document.forms[0].submit()");
  await page.waitForURL(/workbench\/run/);
  expect(await page.locator("body").innerText()).toContain("takes no commands from other pages");
  expect(() => repository.read("step.txt")).toThrow();
  expect(events.of("started")).toEqual([]);
});

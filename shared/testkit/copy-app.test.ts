import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startApp } from "./app.ts";
import { COPY_PREFIX, withoutFolders, withoutTrace } from "./broken-server.ts";
import { copyApp, removeCopy } from "./copy-app.ts";

test("a copy has what the app is made of: no data, no lesson, no drawings, no checks", () => {
  const source = mkdtempSync(join(tmpdir(), "07-"));
  onTestFinished(() => rmSync(source, { recursive: true, force: true }));
  const own = ["app.ts", "views/lesson/users.ejs", "public/lesson.svg"];
  const others = ["README.md", "check.test.ts", "instance/chat.db", "lesson/tables.svg"];
  for (const path of [...own, ...others]) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), "");
  }
  // A path that was typed may end with a slash.
  for (const folder of [source, `${source}/`]) {
    const copy = copyApp(folder);
    onTestFinished(() => removeCopy(copy.top));
    for (const path of own) expect(existsSync(join(copy.folder, path)), path).toBe(true);
    for (const path of others) expect(existsSync(join(copy.folder, path)), path).toBe(false);
    expect(existsSync(join(copy.folder, "lesson"))).toBe(false);
  }
});

test("a copy finds the packages of its course, and those of the root", async () => {
  const course = mkdtempSync(join(tmpdir(), "course-"));
  onTestFinished(() => rmSync(course, { recursive: true, force: true }));
  const files = {
    "node_modules/only-here/package.json": '{ "name": "only-here", "main": "index.js" }',
    "node_modules/only-here/index.js": 'module.exports = "found";',
    "07/lib/words.ts": 'export { default as found } from "only-here";',
    "07/app.ts": `import { createServer } from "node:http";
      import express from "express";
      import { found } from "./lib/words.ts";
      console.log(found, typeof express);
      createServer().listen(Number(process.env.PORT), "127.0.0.1");`,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(course, path)), { recursive: true });
    writeFileSync(join(course, path), text);
  }
  const app = await startApp(join(course, "07"), { course });
  onTestFinished(app.stop);
  await app.printed("found function");
  // What it says of its files is said of the learner's own.
  expect(withoutFolders(`at ${join(app.folder, "lib", "words.ts")}:1`)).toBe(
    `at ${join("lib", "words.ts")}:1`,
  );
  await expect(startApp(join(course, "07"))).rejects.toThrow("only-here");
});

const COPY = `${COPY_PREFIX}a1B2c3`;

test.each([
  [`/tmp/${COPY}/07/app.ts:4`, "app.ts:4"],
  [`(file:///tmp/${COPY}/course/07/lib/a.ts:4:2)`, "(lib/a.ts:4:2)"],
  [`C:\\Temp\\${COPY}\\07\\lib\\a.ts`, "lib\\a.ts"],
  // Escaped, as in JSON and in HTML.
  [`C:\\\\Temp\\\\${COPY}\\\\07\\\\app.ts`, "app.ts"],
  [`open &#39;/tmp/${COPY}/07/no.txt&#39;`, "open &#39;no.txt&#39;"],
  [`<pre>/tmp/${COPY}/07/views/a.ejs:3<br>`, "<pre>views/a.ejs:3<br>"],
  [`scandir '/tmp/${COPY}/07'`, "scandir '07'"],
  [`<p>/tmp/${COPY}/course/07</p>`, "<p>07</p>"],
  // Where the README puts a clone.
  ["/chat-course/steps/07/app.ts", "/chat-course/steps/07/app.ts"],
])("without the folders of a copy, %s is %s", (text, expected) => {
  expect(withoutFolders(text)).toBe(expected);
});

test("a page of Express's with an error: of the stack trace only the places in the app", () => {
  const trace = [
    `a (file:///tmp/${COPY}/07/app.ts:4:9)`,
    "Layer.&lt;anonymous&gt; (/home/a/node_modules/router/lib/layer.js:9:1)",
    "node:internal/modules:1:2",
  ].map((place) => `<br> &nbsp; &nbsp;at ${place}`);
  expect(withoutTrace(`<pre>TypeError: boom${trace.join("")}</pre>`)).toBe(
    "<pre>TypeError: boom<br>in app.ts:4</pre>",
  );
});

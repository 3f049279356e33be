import { ABOUT } from "../../course/about.ts";

/** The only step that a new course has. */
export const FIRST = "00";

/** Where a new course's server answers. */
const PORT = 5001;

/**
 * The files of a new course: one that starts, answers, is checked, and keeps the rules.
 * @param folder the course's, from the root: `sequels/counter`
 * @param title what its learners build, one line of Markdown
 * @returns texts by their paths inside the folder
 */
export function textsOf(folder: string, title: string): Record<string, string> {
  return {
    [ABOUT]: about(title),
    "README.md": page(folder, title),
    [`${FIRST}/app.ts`]: APP,
    [`${FIRST}/README.md`]: LESSON,
    [`${FIRST}/check.test.ts`]: CHECK,
  };
}

/** The known apps of a new course's first step, which prove its check. */
export const KNOWN = `import { app, faults, right } from "../table.ts";

/** Apps that the checks have to accept, though they are written differently. */
export const rightApps = [
  ...right(
    "JSON made by hand",
    "${FIRST}",
    app(
      "res.json({ version: VERSION })",
      'res.type("json").send(JSON.stringify({ version: VERSION }))',
    ),
  ),
];

/** Apps that the checks have to refuse, each with a part of the promise that names its fault. */
export const wrongApps = [
  ...faults("${FIRST}", [
    [
      "the version at another path",
      "answers which step it is",
      app('"/api/version"', '"/version"'),
    ],
    ["HTML", "as plain text", app('type("text")', 'type("html")')],
  ]),
];
`;

const about = (title: string) => `{
  "title": ${JSON.stringify(title)},
  "introduction": "You begin with a server that says which step it is, and add one idea a step.",
  "after": ["steps"],
  "port": ${PORT},
  "version": { "from": "${FIRST}", "path": "/api/version" },
  "pages": [{ "from": "${FIRST}", "path": "/" }],
  "imports": ["express"],
  "budget": { "added": 80, "total": 300, "first": 120, "public": 100 }
}
`;

const page = (folder: string, title: string) => `# ${title}

This course comes after [the chat](../../README.md): its commands are the same.

## Start

\`\`\`bash
./version.sh adopt ${folder}/${FIRST}
npm start
\`\`\`

Then open <http://localhost:${PORT}/>: **hello (version ${FIRST})**.

## The steps

<!-- steps -->
<!-- /steps -->

## Stuck?

| You see | What it means, and what to do |
| --- | --- |
| an answer that the lesson does not show | compare with our file: \`./version.sh diff\` |
| data that you did not expect | \`./version.sh reset\` gives the step a fresh start, and keeps the old data aside |
| anything else | [what the chat says](../../README.md#stuck) |
`;

const APP = `import { once } from "node:events";
import { basename } from "node:path";
import express from "express";

const HOST = process.env.HOST || "127.0.0.1";
const PORT = process.env.PORT || ${PORT};
// The folder names the step, so this line is the same in all of them.
const VERSION = basename(import.meta.dirname);

const app = express();

// --- api ---

app.get("/api/version", (_req, res) => {
  res.json({ version: VERSION });
});

// --- front ---

app.get("/", (_req, res) => {
  res.type("text").send(\`hello (version \${VERSION})\`);
});

// --- listen ---

// In a URL, an IPv6 address stands in brackets.
const ADDRESS = \`http://\${HOST.includes(":") ? \`[\${HOST}]\` : HOST}:\${PORT}\`;
try {
  if (!Number(PORT)) throw new Error("a port is a number from 1 to 65535");
  await once(app.listen(Number(PORT), HOST), "listening");
  console.log(\`step \${VERSION} listens on \${ADDRESS}\`);
} catch (error) {
  console.error(\`Cannot listen on \${ADDRESS} (\${error}): set PORT or HOST, or stop what is there.\`);
  process.exit(1);
}
`;

const LESSON = `# a server that says which step it is

The course begins with as little as a server can be: it answers two requests, and both answers tell which step is running.

## Try it

\`\`\`bash
http :${PORT}/api/version
\`\`\`

\`\`\`http
HTTP/1.1 200 OK

{
    "version": "${FIRST}"
}
\`\`\`

- Open <http://localhost:${PORT}/>: **hello (version ${FIRST})**.

## What changed

- \`app.ts\`: new. It answers \`GET /api/version\` and \`GET /\`, and listens.

\`\`\`ts
app.get("/api/version", (_req, res) => {
  res.json({ version: VERSION });
});
\`\`\`

## What to notice

- **The idea: a fact has one source.** Both answers take the version from the name of the folder.

Asides:

- **\`PORT\` and \`HOST\`** are set from outside, as in the chat.

Documentation: [Express's hello world](https://expressjs.com/en/starter/hello-world.html).

## Exercise

Let the page also say since when the server has been running.

<details><summary>Hint</summary>

\`new Date().toISOString()\` is a text; take it once, in a constant.

</details>
`;

const CHECK = `import { expect, test } from "vitest";
import { target, useApp } from "#testkit";

const app = useApp();

test("GET /api/version answers which step it is", async () => {
  const { status, json } = await app.get("/api/version");
  expect({ status, json }).toEqual({ status: 200, json: { version: target().step } });
});

test("GET / says it, too, as plain text", async () => {
  const answer = await app.get("/");
  expect(answer).toMatchObject({ status: 200, type: "text/plain" });
  expect(answer.text).toBe(\`hello (version \${target().step})\`);
});

test("an unknown page answers 404", async () => {
  expect(await app.get("/no-such-page")).toMatchObject({ status: 404 });
});
`;

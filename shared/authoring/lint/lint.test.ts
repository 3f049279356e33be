import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { courseFolders, readCourse } from "../../course/course.ts";
import type { World } from "../../course/world.ts";
import { CHAT } from "../../generate/chat.ts";
import { madeFrom } from "../../generate/course-picture.ts";
import type { Repository } from "../../version/fixture.ts";
import { copyCourse, edit, REPOSITORY } from "../fixture.ts";
import { lineOf } from "./finding.ts";
import { lint } from "./lint.ts";

/** In ms: each check waits in vain for what the step before does not do. */
const WHOLE_COURSE = 600_000;

test.each(courseFolders(REPOSITORY))(
  "the course in %s keeps its own rules (if not: ./version.sh lint)",
  async (folder) => {
    const course = readCourse({ root: REPOSITORY } as World, folder);
    const { findings, notes } = await lint(REPOSITORY, course);
    expect(findings.map(lineOf)).toEqual([]);
    if (process.env.CI) expect(notes).toEqual([]);
  },
  WHOLE_COURSE,
);

const STALE_CHAT = "README-chat.png: is out of date: npm run generate";
const WHAT_CHANGED = 'under "What changed" of';

/** Takes out of the last lesson that lines of app.ts go, as it says of those that it replaces. */
function announceNothing(course: Repository): void {
  edit(course, "steps/19/README.md", "are replaced by those that know about it", "know about it");
}

/** A fault to plant in a copy of the real course, and the lines that are said then. */
const faults: [name: string, plant: (course: Repository) => void, lines: string[]][] = [
  [
    "a file that is no part of a step",
    (course) => course.write({ "steps/07/notes.txt": "for me\n" }),
    ["steps/07/notes.txt: is not part of a step: move it into views/ or public/, or remove it"],
  ],
  [
    "a name in the course's folder that is no step",
    (course) => course.write({ "steps/7c/app.ts": "" }),
    ["steps/7c: is no step (a step is a folder named like 07 or 07b): rename it or move it out"],
  ],
  [
    "another file among the drawings",
    (course) => course.write({ "steps/05/lesson/redirect.drawio": "<mxfile/>\n" }),
    [
      "steps/05/lesson/redirect.drawio: is no drawing of the lesson: lesson/ holds drawings alone, such as lesson/rooms.svg: draw it as SVG, or move it out",
    ],
  ],
  [
    "a folder among the drawings",
    (course) => course.write({ "steps/05/lesson/old/redirect.svg": "<svg/>\n" }),
    [
      "steps/05/lesson/old/redirect.svg: is no drawing of the lesson: lesson/ holds drawings alone, such as lesson/rooms.svg: draw it as SVG, or move it out",
    ],
  ],
  [
    "a drawing that no lesson shows",
    (course) =>
      course.write({ "steps/06/lesson/user.svg": course.read("steps/05/lesson/redirect.svg") }),
    [
      "steps/06/lesson/user.svg: is shown by no lesson: write ![what it shows](lesson/user.svg) into steps/06/README.md, or remove it",
    ],
  ],
  [
    "a drawing that says nothing to who cannot see it, and one for a light ground alone",
    (course) => {
      course.write({
        "steps/05/lesson/redirect.svg": course
          .read("steps/05/lesson/redirect.svg")
          .replace(/<desc[\s\S]*<\/desc>/, "<desc> </desc>"),
      });
      edit(course, "steps/07/lesson/tables.svg", "prefers-color-scheme: dark", "min-width: 1px");
    },
    [
      "steps/05/lesson/redirect.svg: does not say what it shows: begin it with <title>, its name, and <desc>, all that is to be seen in words",
      "steps/07/lesson/tables.svg: has no colours for a dark ground: give it a style with @media (prefers-color-scheme: dark), as the other drawings have it",
    ],
  ],
  [
    "an image without a text in its place",
    (course) =>
      course.write({
        "steps/05/README.md": course.read("steps/05/README.md").replace(/!\[.*?\]\(/, "![]("),
      }),
    [
      expect.stringMatching(
        /^steps\/05\/README\.md:\d+: the image lesson\/redirect\.svg has no text for those who cannot see it: write what it shows: /,
      ),
    ],
  ],
  [
    "such an image as HTML",
    (course) =>
      course.write({
        "steps/05/README.md": course
          .read("steps/05/README.md")
          .replace(/!\[.*?\]\((.*?)\)/, '<p>\n<img src="$1">\n</p>'),
      }),
    [
      expect.stringMatching(
        /^steps\/05\/README\.md:\d+: the image lesson\/redirect\.svg has no text for those who cannot see it: /,
      ),
    ],
  ],
  [
    "a closing page that nothing leads to",
    (course) => {
      edit(course, "steps/19/README.md", "](../END.md)", "](../18/README.md)");
      edit(course, "README.md", "](steps/END.md)", "](CONTRIBUTING.md)");
    },
    [
      "steps/19/README.md: is the last lesson, and does not lead to the closing page: end it with a link to ../END.md, and take the link out of the lesson that was the last",
      "README.md: does not lead to the closing page: write a link to steps/END.md below the table of steps",
    ],
  ],
  [
    "a closing page without a title",
    (course) => edit(course, "steps/END.md", "# What you built, and", "What you built, and"),
    ["steps/END.md: has no title: begin it with a line '# the title'"],
  ],
  [
    "no check",
    (course) => rmSync(course.path("steps/08/check.test.ts")),
    ["steps/08/check.test.ts: is missing: write what the step promises"],
  ],
  [
    "no pages, although the step before has some",
    (course) => rmSync(course.path("steps/19/views"), { recursive: true }),
    ["steps/19/views/: is missing, and step 18 has it: copy it: cp -R steps/18/views steps/19/"],
  ],
  [
    "an empty folder of pages",
    (course) => {
      rmSync(course.path("steps/19/public"), { recursive: true });
      mkdirSync(course.path("steps/19/public"));
    },
    ["steps/19/public/: is missing, and step 18 has it: copy it: cp -R steps/18/public steps/19/"],
  ],
  [
    "a lesson without a section",
    (course) => edit(course, "steps/09/README.md", "## What to notice\n", ""),
    [
      "steps/09/README.md: has no section '## What to notice': write a trap, a term of the field, a link to the official documentation",
    ],
  ],
  [
    "an empty section: a note to the author is no text",
    (course) => {
      const lesson = course.read("steps/09/README.md");
      const empty = "## What to notice\n\n<!-- later -->\n\n## Exercise";
      course.write({
        "steps/09/README.md": lesson.replace(/## What to notice[\s\S]*## Exercise/, empty),
      });
    },
    [
      "steps/09/README.md: '## What to notice' is empty: write a trap, a term of the field, a link to the official documentation",
    ],
  ],
  [
    "an exercise without a hint",
    (course) =>
      course.write({
        "steps/09/README.md": course
          .read("steps/09/README.md")
          .replace(/<\/summary>[\s\S]*<\/details>/, "</summary>\n\n</details>"),
      }),
    [
      "steps/09/README.md: '## Exercise' has no hint: write one between <details><summary>Hint</summary> and </details>",
    ],
  ],
  [
    "a section of its own",
    (course) => edit(course, "steps/09/README.md", "## Exercise", "## More\n\nmore\n\n## Exercise"),
    [
      "steps/09/README.md: has a section 'More' that no lesson has: put it under one of Try it, What changed, What to notice, Exercise, or give its heading a third #",
    ],
  ],
  [
    "sections in another order",
    (course) => {
      edit(course, "steps/09/README.md", "## What changed", "## Other");
      edit(course, "steps/09/README.md", "## Try it", "## What changed");
      edit(course, "steps/09/README.md", "## Other", "## Try it");
    },
    [
      "steps/09/README.md: its sections stand in another order: put each once, in the order Try it, What changed, What to notice, Exercise",
    ],
  ],
  [
    "no idea",
    (course) =>
      course.write({
        "steps/09/README.md": course
          .read("steps/09/README.md")
          .replace(/^(# .*\n)[\s\S]*?(?=## Try it)/, "$1\n"),
      }),
    [
      "steps/09/README.md: has no idea: write in a few sentences below the title what is new, and why",
    ],
  ],
  [
    "a title that the table does not have",
    (course) => edit(course, "steps/08/README.md", "# `GET", "# now `GET"),
    [
      'steps/08/README.md:1: the title is "now `GET /api/messages` to retrieve all messages", in the table of README.md "`GET /api/messages` to retrieve all messages": npm run generate',
    ],
  ],
  [
    "a table that misses a step",
    (course) =>
      edit(course, "README.md", "| [05](steps/05/README.md)", "| [5](steps/05/README.md)"),
    ["README.md: is out of date: npm run generate"],
  ],
  [
    "a picture that shows other code",
    (course) => {
      edit(course, "steps/02b/app.ts", "// The folder names the step", "// It names the step");
      edit(course, "steps/02/app.ts", "// The folder names the step", "// It names the step");
    },
    ["README-diff.png: is out of date: npm run generate"],
  ],
  [
    "a picture of another chat",
    (course) => edit(course, "steps/example.json", "trois petits chats", "trois petits chiens"),
    [],
  ],
  [
    "an import of a file",
    (course) => edit(course, "steps/19/app.ts", '"express";', '"../../shared/own.ts";'),
    [
      `steps/19/app.ts:6: imports "../../shared/own.ts", which learners do not have: write it into app.ts: a step imports packages and Node's own modules alone`,
    ],
  ],
  [
    "an import of a package that is not installed for learners",
    (course) => edit(course, "steps/19/app.ts", '"http-errors";', '"fast-check";'),
    [
      'steps/19/app.ts:7: imports "fast-check", which learners do not have: npm install fast-check, so that it stands in the dependencies of package.json',
    ],
  ],
  [
    "its own number in the code",
    (course) => edit(course, "steps/19/app.ts", "basename(import.meta.dirname);", '"19";'),
    ['steps/19/app.ts:14: names a step: "19": use VERSION, the name of the folder'],
  ],
  [
    "a request to a route of a later step",
    (course) =>
      edit(
        course,
        "steps/02b/README.md",
        "## Try it\n",
        "## Try it\n\n```bash\nhttp :5001/api/users\n```\n",
      ),
    [
      "steps/02b/README.md:8: uses GET /api/users, which step 03 introduces: show it with what is there already, or put it off until then",
    ],
  ],
  [
    "a page of a later step",
    (course) =>
      edit(
        course,
        "steps/11/README.md",
        "## Try it\n",
        "## Try it\n\n- Open <http://localhost:5001/front/messages/1>.\n",
      ),
    [
      expect.stringMatching(
        /^steps\/11\/README\.md:\d+: uses GET \/front\/messages\/:user_id, which step 12 introduces: show it with what is there already, or put it off until then$/,
      ),
    ],
  ],
  [
    "a table of a later step",
    (course) =>
      edit(
        course,
        "steps/06/README.md",
        "## What to notice\n",
        "## What to notice\n\n```sql\nSELECT * FROM messages\n```\n",
      ),
    [
      expect.stringMatching(
        /^steps\/06\/README\.md:\d+: uses the table messages, which step 07 introduces: /,
      ),
    ],
  ],
  [
    "a package of a later step",
    (course) =>
      edit(
        course,
        "steps/01/README.md",
        "## What to notice\n",
        '## What to notice\n\n```ts\nimport { z } from "zod";\n```\n',
      ),
    [
      expect.stringMatching(
        /^steps\/01\/README\.md:\d+: uses the package zod, which step 02b introduces: /,
      ),
    ],
  ],
  [
    "a script that asks what only a later step answers",
    (course) =>
      course.write({
        "steps/08/public/script.js": 'await fetch("/api/messages/with/1");\n',
        "steps/09/public/script.js": 'await fetch("/api/messages/with/1");\n',
        ...Object.fromEntries(
          ["10", "11", "12"].map((id) => [`steps/${id}/public/script.js`, "await fetch();\n"]),
        ),
      }),
    [
      "steps/08/public/script.js:1: uses GET /api/messages/with/:user_id, which step 09 introduces: show it with what is there already, or put it off until then",
    ],
  ],
  [
    "more lines than a step may add",
    (course) =>
      edit(
        course,
        "steps/19/app.ts",
        "// --- listen ---",
        `${"// more\n".repeat(46)}// --- listen ---`,
      ),
    [
      "steps/19/app.ts: adds 52 lines, and a step may add 40: make two steps of it (./version.sh insert)",
      "steps/19/app.ts: has 310 lines, and 264 is the most: say it in fewer lines, or end the course before it",
    ],
  ],
  [
    "code laid out anew",
    (course) =>
      edit(
        course,
        "steps/19/app.ts",
        'app.get("/api/version", (_req, res) => {\n  res.json({ version: VERSION });\n});',
        'app.get("/api/version",\n  (_req, res) => {\n    res.json({ version: VERSION });\n  });',
      ),
    [
      "steps/19/app.ts: has 265 lines, and 264 is the most: say it in fewer lines, or end the course before it",
      "steps/19/app.ts:132: differs from step 18 in its layout alone: write it as steps/18/app.ts does",
    ],
  ],
  [
    "an empty line more",
    (course) => edit(course, "steps/19/views/users.ejs", "<body>", "<body>\n"),
    [
      expect.stringMatching(
        /^steps\/19\/views\/users\.ejs:\d+: differs from step 18 in its layout alone: /,
      ),
    ],
  ],
  [
    "lines that go without a word",
    (course) => {
      announceNothing(course);
      edit(course, "steps/19/app.ts", "app.use(express.json());\n", "");
    },
    [
      `steps/19/app.ts:17: a line fewer than step 18 has here: bring it back, or say ${WHAT_CHANGED} steps/19/README.md, at \`app.ts\`, what goes`,
    ],
  ],
  [
    "a route that is renamed without a word",
    (course) => {
      announceNothing(course);
      edit(course, "steps/19/app.ts", 'get("/db/alive"', 'get("/db/living"');
    },
    [
      `steps/19/app.ts: the route GET /db/alive of step 18 is gone: bring it back, or say ${WHAT_CHANGED} steps/19/README.md, at \`app.ts\`, what goes`,
    ],
  ],
  [
    "a page that goes without a word",
    (course) => rmSync(course.path("steps/19/views/error.ejs")),
    [
      'steps/19/views/error.ejs: is not there any more, and step 18 has it: bring it back (cp steps/18/views/error.ejs steps/19/views/error.ejs), or say under "What changed" that it goes',
    ],
  ],
];

test.for(faults)("the linter sees %s, and that alone", async ([, plant, lines]) => {
  const course = copyCourse();
  const before = madeFrom(course.root, CHAT);
  plant(course);
  // Whatever is changed in the last step, the picture of it shows what was there before.
  const stale = madeFrom(course.root, CHAT) === before ? [] : [STALE_CHAT];
  const { code, out, err } = await course.run("lint --quick");
  expect(out.trimEnd().split("\n")).toEqual([...lines, ...stale]);
  expect(code).toBe(1);
  expect(err).toMatch(/^version\.sh: (a rule is|\d+ rules are) broken in steps\/ \(24 steps\): /);
});

test("what goes may go where the lesson says so", async () => {
  const course = copyCourse();
  edit(course, "steps/19/app.ts", "app.use(express.json());\n", "");
  const item = "- `app.ts`: bodies are not read any more, so `express.json()` is gone.\n";
  edit(
    course,
    "steps/19/README.md",
    "- `public/script.js`: shows",
    `${item}- \`public/script.js\`: shows`,
  );
  expect(await course.run("lint --quick")).toMatchObject({ out: `${STALE_CHAT}\n` });
});

test("a course may have a closing page and helpers of its checks, and may do without them", async () => {
  const course = copyCourse();
  course.write({ "steps/helpers.ts": "export const one = 1;\n" });
  expect((await course.run("lint --quick")).out).toBe("24 steps keep the course's rules.\n");
  rmSync(course.path("steps/END.md"));
  rmSync(course.path("steps/helpers.ts"));
  expect((await course.run("lint --quick")).out).toBe("24 steps keep the course's rules.\n");
});

test("prose may tell of later steps", async () => {
  const course = copyCourse();
  const prose = "\nLater there will be `GET /api/messages`, the table messages and Socket.IO.\n";
  edit(course, "steps/02b/README.md", "## What to notice\n", `## What to notice\n${prose}`);
  expect((await course.run("lint --quick")).out).toBe("24 steps keep the course's rules.\n");
});

test(
  "a check that its own step does not keep, one that the step before passes, and one that cannot be run there",
  async () => {
    const course = copyCourse(["00", "01", "01b", "01c", "02b", "03"]);
    // What the README's table and picture say is of the whole course.
    rmSync(course.path("README.md"));
    symlinkSync(`${REPOSITORY}/shared`, course.path("shared"), "junction");
    const check = `import { expect, test } from "vitest";
import { useApp } from "#testkit";
const app = useApp();
test("it answers", async () => {
  expect((await app.get("/nowhere")).status).toBe(404);
});
`;
    course.write({
      "steps/00/check.test.ts": check.replace("404", "200"),
      "steps/01b/check.test.ts": check,
      "steps/03/check.test.ts": 'import "./nowhere.ts";\n',
      "steps/01c/app.ts": "throw new Error('it does not start');\n",
    });
    const { findings } = await lint(
      course.root,
      readCourse({ root: course.root } as World, "steps"),
    );
    expect(findings.filter(({ file }) => file.endsWith(".test.ts")).map(lineOf)).toEqual([
      "steps/00/check.test.ts: is not kept by its own step (it answers): npx vitest run --project steps/00 shows where",
      "steps/01b/check.test.ts: step 01 passes this check, too: let it ask for what its step adds",
      expect.stringMatching(
        /^steps\/01c\/check\.test\.ts: is not kept by its own step \(the app ended before it listened .*\): npx vitest run --project steps\/01c shows where$/,
      ),
      expect.stringMatching(
        /^steps\/02b\/check\.test\.ts: cannot be run on step 01c \(.*\): make steps\/01c\/app\.ts start: \.\/version\.sh adopt 01c$/,
      ),
      expect.stringMatching(
        /^steps\/03\/check\.test\.ts: cannot be run \(.*nowhere.*\): npx vitest run --project steps\/03 shows where$/,
      ),
    ]);
  },
  WHOLE_COURSE,
);

import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { addFixtureCourse, TINY } from "../../testkit/fixture-course.ts";
import type { Repository } from "../../version/fixture.ts";
import { copyCourse, edit } from "../fixture.ts";

const KEEPS = "4 steps keep the course's rules.\n";

/** A repository with a further course. */
function withTiny(): Repository {
  const course = copyCourse(["00"]);
  addFixtureCourse(course.root);
  return course;
}

const at = (path: string) => `${TINY}/${path}`;

/** A Dockerfile that is as it should be. */
const IMAGE = `FROM node:26-slim
USER node
WORKDIR /home/node
COPY app.ts ./
COPY lib ./lib
VOLUME /home/node/instance
CMD ["node", "app.ts"]
`;

/** A module of lines that do nothing. */
const lines = (count: number) => "// a line\n".repeat(count);

/** A fault to plant in a further course, and the lines that are said then. */
const faults: [name: string, plant: (course: Repository) => void, lines: unknown[]][] = [
  [
    "a key that no course has",
    (course) => edit(course, at("course.json"), '"port": 5040', '"prot": 5040'),
    [
      "sequels/tiny/course.json: prot is no key that a course has (CONTRIBUTING.md lists the keys of a course): mend it, then lint again",
    ],
  ],
  [
    "no course.json",
    (course) => rmSync(course.path(at("course.json"))),
    [expect.stringMatching(/^sequels\/tiny\/course\.json: is missing, in which a course says /)],
  ],
  [
    "a step and a course that are not there, and another number of steps",
    (course) => {
      edit(
        course,
        at("course.json"),
        '{ "from": "01", "path": "/board"',
        '{ "from": "07", "path": "/board"',
      );
      edit(course, at("course.json"), '["steps"]', '["steps", "sequels/counter"]');
      edit(course, at("course.json"), "in four small steps", "in five small steps");
    },
    [
      "sequels/tiny/course.json: pages.0.from names step 07, which the course does not have: name one of 00 to 03",
      "sequels/tiny/course.json: after names sequels/counter, which is no other course here: name one of steps",
      "sequels/tiny/course.json: title says 5 steps, and there are 4: write the number that there is",
    ],
  ],
  [
    "what begins later on top",
    (course) =>
      edit(
        course,
        at("course.json"),
        '[{ "from": "01", "sqlite": "tiny.db" }]',
        '[{ "from": "02", "sqlite": "b.db" }, { "from": "01", "sqlite": "tiny.db" }]',
      ),
    [
      "sequels/tiny/course.json: database is not in the order of the steps: put what begins first on top: each entry holds until the next one begins",
    ],
  ],
  [
    "packages of its own, and not a word about their size",
    (course) => edit(course, at("course.json"), '  "megabytes": 1,\n', ""),
    [
      "sequels/tiny/course.json: megabytes says nothing, and the course has packages of its own of 1 MB: write how many MB its node_modules takes",
    ],
  ],
  [
    "packages that are much larger than what is said",
    (course) => course.write({ [at("node_modules/nanoid-large/a.js")]: "x".repeat(7_000_000) }),
    [
      "sequels/tiny/course.json: megabytes says 1, and the course has packages of its own of 8 MB: write how many MB its node_modules takes",
    ],
  ],
  [
    "no page of the course",
    (course) => rmSync(course.path(at("README.md"))),
    [
      "sequels/tiny/README.md: is missing: write its title, how to start, and the lines <!-- steps --> and <!-- /steps -->",
    ],
  ],
  [
    "a title that the course's own table does not have",
    (course) => edit(course, at("03/README.md"), "# a socket", "# now a socket"),
    [
      'sequels/tiny/03/README.md:1: the title is "now a socket tells every open page of a new note", in the table of sequels/tiny/README.md "a socket tells every open page of a new note": npm run generate',
    ],
  ],
  [
    "a module before the split",
    (course) => course.write({ [at("01/lib/names.ts")]: "export const names = [];\n" }),
    [
      "sequels/tiny/01/lib/names.ts: is a module, and the course has them from step 02 on: write it into app.ts, or name the step that takes app.ts apart in lib of sequels/tiny/course.json",
      "sequels/tiny/01/lib/names.ts: is a module that nothing imports: import it where it is needed, or remove it",
      'sequels/tiny/02/app.ts: the line "const names = [];" of step 01 is not in this step, and a split only moves: bring it back word for word, and change it in the step before or after',
      expect.stringMatching(
        /^sequels\/tiny\/02\/lib\/names\.ts: is not there any more, and step 01 /,
      ),
    ],
  ],
  [
    "a Dockerfile in a course that has none",
    (course) => course.write({ [at("03/Dockerfile")]: IMAGE }),
    [
      "sequels/tiny/03/Dockerfile: is of a container's image, and the course has none: move it out, or name the step with the image in image of sequels/tiny/course.json",
    ],
  ],
  [
    "a Dockerfile before its step, and one with faults",
    (course) => {
      edit(course, at("course.json"), '"port": 5040', '"image": "03", "port": 5040');
      course.write({
        [at("02/Dockerfile")]: IMAGE,
        [at("03/Dockerfile")]: IMAGE.replace("FROM node:26", "FROM node:24").replace(
          "lib ./lib",
          "pages ./pages",
        ),
      });
    },
    [
      "sequels/tiny/02/Dockerfile: is of a container's image, and the course has one from step 03 on: move it out, or name the step with the image in image of sequels/tiny/course.json",
      "sequels/tiny/03/Dockerfile:1: starts from node:24-slim: write FROM node:26-slim, as in package.json",
      "sequels/tiny/03/Dockerfile:5: copies pages, which is not there: name a file beside the Dockerfile",
    ],
  ],
  [
    "a Dockerfile from a step on that is not there",
    (course) => edit(course, at("course.json"), '"port": 5040', '"image": "07", "port": 5040'),
    [
      "sequels/tiny/course.json: image names step 07, which the course does not have: name one of 00 to 03",
    ],
  ],
  [
    "a folder in lib/, an index, and a module that nobody needs",
    (course) =>
      course.write({
        [at("03/lib/more/one.ts")]: "export const one = 1;\n",
        [at("03/lib/index.ts")]: 'export * from "./notes.ts";\n',
      }),
    [
      "sequels/tiny/03/lib/more/one.ts: is no module: lib/ is flat, and holds *.ts alone: move it up into lib/, or remove it",
      "sequels/tiny/03/lib/index.ts: is an index, which hides where things are: let each file import from the module that has it, and remove this one",
      "sequels/tiny/03/lib/index.ts: is a module that nothing imports: import it where it is needed, or remove it",
    ],
  ],
  [
    "a module that is too long",
    (course) =>
      course.write({ [at("03/lib/notes.ts")]: course.read(at("03/lib/notes.ts")) + lines(190) }),
    [
      "sequels/tiny/03/lib/notes.ts: has 208 lines, and a module has 200 at most: make two subjects of it",
      expect.stringMatching(/^sequels\/tiny\/03\/app\.ts: adds \d+ lines, and a step may add 90: /),
    ],
  ],
  [
    "too many modules",
    (course) => {
      for (const id of ["a", "b", "c", "d", "e", "f", "g"]) {
        course.write({ [at(`03/lib/${id}.ts`)]: `export const ${id} = 1;\n` });
        edit(
          course,
          at("03/app.ts"),
          "import { z }",
          `import { ${id} } from "./lib/${id}.ts";\nimport { z }`,
        );
      }
    },
    ["sequels/tiny/03/lib/: holds 9 modules, and 8 are the most: join those of one subject"],
  ],
  [
    "imports upwards and in a circle",
    (course) => {
      for (const [from, to] of [
        ["notes", "sessions"],
        ["sessions", "notes"],
      ] as const)
        edit(course, at(`03/lib/${from}.ts`), "import", `import "./${to}.ts";\nimport`);
      course.write({ [at("03/lib/errors.ts")]: 'import { names } from "../app.ts";\n' });
      edit(course, at("03/lib/notes.ts"), "import", 'import "./errors.ts";\nimport');
    },
    [
      expect.stringMatching(
        /^sequels\/tiny\/03\/lib\/errors\.ts: imports app\.ts, which stands above it: /,
      ),
      "sequels/tiny/03/lib/notes.ts: imports itself through others: lib/notes.ts → lib/sessions.ts → lib/notes.ts: move what both need into a module of its own",
    ],
  ],
  [
    "a package that the course does not list, and a file that is not there",
    (course) => {
      edit(course, at("course.json"), '"nanoid", ', "");
      edit(course, at("03/lib/sessions.ts"), "import", 'import "./lost.ts";\nimport');
    },
    [
      'sequels/tiny/01/app.ts:7: imports "nanoid", which the course does not list: add "nanoid" to imports of sequels/tiny/course.json, or do without it',
      'sequels/tiny/02/lib/sessions.ts:1: imports "nanoid", which the course does not list: add "nanoid" to imports of sequels/tiny/course.json, or do without it',
      'sequels/tiny/03/lib/sessions.ts:1: imports "./lost.ts", which learners do not have: write it into lib/: a step imports packages, Node\'s own modules and its own lib/*.ts',
      'sequels/tiny/03/lib/sessions.ts:2: imports "nanoid", which the course does not list: add "nanoid" to imports of sequels/tiny/course.json, or do without it',
    ],
  ],
  [
    "a split that changes a line",
    (course) =>
      edit(course, at("02/lib/sessions.ts"), "names.set(token, name)", "names.set(name, token)"),
    [
      'sequels/tiny/02/app.ts: the line "names.set(token, name);" of step 01 is not in this step, and a split only moves: bring it back word for word, and change it in the step before or after',
      'sequels/tiny/02/app.ts: the line "names.set(name, token);" is new, and the lesson does not quote it: quote it under "What changed" of sequels/tiny/02/README.md: a split only moves, but for what is quoted there',
    ],
  ],
  [
    "a split that does more",
    (course) =>
      edit(
        course,
        at("02/lib/sessions.ts"),
        "// Kept",
        `${Array.from({ length: 11 }, (_, index) => `const more${index} = ${index};\n`).join("")}// Kept`,
      ),
    [
      expect.stringMatching(
        /^sequels\/tiny\/02\/app\.ts: has 14 lines that step 01 has not, and a split has 10 at most: /,
      ),
      expect.stringMatching(
        /^sequels\/tiny\/03\/lib\/sessions\.ts:3: 11 lines fewer than step 02 /,
      ),
    ],
  ],
  [
    "a further split, by its title, that does more",
    (course) =>
      edit(
        course,
        at("03/README.md"),
        "# a socket tells every open page of a new note",
        "# split: more files",
      ),
    [
      expect.stringMatching(/^sequels\/tiny\/03\/README\.md:1: the title is /),
      expect.stringMatching(
        /^sequels\/tiny\/03\/app\.ts: the line .* of step 02 is not in this step/,
      ),
      expect.stringMatching(
        /^sequels\/tiny\/03\/app\.ts: has 20 lines that step 02 has not, and a split /,
      ),
    ],
  ],
  [
    "the name of a step in a module",
    (course) => edit(course, at("03/lib/notes.ts"), "return {", 'console.log("03");\n  return {'),
    ['sequels/tiny/03/lib/notes.ts:17: names a step: "03": use VERSION, the name of the folder'],
  ],
  [
    "a section that is named differently in one step only",
    (course) => edit(course, at("01/app.ts"), "// --- api ---", "// --- routes ---"),
    [
      "sequels/tiny/01/app.ts:53: no other step has a section 'routes', and step 02 has 'api': name it // --- api ---, or rename it in all steps",
    ],
  ],
  [
    "a route of a later step, on the course's own port",
    (course) =>
      edit(
        course,
        at("00/README.md"),
        "## What changed",
        "```bash\nhttp :5040/notes\n```\n\n## What changed",
      ),
    [
      expect.stringMatching(
        /^sequels\/tiny\/00\/README\.md:\d+: uses GET \/notes, which step 01 introduces: /,
      ),
    ],
  ],
  [
    "a route of a router in a module, of a later step",
    (course) => {
      edit(
        course,
        at("03/lib/notes.ts"),
        "  return {",
        '  notesRouter.get("/notes/:id", send);\n  return {',
      );
      edit(
        course,
        at("01/README.md"),
        "## What changed",
        "```bash\nhttp :5040/notes/1\n```\n\n## What changed",
      );
    },
    [
      expect.stringMatching(
        /^sequels\/tiny\/01\/README\.md:\d+: uses GET \/notes\/:id, which step 03 introduces: /,
      ),
    ],
  ],
  [
    "requests that no step answers: of a lesson, a script, the example data",
    (course) => {
      edit(
        course,
        at("03/README.md"),
        "## What changed",
        "```bash\nhttp :5040/guests\n```\n\n## What changed",
      );
      edit(course, at("03/public/board.js"), "const ", 'fetch("/board/1");\nconst ');
      edit(
        course,
        at("example.json"),
        '"/sessions", "body": { "name": "Anna',
        '"/session", "body": { "name": "Anna',
      );
      edit(
        course,
        at("example.json"),
        '"who": { "from": "03" }',
        '"who": { "from": "03", "list": "/visits", "key": ["name"] }',
      );
    },
    [
      expect.stringMatching(
        /^sequels\/tiny\/03\/README\.md:\d+: asks GET \/guests, which no step answers: /,
      ),
      expect.stringMatching(
        /^sequels\/tiny\/03\/public\/board\.js:\d+: asks GET \/board\/1, which no step answers: /,
      ),
      "sequels/tiny/example.json:2: asks GET /visits, which no step answers: correct the address, or add the route that it means",
      "sequels/tiny/example.json:4: asks POST /session, which no step answers: correct the address, or add the route that it means",
    ],
  ],
  [
    "more lines than a step may add to its pages",
    (course) =>
      course.write({
        [at("03/public/board.js")]: course.read(at("03/public/board.js")) + lines(60),
      }),
    [
      "sequels/tiny/03/public/: gets 72 lines, and a step may add 60 there: make two steps of it (./version.sh insert)",
    ],
  ],
  [
    "a step that changes no code",
    (course) => {
      for (const path of ["app.ts", "views/board.ejs"])
        course.write({ [at(`03/${path}`)]: course.read(at(`02/${path}`)) });
      rmSync(course.path(at("03/public/board.js")));
    },
    [
      "sequels/tiny/03/app.ts: changes nothing: the code is that of step 02: write what the step adds, or take the step out (./version.sh remove)",
    ],
  ],
];

test.for(faults)(
  "in a further course, the linter sees %s, and that alone",
  async ([, plant, said]) => {
    const course = withTiny();
    plant(course);
    const { code, out } = await course.run(`lint --quick --course ${TINY}`);
    expect(out.trimEnd().split("\n")).toEqual(said);
    expect(code).toBe(1);
  },
);

test("a further course keeps the rules: a split moves, a shown 404 wants no route", async () => {
  const course = withTiny();
  expect((await course.run(`lint --quick --course ${TINY}`)).out).toBe(KEEPS);
  edit(
    course,
    at("01/README.md"),
    "## What changed",
    "```bash\nhttp :5040/nothing\n```\n\n```http\nHTTP/1.1 404 Not Found\n```\n\n## What changed",
  );
  expect((await course.run(`lint --quick --course ${TINY}`)).out).toBe(KEEPS);
});

test("what is stale in one course is no fault of another", async () => {
  const course = withTiny();
  edit(course, at("README.md"), "| [03](03/README.md)", "| [3](03/README.md)");
  expect((await course.run("lint --quick")).out).not.toContain(TINY);
  expect((await course.run(`lint --quick --course ${TINY}`)).out).toBe(
    "sequels/tiny/README.md: is out of date: npm run generate\n",
  );
});

test("a course may begin with a copy of the step that it continues", async () => {
  const course = withTiny();
  edit(course, at("course.json"), '"added": 90', '"added": 20');
  const added = [
    expect.stringMatching(/^sequels\/tiny\/01\/app\.ts: adds 82 lines/),
    expect.stringMatching(/^sequels\/tiny\/03\/app\.ts: adds 30 lines/),
  ];
  const first = expect.stringMatching(
    /^sequels\/tiny\/00\/app\.ts: adds 32 lines, and a step may add 20/,
  );
  const faults = async () =>
    (await course.run(`lint --quick --course ${TINY}`)).out.trimEnd().split("\n");
  course.write({ "steps/00/app.ts": "" });
  expect(await faults()).toEqual([first, ...added]);
  course.write({ "steps/00/app.ts": course.read(at("00/app.ts")) });
  expect(await faults()).toEqual(added);
  course.write({ "steps/00/app.ts": "" });
  edit(course, at("course.json"), '"added": 20', '"first": 32, "added": 20');
  expect(await faults()).toEqual(added);
});

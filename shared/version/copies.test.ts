import {
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { expect, test } from "vitest";
import { freePort } from "../testkit/free-port.ts";
import { makeRepository, startProcess, until } from "./fixture.ts";

// How a system that refuses symbolic links is told from here: documented in CONTRIBUTING.md.
const env = { COURSE_LINKS: "copies" };

test("without links: marked copies, and an app.ts that runs the step's own", async () => {
  const repository = makeRepository();
  const { code, out } = await repository.run("adopt 01b", { env });
  expect([code, out]).toEqual([0, expect.stringMatching(/^This system refuses symbolic links: /)]);
  expect(repository.read("app.ts")).toMatch(
    /^\/\/ Runs steps\/01b\/app\.ts, made by version\.sh \(no symbolic links here\): edit steps\/01b\/app\.ts instead\. \(\w{12}\)\nimport "\.\/steps\/01b\/app\.ts";\n$/,
  );
  expect(repository.read("app-01.ts")).toMatch(
    /^\/\/ Copy of steps\/01\/app\.ts made by version\.sh .*\n/,
  );
  expect(repository.read("app-01.ts").split("\n").slice(1).join("\n")).toBe(
    repository.read("steps/01/app.ts"),
  );
  expect(repository.read("views/users.ejs")).toBe("<p>users</p>\n");
  expect(lstatSync(repository.path("views")).isSymbolicLink()).toBe(false);
  expect((await repository.run("adopt 01", { env })).out).not.toContain("refuses");
  expect(existsSync(repository.path("views"))).toBe(false);
});

test("the app.ts without links takes version and data from the step's folder", async () => {
  const repository = makeRepository();
  await repository.run("adopt 01b", { env });
  const port = await freePort();
  startProcess(process.execPath, ["app.ts"], {
    cwd: repository.root,
    env: { HOST: "127.0.0.1", PORT: String(port) },
  });
  const answer = await until(() =>
    fetch(`http://127.0.0.1:${port}`).then(
      (it) => it.json(),
      () => undefined,
    ),
  );
  expect(answer).toMatchObject({ version: "01b" });
});

test("a copy that the learner edited is kept aside", async () => {
  const repository = makeRepository();
  await repository.run("adopt 01b", { env });
  repository.write({
    "app-01.ts": `${repository.read("app-01.ts")}// my note\n`,
    "views/users.ejs": "<p>mine</p>",
    "public/new.css": "mine",
  });
  const { code, out } = await repository.run("adopt 02", { env });
  expect(code).toBe(0);
  const saved = readdirSync(repository.path("mine/.saved"));
  expect(saved).toEqual([
    "app-01-2026-03-05-142201.ts",
    "public-2026-03-05-142201",
    "views-2026-03-05-142201",
  ]);
  for (const name of saved) expect(out).toContain(`your version is kept as mine/.saved/${name}`);
  expect(repository.read(`mine/.saved/${saved[0]}`)).toContain("// my note");
  expect(repository.read(`mine/.saved/${saved[2]}/users.ejs`)).toBe("<p>mine</p>");
  expect(repository.read("app-01.ts")).not.toContain("my note");
});

test("a step that changed since it was copied is no edit of the learner's", async () => {
  const repository = makeRepository();
  await repository.run("adopt 01b", { env });
  repository.write({ "steps/01/app.ts": "// new\n", "steps/01b/views/users.ejs": "new" });
  await repository.run("adopt 01b", { env });
  expect(existsSync(repository.path("mine/.saved"))).toBe(false);
  expect(repository.read("app-01.ts")).toContain("// new\n");
  expect(repository.read("views/users.ejs")).toBe("new");
});

test("a file of the learner's stays without links too", async () => {
  const repository = makeRepository();
  repository.write({ "views/users.ejs": "mine", "app.ts": "mine" });
  expect(await repository.run("adopt 01b", { env })).toMatchObject({ code: 1 });
  rmSync(repository.path("app.ts"));
  expect(await repository.run("adopt 01b", { env })).toMatchObject({ code: 1 });
  expect(repository.read("views/users.ejs")).toBe("mine");
  expect(existsSync(repository.path("app.ts"))).toBe(false);
});

test("copies become links where links are allowed again, and links copies", async () => {
  const repository = makeRepository();
  repository.write({ "steps/02/views/users.ejs": "<p>02</p>" });
  await repository.run("adopt 01b", { env });
  await repository.run("adopt 01b");
  for (const name of ["app.ts", "app-00.ts", "views", "public"])
    expect(lstatSync(repository.path(name)).isSymbolicLink()).toBe(true);
  await repository.run("adopt 02", { env });
  expect(lstatSync(repository.path("views")).isDirectory()).toBe(true);
  expect(repository.read("views/users.ejs")).toBe("<p>02</p>");
  expect(repository.read("steps/01b/views/users.ejs")).toBe("<p>users</p>\n");
});

/** As a ZIP file, a USB stick or `cp -rL` does it: what links lead to stands in their place. */
function copyWithoutLinks(repository: ReturnType<typeof makeRepository>): void {
  for (const name of readdirSync(repository.root)) {
    const path = repository.path(name);
    if (name === "node_modules" || !lstatSync(path).isSymbolicLink()) continue;
    const target = realpathSync(path);
    rmSync(path);
    cpSync(target, path, { recursive: true });
  }
}

test.each(["adopt 01b", "next", "previous", "try 02", "update-links"])(
  "in a folder that was copied without links, %s makes links of them again",
  async (verb) => {
    const repository = makeRepository();
    await repository.run("adopt 01b");
    copyWithoutLinks(repository);
    repository.write({ "notes.ts": "mine" });
    expect(await repository.run(verb)).toMatchObject({ code: 0, err: "" });
    const names = readdirSync(repository.root).filter((name) => /^app-/.test(name));
    expect(names).toHaveLength(4);
    if (verb !== "update-links") names.push("app.ts");
    if (verb === "adopt 01b") names.push("views", "public");
    else if (verb === "next" || verb === "previous")
      expect(existsSync(repository.path("views"))).toBe(false);
    for (const name of names) expect(lstatSync(repository.path(name)).isSymbolicLink()).toBe(true);
    expect(repository.read("notes.ts")).toBe("mine");
    expect(existsSync(repository.path("mine/.saved"))).toBe(false);
  },
);

test("copied while the learner writes: what they wrote in the copy goes to their step", async () => {
  const repository = makeRepository();
  await repository.run("try 02");
  copyWithoutLinks(repository);
  repository.write({ "app.ts": "// mine\n" });
  expect(await repository.run("adopt 02")).toMatchObject({ code: 0, err: "" });
  expect(repository.read("mine/steps/02/app.ts")).toBe("// mine\n");
  expect(readlinkSync(repository.path("app.ts"))).toBe("steps/02/app.ts");
});

test("of files that were copied without links and edited, all are listed at once", async () => {
  const repository = makeRepository();
  await repository.run("adopt 01b");
  copyWithoutLinks(repository);
  repository.write({ "app-00.ts": "mine", "app-02.ts": "mine", "views/users.ejs": "mine" });
  const { root } = repository;
  for (const verb of ["adopt 01b", "adopt 02", "next", "try 02"])
    expect(await repository.run(verb)).toEqual({
      code: 1,
      out: "",
      err: expect.stringMatching(
        `^version.sh: app-00.ts, app-02.ts(, views)? in ${root} are your own, where links to files of steps should go: rename or move them away, then try again\n$`,
      ),
    });
  expect(repository.read("app-00.ts")).toBe("mine");
});

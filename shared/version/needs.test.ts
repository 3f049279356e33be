import { expect, test } from "vitest";
import { freePort } from "../testkit/free-port.ts";
import { ABOUT_COURSE, APP, installTools, makeRepository, startProcess, until } from "./fixture.ts";

/** A program that can be used half a second after it began, and says which process it is. */
const PROGRAM = `setTimeout(() => { console.log("provider ready", process.pid); process.send("ready"); }, 500);
setInterval(() => {}, 1e6);
`;

const about = JSON.stringify({
  ...JSON.parse(ABOUT_COURSE),
  needs: [{ from: "01", what: "provider" }],
});

/** A step that says when it began. */
const STEP = `console.log("app begins");\n${APP}`;

async function start(step: string, program: string | undefined) {
  const repository = makeRepository({
    ...Object.fromEntries(
      ["00", "01", "02"].flatMap((id) => [
        [`steps/${id}/app.ts`, STEP],
        [`steps/${id}/README.md`, `# ${id}\n`],
      ]),
    ),
    "steps/course.json": about,
  });
  installTools(repository);
  if (program !== undefined) repository.write({ "shared/provider/main.ts": program });
  const port = await freePort();
  const running = startProcess(
    process.execPath,
    [repository.path("shared/version/main.ts"), "start", step],
    { cwd: repository.root, env: { PORT: String(port) } },
  );
  await until(() =>
    fetch(`http://127.0.0.1:${port}`).then(
      () => true,
      () => undefined,
    ),
  );
  return { repository, running };
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

// Windows ends processes without telling them.
test.skipIf(process.platform === "win32").each(["SIGTERM", "SIGINT"] as const)(
  "what a step needs is started before its app, said, and ended with it (%s)",
  async (signal) => {
    const { running } = await start("02", PROGRAM);
    expect(running.output()).toContain(
      "  beside    provider (shared/provider/main.ts), started now and ended with the app\n",
    );
    const pid = Number(/provider ready (\d+)/.exec(running.output())?.[1]);
    expect(isAlive(pid)).toBe(true);
    expect(running.output()).toMatch(/provider ready \d+\n[\s\S]*app begins/);
    running.signal(signal);
    expect(await running.ended).toBe(0);
    expect(isAlive(pid)).toBe(false);
    expect(running.output()).not.toContain("by itself");
  },
);

test.each([
  [
    "is not there",
    undefined,
    "step 01 needs provider beside it, and shared/provider/main.ts is not there: git checkout -- shared/provider\n",
  ],
  [
    "ends at once",
    "process.exit(3);\n",
    "provider ended (exit code 3): what it printed says why\n",
  ],
])("a program that %s: one line, and the app runs", async (_, program, line) => {
  const { running } = await start("01", program);
  expect(running.output()).toContain(`version.sh: ${line}`);
});

test("before it begins nothing is started; a switch to where it begins says what to do", async () => {
  const { repository, running } = await start("00", PROGRAM);
  expect(running.output()).not.toContain("provider");
  expect((await repository.run("adopt 01")).err).toContain(
    "step 01 of steps/ needs provider, which the running server",
  );
});

import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { freePort } from "../testkit/free-port.ts";
import {
  FOUR_STEPS,
  installTools,
  makeRepository,
  startProcess,
  until,
} from "../version/fixture.ts";

const start = (...args: string[]) => {
  const repository = makeRepository({
    ...FOUR_STEPS,
    // Newer than the steps, so that nothing is built.
    "site/dist/index.html": "<head></head>",
  });
  installTools(repository);
  const main = repository.path("shared/workbench/main.ts");
  return startProcess(process.execPath, [main, ...args], { cwd: repository.root });
};

test("Ctrl-C ends it, with the application that it started", async () => {
  const [port, appPort] = [await freePort(), await freePort()];
  const workbench = start("--port", String(port), "--app-port", String(appPort));
  const home = await until(async () => {
    if (!workbench.output().includes("Ctrl-C")) return undefined;
    return await (await fetch(`http://127.0.0.1:${port}/`)).text();
  });
  const token = /data-token="(.*?)"/.exec(home)?.[1] ?? "";
  await fetch(`http://127.0.0.1:${port}/workbench/run`, {
    method: "POST",
    headers: { "x-workbench-token": token },
    body: JSON.stringify({ app: "start" }),
  });
  const answers = () =>
    fetch(`http://127.0.0.1:${appPort}/`).then(
      () => true,
      () => undefined,
    );
  await until(answers);
  workbench.signal("SIGINT");
  expect(await workbench.ended).toBe(0);
  expect(await answers()).toBeUndefined();
});

test("a port in use is told in one line, with another one", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void other.close());
  await until(() => other.listening);
  const { port } = other.address() as { port: number };
  const workbench = start("--port", String(port));
  expect(await workbench.ended).toBe(1);
  expect(workbench.output()).toMatch(new RegExp(`^workbench: port ${port} is in use[^\n]+\n$`));
});

test.each([
  [["--prot", "4001"], /^workbench: Unknown option '--prot'.*--help/],
  [["--port", "abc"], /^workbench: 'abc' \(--port\) is no port/],
  [["--port", "5001"], /^workbench: .*cannot share port 5001/],
  [["--course", "none"], /^workbench: there is no course folder 'none'/],
])("%j is refused in one line, exit code 2", async (args, line) => {
  const workbench = start(...args);
  expect(await workbench.ended).toBe(2);
  expect(workbench.output()).toMatch(line);
  expect(workbench.output().trim().split("\n")).toHaveLength(1);
});

test("--help tells the options", async () => {
  const workbench = start("--help");
  expect(await workbench.ended).toBe(0);
  expect(workbench.output()).toContain("--app-port");
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { until } from "../version/fixture.ts";
import { runTest } from "./fixture.ts";
import { startGroup } from "./group.ts";

const start = (command: string) => {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), "group-")));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  return { cwd, group: startGroup(command, { cwd, env: { PATH: process.env.PATH } }) };
};
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

runTest("both channels in their order, the exit code, and the folder at the end", async () => {
  const { cwd, group } = start("mkdir a; cd a; echo one; echo two >&2; echo three; exit 7");
  expect(await group.ended).toBe(7);
  expect(group.output()).toBe("one\ntwo\nthree\n");
  expect(group.folder()).toBe(join(cwd, "a"));
});

runTest("there is nothing to read", async () => {
  const { group } = start("cat; echo done");
  expect(await group.ended).toBe(0);
  expect(group.output()).toBe("done\n");
});

runTest("what a command leaves running in the background ends with it", async () => {
  const { group } = start("sleep 1000 & echo $!");
  await group.ended;
  const pid = Number(group.output());
  expect(pid).toBeGreaterThan(0);
  expect(await until(() => !isAlive(pid))).toBe(true);
});

runTest("kill ends all that hangs, and stop what does not end by itself", async () => {
  for (const end of ["kill", "stop"] as const) {
    const { group } = start("sleep 1000 | sleep 1000");
    await group[end]();
    expect(await group.ended).toBe(null);
  }
});

runTest.each(["SIGKILL", "SIGTERM", "SIGINT"] as const)(
  "nothing stays behind when the process that started it is ended by %s",
  async (signal) => {
    const module = JSON.stringify(join(import.meta.dirname, "group.ts"));
    const script = `import { startGroup } from ${module};
      const group = startGroup("echo $$; sleep 1000 & echo $!; wait $!", { cwd: ".", env: process.env });
      setInterval(() => process.stdout.write(group.output() + ";"), 50);`;
    const child = spawn(process.execPath, ["--input-type=module", "--eval", script]);
    let said = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
    const pids = await until(() => /(\d+)\n(\d+)\n;/.exec(said)?.slice(1, 3).map(Number));
    child.kill(signal);
    const [, by] = await once(child, "exit");
    expect(by).toBe(signal);
    for (const pid of pids) expect(await until(() => !isAlive(pid))).toBe(true);
  },
);

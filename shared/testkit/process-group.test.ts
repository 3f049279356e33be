import { join } from "node:path";
import { expect, test } from "vitest";
import { startProcess, until } from "../version/fixture.ts";

const GROUP = JSON.stringify(join(import.meta.dirname, "process-group.ts"));
const START = `
  import { spawnGroup } from ${GROUP};
  const child = spawnGroup(["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  console.log("pid " + child.pid);
  setInterval(() => {}, 1000);
`;
const isThere = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

// Windows tells a child nothing of its parent's end.
test.skipIf(process.platform === "win32").each(["SIGKILL", "SIGTERM"] as const)(
  "what a check has started ends with it, also after %s",
  async (signal) => {
    const check = startProcess(process.execPath, ["--input-type=module-typescript", "-e", START], {
      cwd: import.meta.dirname,
    });
    const pid = await until(() => Number(/pid (\d+)/.exec(check.output())?.[1]) || undefined);
    expect(isThere(pid)).toBe(true);
    check.signal(signal);
    await check.ended;
    await until(() => !isThere(pid));
  },
);

import { createServer } from "node:http";
import { networkInterfaces } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { APP, saveUntil, until } from "../version/fixture.ts";
import { listenTo, send, startWorkbench } from "./fixture.ts";

const run = (port: number, token: string, body: object, headers = {}) =>
  send(port, "/workbench/run", {
    method: "POST",
    headers: { "x-workbench-token": token, ...headers },
    body: JSON.stringify(body),
  });

test("pages get the workbench's script, and only what lies in the website is a page", async () => {
  const { port } = await startWorkbench();
  const home = await send(port, "/");
  expect(home).toMatchObject({ status: 200 });
  expect(home.text).toMatch(/<script type="module" src="\/workbench\/client.js" data-token="\S+"/);
  expect((await send(port, "/steps/01/")).text).toContain("data-step");
  expect((await send(port, "/workbench/client.js")).text).toContain("EventSource");
  for (const path of ["/../package.json", "/%2e%2e/%2e%2e/package.json", "/%00", "/%", "/nothing"])
    expect(await send(port, path), path).toMatchObject({ status: 404 });
});

test.each([
  ["another host, as a name that points here has", { host: "evil.example:4001" }],
  ["another page's origin", { origin: "https://evil.example" }],
  ["a page of another port of this machine", { origin: "http://127.0.0.1:5001" }],
  ["an origin that hides", { origin: "null" }],
])("%s is refused, with and without the token", async (_, headers) => {
  const { port, token, repository } = await startWorkbench();
  for (const given of [token, "guessed"]) {
    const answer = await run(port, given, { verb: "adopt", step: "01" }, headers);
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text).error).toMatch(/\w/);
  }
  expect((await send(port, "/", { headers })).status).toBe(403);
  expect(() => repository.read("step.txt")).toThrow();
});

test("nothing is done, and nothing told, without the token", async () => {
  const { port } = await startWorkbench();
  expect((await run(port, "", { verb: "adopt", step: "01" })).status).toBe(403);
  expect((await send(port, "/workbench/events")).status).toBe(403);
  expect((await send(port, "/workbench/step?id=01")).status).toBe(403);
});

test("no other machine reaches it", async () => {
  const { port } = await startWorkbench();
  const others = Object.values(networkInterfaces())
    .flat()
    .filter((it) => it?.family === "IPv4" && !it.internal);
  for (const other of others)
    await expect(fetch(`http://${other?.address}:${port}/`)).rejects.toThrow();
  expect((await send(port, "/")).headers["content-security-policy"]).toContain("frame-ancestors");
});

test.each([
  ["a verb that replaces no files of ours", { verb: "reset" }],
  ["a command that is in no lesson", { command: "rm -rf .", step: "01" }],
  ["a command of another step", { command: "echo $PORT 5001", step: "02" }],
  ["an unknown step", { verb: "adopt", step: "99" }],
  ["more than was asked", { verb: "check", step: "01", more: 1 }],
  ["nothing", {}],
])("%s is refused in one line", async (_, body) => {
  const { port, token } = await startWorkbench();
  const answer = await run(port, token, body);
  expect([400, 422]).toContain(answer.status);
  expect(JSON.parse(answer.text).error).toMatch(/^[^\n]+$/);
});

test("a lesson's command is run with the application's port, and its answer told", async () => {
  const { port, appPort, token } = await startWorkbench();
  const events = await listenTo(port, token);
  const command = "echo $PORT 5001";
  const { id } = JSON.parse((await run(port, token, { command, step: "01" })).text);
  await until(() => events.of("ended").length > 0);
  expect(events.of("printed")).toEqual([{ id, text: `${appPort} ${appPort}\n` }]);
  expect(events.of("ended")).toEqual([{ id, code: 0 }]);
  await run(port, token, { command: "false", step: "01" });
  await until(() => events.of("ended").length > 1);
  expect(events.of("ended").at(-1)).toMatchObject({ code: 1 });
});

test("a lesson's command never reaches a server that this clone has not started", async () => {
  const { port, appPort, token } = await startWorkbench();
  const asked: string[] = [];
  const foreign = createServer((request, response) => {
    asked.push(request.url ?? "");
    // Another clone of the course would answer like this, too.
    response.setHeader("content-type", "application/json").end('{"version":"02"}');
  }).listen(appPort, "127.0.0.1");
  onTestFinished(() => void foreign.close());
  await until(() => foreign.listening);
  const command = "http :5001/secret";
  const answer = await run(port, token, { command, step: "02" });
  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.text).error).toContain(`the server on port ${appPort} is unknown`);
  expect(asked).toEqual([]);
});

test("what is adopted of another course is told, and not started", async () => {
  const { port, token, repository } = await startWorkbench();
  await repository.run("adopt sequels/tiny/00");
  const events = await listenTo(port, token);
  await until(() => events.of("state").length > 0);
  expect(events.of("state")[0]).toMatchObject({ other: "sequels/tiny/00", isOwn: false });
  const answer = await run(port, token, { app: "start" });
  expect(JSON.parse(answer.text).error).toContain("adopt one of steps first");
});

type State = { adopted?: string; app: { state: string; version?: string; note?: string } };

test("adopt is the verb of the terminal, and what the terminal does is told at once", async () => {
  const { port, token, repository } = await startWorkbench();
  const events = await listenTo(port, token);
  const state = () => events.of("state").at(-1) as State | undefined;
  await run(port, token, { verb: "adopt", step: "01" });
  await until(() => state()?.adopted === "01");
  expect(repository.read("step.txt").trim()).toBe("steps/01");
  await repository.run("adopt 02");
  await until(() => state()?.adopted === "02");
});

test("the application runs beside it, and ends with it", async () => {
  const { port, appPort, token, close, repository } = await startWorkbench();
  await repository.run("adopt 00");
  const events = await listenTo(port, token);
  const state = () => events.of("state").at(-1) as State | undefined;
  await until(() => state()?.app.state === "stopped");
  await run(port, token, { app: "start" });
  await until(() => state()?.app.version === "00");
  expect(state()?.app).toMatchObject({ state: "here", port: appPort });
  expect(events.of("log").join("")).toContain(`localhost:${appPort}`);
  await run(port, token, { verb: "adopt", step: "01" });
  await until(() => state()?.app.version === "01");
  await close();
  await expect(fetch(`http://127.0.0.1:${appPort}/`)).rejects.toThrow();
});

test("an application that does not start says why in the log", async () => {
  const { port, token, repository } = await startWorkbench();
  repository.write({ "steps/00/app.ts": "throw new Error('no such luck');\n" });
  await repository.run("adopt 00");
  const events = await listenTo(port, token);
  await run(port, token, { app: "start" });
  await until(() => events.of("log").join("").includes("no such luck"));
});

// Windows has no signals that tell who ended a process.
test.skipIf(process.platform === "win32")(
  "an application that is killed is told, and starts again at the next switch and save",
  async () => {
    const { port, appPort, token, repository } = await startWorkbench();
    await repository.run("adopt 00");
    const events = await listenTo(port, token);
    const app = () => (events.of("state").at(-1) as State | undefined)?.app;
    const isUp = (version: string) => until(() => app()?.version === version && !app()?.note);
    const kill = async () => {
      const got = await fetch(`http://127.0.0.1:${appPort}/`);
      const { processes } = (await got.json()) as { processes: number[] };
      process.kill(processes[0] as number, "SIGKILL");
      await until(() => app()?.version === undefined && app()?.note);
      expect(app()).toMatchObject({ state: "here", note: "it does not answer: its log says why" });
    };
    await run(port, token, { app: "start" });
    await isUp("00");
    await kill();
    await until(() => events.of("log").join("").includes("the app was ended by SIGKILL"));
    await run(port, token, { verb: "adopt", step: "01" });
    await isUp("01");
    await kill();
    await saveUntil(
      () => repository.write({ "steps/01/app.ts": `${APP}// saved\n` }),
      async () => (app()?.version === "01" ? true : undefined),
    );
  },
);

import { expect, test } from "vitest";
import { addFixtureCourse, TINY_STEPS } from "../testkit/fixture-course.ts";
import { freePort } from "../testkit/free-port.ts";
import { type Files, makeRepository, startProcess, until } from "./fixture.ts";

/** A step that takes whatever is sent, and tells at /got what came: sessions by token and by cookie. */
const APP = `import { createServer } from "node:http";

const got = [];
createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const answer = (status, body, headers = {}) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
  if (request.url === "/api/version") return answer(200, { version: "00" });
  if (request.url === "/got") return answer(200, got);
  if (request.method === "GET") return answer(200, request.url === "/notes" && request.headers.authorization ? got.filter((each) => each.authorization === request.headers.authorization).map((each) => each.body) : {});
  const { authorization, cookie, "content-type": type } = request.headers;
  got.push({ url: request.url, authorization, cookie, type, text, body: type === "application/json" ? JSON.parse(text) : undefined });
  if (request.url === "/login") return answer(201, { token: "t" + got.length, user: { id: 40 + got.length } }, { "set-cookie": ["sid=s" + got.length + "; Path=/; HttpOnly", "b=2"] });
  if (request.url === "/form") return answer(302, {}, { location: "/" });
  answer(201, { id: got.length });
}).listen(Number(process.env.PORT), process.env.HOST);
`;

async function startStep(items: unknown[], files: Files = {}) {
  const repository = makeRepository({
    "steps/00/app.ts": APP,
    "steps/00/README.md": "# one\n",
    "steps/example.json": JSON.stringify({ items }),
    ...files,
  });
  const port = await freePort();
  const env = { PORT: String(port), HOST: "127.0.0.1" };
  startProcess(process.execPath, ["steps/00/app.ts"], { cwd: repository.root, env });
  const got = async () =>
    (await (await fetch(`http://127.0.0.1:${port}/got`)).json()) as Record<string, unknown>[];
  await until(() => got().catch(() => undefined));
  return { fill: () => repository.run(["fill", "--port", String(port)]), got };
}

test("headers and fields take values of earlier answers; a login is sent each time", async () => {
  const alice = { name: "alice", path: "/login", body: { name: "Alice" } };
  const bob = { name: "bob", path: "/login", body: { name: "Bob" } };
  const note = (who: string, text: string) => ({
    path: "/notes",
    key: "text",
    headers: { authorization: `Bearer @${who}.token`, cookie: `@${who}.cookie` },
    body: { text, to: "@alice.user.id", mail: "a@b.example" },
  });
  const { fill, got } = await startStep([alice, bob, note("alice", "one"), note("bob", "two")]);
  expect(await fill()).toEqual({ code: 0, out: "login: 2 created\nnotes: 2 created\n", err: "" });
  expect((await got()).slice(2)).toMatchObject([
    {
      authorization: "Bearer t1",
      cookie: "sid=s1; b=2",
      body: { text: "one", to: 41, mail: "a@b.example" },
    },
    { authorization: "Bearer t2", cookie: "sid=s2; b=2", body: { text: "two", to: 41 } },
  ]);
});

test("what exists is looked up as whoever sends it, so nothing is sent twice", async () => {
  const note = { path: "/notes", key: "text", headers: { authorization: "Bearer x" } };
  const { fill } = await startStep([{ ...note, body: { text: "one" } }]);
  expect((await fill()).out).toBe("notes: 1 created\n");
  expect((await fill()).out).toBe("notes: 1 there already\n");
});

test("a form is sent as a page sends it, and with a file in parts", async () => {
  const { fill, got } = await startStep(
    [
      { path: "/form", form: { text: "a b&c", count: 2 } },
      { path: "/files", form: { title: "mine" }, file: { upload: "files/walk.gpx" } },
    ],
    { "steps/files/walk.gpx": "<gpx>ä</gpx>" },
  );
  expect(await fill()).toMatchObject({ code: 0, out: "form: 1 created\nfiles: 1 created\n" });
  const [form, file] = await got();
  expect(form).toMatchObject({ text: "text=a+b%26c&count=2" });
  expect(form?.type).toMatch(/^application\/x-www-form-urlencoded/);
  expect(file?.type).toMatch(/^multipart\/form-data; boundary=/);
  expect(file?.text).toMatch(/name="title"\r\n\r\nmine\r\n/);
  expect(file?.text).toMatch(/name="upload"; filename="walk.gpx"[^<]*<gpx>ä<\/gpx>\r\n/);
});

test.each([
  [{ path: "/a" }, "items.1: needs either a body, or a form or a file"],
  [{ path: "/a", body: {}, form: {} }, "items.1: needs either a body, or a form or a file"],
  [{ path: "/a", body: { to: "@bob" } }, '"@bob" is no item before it'],
  [{ path: "/a", headers: { authorization: "Bearer @bob.token" }, body: {} }, '"@bob" is no item'],
  [{ path: "/a", file: { upload: "gone.txt" } }, "steps/gone.txt is not there"],
  [{ path: "/a", file: { upload: "../secret" } }, "items.1.file.upload"],
])("example data %j: a line that names the fault", async (item, line) => {
  const { fill, got } = await startStep([{ name: "alice", path: "/a", body: {} }, item]);
  expect(await fill()).toMatchObject({ code: 1, err: expect.stringContaining(line) });
  expect(await got()).toEqual([]);
});

test.for(TINY_STEPS)(
  "the fixture course's example data fits its step %s, also twice",
  async (step) => {
    const repository = makeRepository({});
    addFixtureCourse(repository.root);
    const port = await freePort();
    const env = { PORT: String(port), HOST: "127.0.0.1", GREETING: "welcome" };
    startProcess(process.execPath, [`sequels/tiny/${step}/app.ts`], { cwd: repository.root, env });
    const url = `http://127.0.0.1:${port}`;
    const notes = async () => (await fetch(`${url}/notes`)).json().catch(() => undefined);
    await until(() =>
      fetch(url).then(
        () => true,
        () => undefined,
      ),
    );
    await repository.run(`adopt tiny/${step}`);
    for (const times of ["once", "twice"]) {
      const { code, out } = await repository.run(["fill", "--port", String(port)]);
      expect([times, code]).toEqual([times, 0]);
      expect(out).toContain(
        step === "03" ? "who: 1 sent\n" : `who: step ${step} takes none yet; it comes with 03\n`,
      );
      if (step === "00") expect(out).toContain("step 00 has no POST /sessions yet");
      else
        expect(await notes()).toMatchObject([{ author: "Anna Arendt" }, { author: "Ben Barka" }]);
    }
  },
);

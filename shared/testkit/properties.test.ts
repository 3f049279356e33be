import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Answer, type App, request, startApp } from "#testkit";

const steps = resolve(import.meta.dirname, "../../steps");
type Items = { items: { path: string; body: object }[] };
const { items }: Items = JSON.parse(readFileSync(join(steps, "example.json"), "utf8"));
/** The users of the example data, as 1, 2 and 3. */
const examples = items.filter(({ path }) => path === "/api/users").map(({ body }) => body);
const runs = { numRuns: 150 };

const mostly = (valid: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 4, arbitrary: valid }, { weight: 1, arbitrary: fc.anything() });
const text = (maxLength: number) => fc.string({ unit: "binary", maxLength });
const user = fc.record(
  {
    name: mostly(text(120)),
    email: mostly(fc.emailAddress()),
    nickname: mostly(text(60)),
    extra: fc.anything(),
  },
  { requiredKeys: [] },
);
const id = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 3 }) },
  { weight: 1, arbitrary: fc.oneof(fc.integer(), fc.double(), fc.constant("1")) },
);
const message = fc.record(
  { author_id: mostly(id), recipient_id: mostly(id), content: mostly(text(2100)) },
  { requiredKeys: [] },
);
/** What JSON cannot write, such as a bigint, is left out. */
const asJson = (value: unknown) =>
  JSON.stringify(value, (_key, it) => (typeof it === "bigint" ? undefined : it)) ?? "";
const anyBody = fc.oneof(fc.json(), text(200), fc.uint8Array({ maxLength: 200 }));
const anyHeaders = fc.constantFrom(
  {},
  { "content-type": "text/plain" },
  { "content-type": "application/x-www-form-urlencoded" },
  { "content-type": "application/json; charset=no-such" },
  { "content-type": "application/json", "content-encoding": "gzip" },
  { "content-type": "application/json", "content-encoding": "no-such" },
);
/** A part of a path: odd text that is properly encoded, and things that cannot be decoded. */
const pathPart = fc.oneof(
  fc.integer({ min: 1, max: 5 }).map(String),
  fc.integer().map(String),
  text(40)
    .map((it) => encodeURIComponent(it.toWellFormed()))
    .filter((it) => !["", ".", ".."].includes(it)),
  fc.stringMatching(/^[a-z0-9%:;,=&+~*'()!$@-]{1,20}$/),
);

const endpoints = [
  "/",
  "/db/alive",
  "/api/version",
  "/api/users",
  "/api/users/1",
  "/api/messages",
  "/api/messages/with/1",
  "/front/users",
  "/front/messages/1",
  "/style.css",
];

const expectError = (answer: Answer, statuses: number[]) => {
  expect(statuses).toContain(answer.status);
  expect(answer.type).toBe("application/json");
  expect(answer.json).toEqual({ error: expect.any(String) });
  expect(answer.text).not.toMatch(/SQLITE|INSERT INTO|SELECT |node_modules|\.ts:\d/);
};
const userShape = {
  id: expect.any(Number),
  name: expect.any(String),
  email: expect.any(String),
  nickname: expect.any(String),
};
const flatMessage = {
  id: expect.any(Number),
  content: expect.any(String),
  author_id: expect.any(Number),
  recipient_id: expect.any(Number),
  date: expect.any(String),
};
const { author_id: _a, recipient_id: _r, ...rest } = flatMessage;
const messageShapes: Record<string, object> = {
  "07b": flatMessage,
  "15": { ...rest, author: userShape, recipient: userShape },
  "19": { ...rest, author: userShape, recipient: userShape },
};

describe.for(["02b", "07b", "15", "19"])("step %s, whatever it is sent", (step) => {
  let app: App;
  beforeAll(async () => {
    app = await startApp(join(steps, step));
    for (const body of examples) {
      await request(`${app.url}/api/users`, { method: "POST", body });
    }
  });
  afterAll(() => app.stop());

  const post = (path: string, body: unknown, headers = {}) =>
    request(app.url + path, { method: "POST", body, headers });

  test("POST /api/users stores a valid user, and names what is wrong with any other", () =>
    fc.assert(
      fc.asyncProperty(user, async (input) => {
        const answer = await post("/api/users", asJson(input));
        if (answer.status !== 201) return expectError(answer, [409, 422]);
        expect(answer.json).toEqual(userShape);
        expect(answer.json.name).toBe(String(input.name).toWellFormed().trim());
        expect(answer.json.nickname).toBe(String(input.nickname).toWellFormed().trim());
        expect(answer.json.nickname).not.toBe("");
      }),
      runs,
    ));

  test("POST /api/users answers any body and any header", () =>
    fc.assert(
      fc.asyncProperty(anyBody, anyHeaders, async (body, headers) => {
        expectError(await post("/api/users", body, headers), [400, 415, 422]);
      }),
      runs,
    ));

  if (step !== "02b") {
    test("POST /api/messages stores a valid message, and names what is wrong with others", () =>
      fc.assert(
        fc.asyncProperty(message, async (input) => {
          const answer = await post("/api/messages", asJson(input));
          if (answer.status !== 201) return expectError(answer, [404, 422]);
          expect(answer.json).toEqual(messageShapes[step]);
          expect(answer.json.content).toBe(String(input.content).toWellFormed().trim());
        }),
        runs,
      ));

    test("POST /api/messages answers any body and any header", () =>
      fc.assert(
        fc.asyncProperty(anyBody, anyHeaders, async (body, headers) => {
          expectError(await post("/api/messages", body, headers), [400, 415, 422]);
        }),
        runs,
      ));

    test("GET /api/users/<anything> answers a user, or an error", () =>
      fc.assert(
        fc.asyncProperty(pathPart, async (part) => {
          const answer = await request(`${app.url}/api/users/${part}`);
          if (answer.status === 200) expect(answer.json).toEqual(userShape);
          else expectError(answer, [400, 404]);
        }),
        runs,
      ));
  }

  if (step === "15" || step === "19") {
    test("GET /api/messages/with/<anything> answers messages, or an error", () =>
      fc.assert(
        fc.asyncProperty(pathPart, async (part) => {
          const answer = await request(`${app.url}/api/messages/with/${part}`);
          if (answer.status !== 200) return expectError(answer, [400, 404]);
          for (const it of answer.json) expect(it).toEqual(messageShapes[step]);
        }),
        runs,
      ));

    test("GET /front/messages/<anything> answers a page", () =>
      fc.assert(
        fc.asyncProperty(pathPart, async (part) => {
          const answer = await request(`${app.url}/front/messages/${part}`);
          expect([200, 400, 404]).toContain(answer.status);
          expect(answer.type).toBe("text/html");
          expect(answer.text).not.toMatch(/node_modules|\.ts:\d/);
        }),
        runs,
      ));
  }

  test("any other path answers 400 or 404, without a stack trace", () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH"),
        fc.array(pathPart, { minLength: 1, maxLength: 4 }),
        async (method, parts) => {
          const answer = await request(`${app.url}/api/x/${parts.join("/")}`, { method });
          if (step === "02b") expect(answer.status).toBe(404);
          else expectError(answer, [400, 404]);
          expect(answer.text).not.toMatch(/node_modules|\.ts:\d/);
        },
      ),
      runs,
    ));

  test("each endpoint answers any method and any query, with JSON under /api", () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...endpoints),
        fc.constantFrom("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"),
        text(40).map((it) => encodeURIComponent(it.toWellFormed())),
        async (path, method, query) => {
          const answer = await request(`${app.url}${path}?${query}`, { method });
          expect([200, 302, 400, 404]).toContain(answer.status);
          expect(answer.text).not.toMatch(/node_modules|\.ts:\d/);
          const isApi = path.startsWith("/api") && (step !== "02b" || answer.status === 200);
          if (isApi && method !== "OPTIONS") expect(answer.type).toBe("application/json");
        },
      ),
      runs,
    ));

  test("in the end it still answers, and has met nothing that it did not expect", async () => {
    expect(await request(`${app.url}/db/alive`)).toMatchObject({ status: 200 });
    expect(
      app
        .log()
        .trim()
        .split("\n")
        .filter((line) => !line.startsWith("step ")),
    ).toEqual([]);
  });
});

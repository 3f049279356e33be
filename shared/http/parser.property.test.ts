import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { optionTable } from "./cli/option-table.ts";
import { HttpError } from "./errors.ts";
import { type ItemKind, separators, splitArgument } from "./items/separators.ts";
import { parseJson } from "./json/parse.ts";
import { printJson } from "./json/print.ts";
import { runMain as runAnywhere, temporaryFolder } from "./testing/run-main.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());
const runMain = (args: string[]) => runAnywhere(args, { cwd: folder.path, home: folder.path });

// Those that write files stay out: an arbitrary path is somebody's.
const writing = ["output", "session", "session-read-only"];
const names = Object.keys(optionTable).filter((name) => !writing.includes(name));
const noise = fc.string().filter((text) => !/^-[^-]*o|^--[os]/.test(text));

// Arguments that are nearly right find more than noise does.
const piece = fc.constantFrom(
  ...["a", "b", "[", "]", "[]", "[0]", "\\", "=", ":", "@", ";", ":=", "==", "=@", ":@", ":=@"],
  ...[
    "{",
    "}",
    '"',
    "1",
    "-",
    "é",
    "\u{1f600}",
    " ",
    "http://",
    "//",
    "/",
    ".",
    "..",
    "?",
    "#",
    "%",
  ],
);
const item = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
const option = fc
  .tuple(fc.constantFrom(...names), fc.option(item))
  .map(([name, value]) => (value === null ? `--${name}` : `--${name}=${value}`));
const argument = fc.oneof(item, option, noise, fc.constantFrom("GET", ":1/x", "-v", "-f", "--"));

describe("any argument list", () => {
  test("is one request or one usage error", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(argument, { maxLength: 6 }), async (args) => {
        const { exitCode, stdout, stderr } = await runMain([
          "--offline",
          "--print=HB",
          ...args,
          "--offline",
        ]);
        if (exitCode === 0) return;
        expect(exitCode).toBe(1);
        expect(stdout.length).toBe(0);
        const lines = stderr.trimEnd().split("\n");
        expect(lines.find((line) => line.startsWith("http: error: "))).toBeDefined();
        expect(stderr).not.toContain("unexpected:");
        expect(stderr.includes("\n    at ") && !args.some((each) => /^--(d|t)/.test(each))).toBe(
          false,
        );
      }),
      { numRuns: 600 },
    );
  });

  test("that is only items, after a URL", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 4 }), async (items) => {
        const args = ["--offline", "--print=HB", "POST", ":1/x", "--", ...items];
        const { exitCode, stdout, stderr } = await runMain(args);
        if (exitCode === 0) expect(stdout.toString()).toMatch(/^POST \/x\S* HTTP\/1\.1\r\n/);
        else expect(stderr).toMatch(/^http: error: [^\n]+\n$/);
        expect(stderr).not.toContain("unexpected:");
      }),
      { numRuns: 600 },
    );
  });
});

describe("one argument", () => {
  const kinds = Object.entries(separators) as [ItemKind, string][];
  const escaped = (text: string) => text.replaceAll(/[:;=@]/g, "\\$&");
  // A backslash before a separator would be read as its escape.
  const word = fc.string().filter((text) => !text.includes("\\"));

  test("splits at an unescaped separator into what it was made of", () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), word, word, ([kind, separator], key, value) => {
        fc.pre(!/^[=@:]/.test(value));
        expect(splitArgument(escaped(key) + separator + value)).toEqual({ kind, key, value });
      }),
    );
  });

  test("a text arrives as it was given", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        fc.pre(!text.includes("\\") && !/^[=@]/.test(text));
        const { stdout } = await runMain(["--offline", "--print=B", ":1/x", `a=${text}`]);
        expect(JSON.parse(stdout.toString())).toEqual({ a: text });
      }),
    );
  });

  test("JSON arrives as it was given", async () => {
    await fc.assert(
      fc.asyncProperty(fc.json(), async (json) => {
        const args = [
          "--offline",
          "--print=B",
          ":1/x",
          "--",
          `a:=${json.replaceAll("\\", "\\\\")}`,
        ];
        fc.pre(!json.includes("\\"));
        const { stdout } = await runMain(args);
        expect(stdout.toString()).toBe(printJson(parseJson(`{"a": ${json}}`), { asciiOnly: true }));
      }),
    );
  });
});

test("an error message is one line, whatever is quoted", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(new HttpError(`a\n${text}\r\nb`).message).not.toMatch(/[\r\n]/);
    }),
  );
});

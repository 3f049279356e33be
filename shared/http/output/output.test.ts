import { devNull } from "node:os";
import { stripVTControlCharacters } from "node:util";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { styleNames } from "../cli/option-values.ts";
import { type EchoServer, startEchoServer } from "../testing/echo-server.ts";
import { type RunSettings, runMain } from "../testing/run-main.ts";
import { colorHead, colorMarkup } from "./colors.ts";
import { colorJson } from "./json-colors.ts";

let server: EchoServer;
beforeAll(async () => {
  server = await startEchoServer();
});
afterAll(() => server.close());

const run = async (args: string[], settings: RunSettings = {}) => {
  const result = await runMain(
    args.map((each) => each.replaceAll("PORT", String(server.port))),
    settings,
  );
  return result.stdout.toString();
};
const onTerminal = (args: string[], env: Record<string, string> = {}, input?: Buffer) =>
  run(args, { stdoutIsTerminal: true, env: { HTTPIE_CONFIG_DIR: "/none", ...env }, input });

const escapeCode = String.fromCharCode(27);
const escapes = new RegExp(`${escapeCode}\\[`);

describe("colours", () => {
  test.each([
    ["the status line", colorHead("HTTP/1.1 404 Not Found\r\nA: b:c")],
    ["the request line", colorHead("GET /x?y HTTP/1.1\r\nA: b")],
    ["an empty reason", colorHead("HTTP/1.1 299 \r\nA: b")],
    ["JSON", colorJson('{"a\\"b": ["c", -1.5e3, true, null], "d": {}}')],
    ["broken JSON", colorJson('{"a": [1,')],
    ["markup", colorMarkup('<!doctype html><!-- c --><p class="a" id=b>x &amp; y</p><br/>')],
  ])("%s keeps its text", (_what, colored) => {
    expect(colored).toMatch(escapes);
    expect(stripVTControlCharacters(colored)).not.toMatch(escapes);
  });

  test("HTTPie's escape sequences are used, which end with each line", () => {
    const shown = colorJson('{"a" :\n 1}\n').replaceAll(escapeCode, "^");
    expect(shown).toBe(
      '{^[94m"a"^[39;49;00m^[37m ^[39;49;00m:^[37m^[39;49;00m\n^[37m ^[39;49;00m^[34m1^[39;49;00m}^[37m^[39;49;00m\n',
    );
  });

  test("keys, strings, numbers and words differ", () => {
    const colored = colorJson('{"a": "b", "c": 1, "d": null}');
    const codes = [...colored.matchAll(/\[(\d+)m("a"|"b"|1|null)/g)].map(([, code]) => code);
    expect(codes).toEqual(["94", "33", "34", "34"]);
  });

  test("the text is what it was", () => {
    const text = '{"a\\"b": ["c", -1.5e3, true], "é": null}';
    expect(stripVTControlCharacters(colorJson(text))).toBe(text);
    const html = '<p class="a" id=b>x &amp; y</p><br/>';
    expect(stripVTControlCharacters(colorMarkup(html))).toBe(html);
  });
});

describe("on a terminal", () => {
  test("headers and body, laid out and coloured", async () => {
    const output = await onTerminal([":PORT/json"]);
    expect(output).toMatch(escapes);
    const plain = stripVTControlCharacters(output);
    expect(plain).toMatch(/^HTTP\/1\.1 200 OK\nConnection: /);
    expect(plain).toContain('\r\n\r\n{\n    "1": {},\n    "2": 0,\n    "a": {');
    expect(plain).toMatch(/\n\}\n\n\n$/);
  });

  const plainTerminals: Record<string, string>[] = [{ NO_COLOR: "1" }, { TERM: "dumb" }];
  test.each(plainTerminals)("without colours: %j", async (env) => {
    const output = await onTerminal([":PORT/json"], env);
    expect(output).not.toMatch(escapes);
    expect(output).toContain('\n    "2": 0');
  });

  test("--pretty=colors asks for colours by name, whatever NO_COLOR says", async () => {
    expect(await onTerminal(["--pretty=colors", ":PORT/json"], { NO_COLOR: "1" })).toMatch(escapes);
  });

  test("--pretty=none", async () => {
    const output = await onTerminal(["--pretty=none", "-b", ":PORT/json"]);
    expect(output).toMatch(/^\{"b": \[1, 2\.50, .*\n\n\n$/);
  });

  test.each([
    ["/png", "[NOTE: binary data not shown in terminal (image/png); -d or -o FILE saves it]"],
    ["/nul", "[NOTE: binary data not shown in terminal (text/plain); -d or -o FILE saves it]"],
  ])("binary data is named: %s", async (path, notice) => {
    const output = stripVTControlCharacters(await onTerminal([`:PORT${path}`]));
    expect(output).toContain(notice);
    expect(output).not.toContain("\u0000");
  });

  test("of a request, which nobody saves, it is the type alone", async () => {
    const args = ["--offline", ":1/x", "Content-Type:image/png", "--print=B"];
    const output = await onTerminal([...args, `--raw=\u0000`]);
    expect(output).toBe("[NOTE: binary data not shown in terminal (image/png)]\n\n");
  });

  test("the status line has its words whatever the style", async () => {
    const names = styleNames.filter((name) => name !== "auto");
    expect(names.length).toBeGreaterThan(40);
    for (const name of ["auto", ...names]) {
      const output = await onTerminal(["-h", "-s", name, ":PORT/spaced-reason"]);
      expect(output, name).toMatch(escapes);
      expect(stripVTControlCharacters(output), name).toMatch(/^HTTP\/1\.1 200 All {2}Right\n/);
    }
  });

  test("html is coloured, plain text is not", async () => {
    expect(await onTerminal(["-b", ":PORT/html"])).toMatch(escapes);
    expect(await onTerminal(["-b", ":PORT/text"])).toBe("trois petits chats\nà la volée\n\n\n");
  });

  test("an encoding that the server names is read", async () => {
    expect(await onTerminal(["-b", ":PORT/latin1"])).toBe("à la volée\n\n\n");
    expect(await onTerminal(["-b", ":PORT/unknown-charset"])).toBe("abc\n\n\n");
  });

  test("one that it does not name is given", async () => {
    expect(await onTerminal(["-b", "--response-charset=big5", ":PORT/big5"])).toBe("中文\n\n\n");
  });

  test("a text that is no UTF-8, and names no charset, is read in one that fits", async () => {
    const french = "Les élèves de deuxième année écrivent une lettre à leur professeur.";
    expect(await onTerminal(["-b", ":PORT/unnamed-latin1"])).toBe(`${french}\n\n\n`);
    expect(await onTerminal(["-b", "-S", ":PORT/unnamed-latin1"])).toBe(`${french}\n\n\n\n`);
    // One slip does not make UTF-8 something else.
    const slipped = Buffer.from("à la volée, trois petits chats, déjà vu \u007f");
    slipped[slipped.length - 1] = 0xff;
    const args = ["--offline", "--print=B", ":1/x", "Content-Type:text/plain"];
    expect(await onTerminal(args, {}, slipped)).toBe(
      "à la volée, trois petits chats, déjà vu \ufffd\n\n\n",
    );
    // What is named, or too short to tell, is not guessed.
    expect(await onTerminal(["-b", ":PORT/big5"])).toContain("\ufffd");
    expect(await onTerminal(["-b", "--response-charset=utf8", ":PORT/unnamed-latin1"])).toContain(
      "\ufffd",
    );
  });

  const requestTexts: [string, string][] = [
    ["windows-1250", "Všichni lidé jsou si rovni. Všichni lidé jsou si rovni."],
    ["big5", "三隻小貓在屋頂上睡覺，牠們不怕冷也不怕熱。"],
    ["windows-1251", "Привет, как дела? Это сообщение от сервера."],
    ["shift_jis", "これは日本語の文章です。サーバーから送られました。"],
    ["utf-8", "trois petits chats à la volée, trois petits chats à la volée"],
  ];
  test.each(requestTexts)("so is the body of a request: %s", async (charset, text) => {
    const args = ["--offline", "--print=B", ":1/x", "Content-Type:text/plain"];
    const output = await onTerminal(args, {}, iconv.encode(text, charset));
    expect(output).toBe(`${text}\n\n\n`);
  });

  test("--stream shows each line as it comes", async () => {
    const output = stripVTControlCharacters(await onTerminal(["-b", "-S", ":PORT/lines"]));
    expect(output).toContain('{\n    "a": 2,\n    "b": 1\n}\n\n{\n    "c": 3\n}\n\n');
  });
});

describe("a status that --check-status reports", () => {
  // HTTPie's rule: on a terminal the status line is enough, and -qq means silence there.
  const said = "http: warning: HTTP 404 Not Found\n";
  test.each([
    [true, [], ""],
    [true, ["-q"], said],
    [true, ["-qq"], ""],
    [true, ["-o", devNull], said],
    [false, [], said],
    [false, ["-q"], said],
    [false, ["-qq"], said],
  ])("on a terminal: %s, with %j", async (stdoutIsTerminal, args, expected) => {
    const result = await runMain(["--check-status", ...args, `:${server.port}/404`], {
      stdoutIsTerminal,
    });
    expect([result.exitCode, result.stderr]).toEqual([4, expected]);
  });
});

describe("elsewhere", () => {
  test("the body alone, byte for byte", async () => {
    const output = await run([":PORT/json"]);
    expect(output).toMatch(/^\{"b": \[1, 2\.50, .*\}$/);
  });

  test("--pretty=all lays out and colours all the same", async () => {
    expect(await run(["--pretty=all", ":PORT/json"])).toMatch(escapes);
  });

  test("--meta", async () => {
    expect(await run(["-m", ":PORT/x"])).toMatch(/^Elapsed time: \d+\.\d+s\n\n$/);
  });

  test("what nobody can unfold safely stays as it came", async () => {
    const args = ["--offline", "--pretty=format", "--print=B", ":1/x", "Content-Type:text/xml"];
    const bomb = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>';
    expect(await run([...args, `--raw=${bomb}`])).toBe(bomb);
  });
});

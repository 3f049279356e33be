import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { copyApp, removeCopy } from "./copy-app.ts";

test("a copy has what the app is made of: no data, no lesson, no drawings, no checks", () => {
  const source = mkdtempSync(join(tmpdir(), "07-"));
  onTestFinished(() => rmSync(source, { recursive: true, force: true }));
  const own = ["app.ts", "views/lesson/users.ejs", "public/lesson.svg"];
  const others = ["README.md", "check.test.ts", "instance/chat.db", "lesson/tables.svg"];
  for (const path of [...own, ...others]) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), "");
  }
  // A path that was typed may end with a slash.
  for (const folder of [source, `${source}/`]) {
    const copy = copyApp(folder);
    onTestFinished(() => removeCopy(copy.top));
    for (const path of own) expect(existsSync(join(copy.folder, path)), path).toBe(true);
    for (const path of others) expect(existsSync(join(copy.folder, path)), path).toBe(false);
    expect(existsSync(join(copy.folder, "lesson"))).toBe(false);
  }
});

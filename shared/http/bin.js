#!/usr/bin/env node
// Plain JavaScript of old: whatever Node finds this file can read it, and those that cannot
// run the rest hand over to the course's own.
const [major] = process.versions.node.split(".").map(Number);

const { fileURLToPath } = await import("node:url");

if (major >= 24) {
  // Half of the time to the answer would go into stripping types and compiling got.
  const { enableCompileCache } = await import("node:module");
  enableCompileCache(fileURLToPath(new URL("../../node_modules/.cache/http", import.meta.url)));
  await import("./entry.ts");
} else {
  const { existsSync } = await import("node:fs");
  const { spawnSync } = await import("node:child_process");
  const name = process.platform === "win32" ? "node.exe" : "node";
  const courseNode = fileURLToPath(new URL(`../../node_modules/node/bin/${name}`, import.meta.url));
  if (existsSync(courseNode)) {
    const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
    const { status, signal } = spawnSync(courseNode, args, { stdio: "inherit" });
    process.exitCode = status ?? (signal === "SIGINT" ? 130 : 1);
  } else {
    console.error(
      `http: error: Node ${process.versions.node} is too old (24 or later is needed): npm install brings the course's own`,
    );
    process.exitCode = 1;
  }
}

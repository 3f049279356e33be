import { resolve } from "node:path";
import { ExitCode, explain } from "../course/errors.ts";
import { updateDocuments } from "./update-documents.ts";

const USAGE = `Usage: npm run docs:update -- [document…]

Runs the commands of README.md, CONTRIBUTING.md and the lessons, each on a server of its own, and
writes the answers that it sees into them. A document is a file such as steps/07/README.md, or a step
such as 07 or counter/07; none means all.
`;

try {
  const root = resolve(import.meta.dirname, "../..");
  const files = process.argv.slice(2);
  if (files.includes("--help") || files.includes("-h")) process.stdout.write(USAGE);
  else if (!(await updateDocuments(root, files, process.stdout)))
    process.exitCode = ExitCode.Failure;
} catch (error) {
  const { line, exitCode } = explain(error);
  process.stderr.write(`docs:update: ${line}\n`);
  process.exitCode = exitCode;
}

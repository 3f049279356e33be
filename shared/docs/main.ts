import { resolve } from "node:path";
import { ExitCode, explain } from "../course/errors.ts";
import { updateDocuments } from "./update-documents.ts";

try {
  const root = resolve(import.meta.dirname, "../..");
  const well = await updateDocuments(root, process.argv.slice(2), process.stdout);
  process.exitCode = well ? ExitCode.Success : ExitCode.Failure;
} catch (error) {
  const { line, exitCode } = explain(error);
  process.stderr.write(`docs:update: ${line}\n`);
  process.exitCode = exitCode;
}

import { resolve } from "node:path";
import { ExitCode } from "../course/errors.ts";
import { generate } from "./generate.ts";

const args = process.argv.slice(2);
const wrong = args.find((arg) => arg !== "--check");

if (wrong !== undefined) {
  process.stderr.write(`generate: unknown argument '${wrong}': the only one is --check\n`);
  process.exitCode = ExitCode.Usage;
} else {
  const root = resolve(import.meta.dirname, "../..");
  const well = await generate(root, args.length > 0, process.stdout, process.stderr);
  process.exitCode = well ? ExitCode.Success : ExitCode.Failure;
}

import { cpSync, readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { coursesTable } from "../generate/courses.ts";
import { withTable } from "../generate/table.ts";
import { makeRepository, type Repository } from "../version/fixture.ts";

/** The repository that the tests are part of. */
export const REPOSITORY = resolve(import.meta.dirname, "../..");

/** A copy of the real course in a temporary folder: all of it, or some of its steps. */
export function copyCourse(only?: readonly string[]): Repository {
  const repository = makeRepository({});
  const names = [
    "README.md",
    "README-diff.png",
    "README-chat.png",
    "CONTRIBUTING.md",
    "package.json",
  ];
  const about = ["steps/course.json", "steps/helpers.ts"];
  const steps = only ? [...about, ...only.map((id) => `steps/${id}`)] : ["steps"];
  for (const name of [...names, ...steps])
    cpSync(join(REPOSITORY, name), repository.path(name), {
      recursive: true,
      filter: (path) => basename(path) !== "instance",
    });
  // Further courses are not copied, and the page lists those that are there.
  const page = repository.read("README.md");
  repository.write({ "README.md": withTable(page, coursesTable(repository.root), "courses") });
  return repository;
}

/** Changes one place of a file; a place that is not there would make a test prove nothing. */
export function edit(repository: Repository, file: string, from: string, to: string): void {
  const text = repository.read(file);
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  repository.write({ [file]: text.replace(from, () => to) });
}

/** All files of a repository with what is in them, but for those of npm, git and the tools. */
export function snapshot(repository: Repository, folder = ""): Record<string, string> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(repository.path(folder), { withFileTypes: true })) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (["node_modules", ".git", ".course"].includes(entry.name)) continue;
    if (entry.isDirectory()) Object.assign(files, snapshot(repository, path));
    else if (entry.isFile()) files[path] = readFileSync(repository.path(path), "latin1");
  }
  return files;
}

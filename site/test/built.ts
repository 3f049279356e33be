import { rmSync } from "node:fs";
import { dirname } from "node:path";
import type { TestProject } from "vitest/node";
import { build } from "./build.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The folder with the pages of the course, built once for all tests. */
    dist: string;
  }
}

export default function setup(project: TestProject): () => void {
  const { dist, log, status } = build();
  if (status !== 0) throw new Error(`the site could not be built:\n${log}`);
  project.provide("dist", dist);
  return () => rmSync(dirname(dist), { recursive: true, force: true });
}

import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";

const SITE = resolve(import.meta.dirname, "..");
const BUILDS = join(SITE, "node_modules", ".builds");

/** What a build said, and where its pages are. */
export interface Built {
  readonly dist: string;
  readonly log: string;
  readonly status: number;
  readonly seconds: number;
}

/** Builds the site into a temporary folder. */
export function build(env: Record<string, string | undefined> = {}): Built {
  // Inside the package: for a folder outside, Astro keeps what it makes in one place for all builds.
  mkdirSync(BUILDS, { recursive: true });
  const folder = mkdtempSync(join(BUILDS, "test-"));
  const astro = dirname(createRequire(import.meta.url).resolve("astro/package.json"));
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(astro, "bin", "astro.mjs"), "build"],
    {
      cwd: SITE,
      encoding: "utf8",
      env: {
        ...process.env,
        // Vitest sets it, and Astro would build for development.
        NODE_ENV: "production",
        VITEST: undefined,
        COURSE: undefined,
        SITE_OUT: join(folder, "dist"),
        SITE_CACHE: join(folder, "cache"),
        ASTRO_TELEMETRY_DISABLED: "1",
        ...env,
      },
    },
  );
  const seconds = (performance.now() - start) / 1000;
  return { dist: join(folder, "dist"), log: stdout + stderr, status: status ?? 1, seconds };
}

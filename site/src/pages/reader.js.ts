import { join } from "node:path";
import type { APIRoute } from "astro";
import { build } from "esbuild";

/** What the pages do in the browser: one classic script, since modules do not load from a disk. */
export const GET: APIRoute = async () => {
  const { outputFiles } = await build({
    entryPoints: [join(process.cwd(), "src", "reader", "main.ts")],
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    write: false,
  });
  return new Response(outputFiles[0]?.text, { headers: { "content-type": "text/javascript" } });
};

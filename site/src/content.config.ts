import { defineCollection } from "astro:content";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { docsSchema } from "@astrojs/starlight/schema";
import type { LoaderContext } from "astro/loaders";
import { z } from "astro/zod";
import { END_FILE } from "../../shared/course/course.ts";
import { plain, titleOf } from "../../shared/course/lesson.ts";
import {
  documentOf,
  type Introduction,
  introduction,
  isAlone,
  type SiteStep,
  siteCourses,
} from "./course/model.ts";
import { ROOT } from "./course/where.ts";
import { faultsOf } from "./lesson/faults.ts";
import { finishHtml } from "./lesson/finish.ts";
import { finder } from "./lesson/follow.ts";
import { documents } from "./lesson/links.ts";
import { escapeHtml } from "./reader/rows.ts";

/** The lesson without its title, which the page shows by itself; line numbers stay. */
function withoutTitle(markdown: string): string {
  const title = titleOf(markdown);
  if (title === undefined) return markdown;
  const lines = markdown.split("\n");
  const at = lines.findIndex((line) => line.startsWith("# ") && line.includes(title));
  return lines.with(at, "").join("\n");
}

/**
 * Documents lie outside this package. Expressive Code and Starlight's Markdown take a document's
 * path into account, so it is given to them.
 */
async function html(context: LoaderContext, markdown: string, path: string): Promise<string> {
  const fileURL = new URL(`file://${join(ROOT, path)}`);
  return (await context.renderMarkdown(markdown, { fileURL })).html;
}

async function loadStep(context: LoaderContext, step: SiteStep, before: SiteStep | undefined) {
  const path = `${step.dir}/README.md`;
  if (step.lesson === undefined) {
    context.logger.warn(`${path} is missing`);
    return {
      html: "",
      faults: [{ line: 0, message: `${path} is missing: this step has no lesson` }],
    };
  }
  const faults = faultsOf(step.lesson, join(ROOT, path));
  for (const { line, message } of faults) context.logger.warn(`${path}:${line}: ${message}`);
  try {
    const rendered = await html(context, withoutTitle(step.lesson), path);
    return { html: finishHtml(rendered, path, finder(step, before)), faults };
  } catch (error) {
    const message = `it could not be turned into a page: ${error instanceof Error ? error.message : error}`;
    context.logger.warn(`${path}: ${message}`);
    const source = `<pre>${escapeHtml(step.lesson)}</pre>`;
    return { html: source, faults: [...faults, { line: 1, message }] };
  }
}

const lessons = defineCollection({
  loader: {
    name: "lessons",
    load: async (context) => {
      context.store.clear();
      for (const { name, steps } of siteCourses())
        for (const [at, step] of steps.entries()) {
          const { html, faults } = await loadStep(context, step, steps[at - 1]);
          const title = await inline(context, step.title, `${step.dir}/README.md`);
          const data = { title, faults };
          context.store.set({ id: `${name}/${step.id}`, data, rendered: { html } });
        }
    },
  },
  schema: z.object({
    /** HTML. */
    title: z.string(),
    faults: z.array(z.object({ line: z.number(), message: z.string() })),
  }),
});

/** A title's Markdown as HTML, without the paragraph around it. */
async function inline(context: LoaderContext, markdown: string, path: string): Promise<string> {
  return (await html(context, markdown, path)).trim().replace(/^<p>|<\/p>$/g, "");
}

/** Introductions, up to their first section: `index` for the start page, and by the courses' names. */
const front = defineCollection({
  loader: {
    name: "front",
    load: async (context) => {
      context.store.clear();
      const set = async (id: string, { path, markdown }: Introduction) => {
        const text = withoutTitle(markdown).split(/^## /m)[0] ?? "";
        const rendered = finishHtml(await html(context, text, path), path);
        context.store.set({ id, data: {}, rendered: { html: rendered } });
      };
      for (const course of siteCourses()) await set(course.name, introduction(course));
      const start = isAlone() ? undefined : documentOf("README.md");
      if (start !== undefined) await set("index", start);
    },
  },
  schema: z.object({}),
});

/** The repository's own documents, as pages of the usual form. */
const docs = defineCollection({
  loader: {
    name: "documents",
    load: async (context) => {
      context.store.clear();
      for (const { path, slug, course } of documents()) {
        const markdown = readFileSync(join(ROOT, path), "utf8");
        const title = plain(titleOf(markdown) ?? path);
        const fileURL = new URL(`file://${join(ROOT, path)}`);
        const rendered = await context.renderMarkdown(withoutTitle(markdown), { fileURL });
        // The pages of one course do not go on with those of another.
        const end = path.endsWith(`/${END_FILE}`) ? { next: false } : { prev: false };
        const ends = course === undefined ? {} : end;
        const data = await context.parseData({ id: slug, data: { title, ...ends } });
        const finished = { ...rendered, html: finishHtml(rendered.html, path) };
        context.store.set({ id: slug, data, body: markdown, rendered: finished });
      }
    },
  },
  schema: docsSchema(),
});

export const collections = { docs, front, lessons };

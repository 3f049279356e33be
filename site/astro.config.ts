import { satteri } from "@astrojs/markdown-satteri";
import starlight from "@astrojs/starlight";
import { defineConfig, passthroughImageService } from "astro/config";
import { siteCourse } from "./src/course/model.ts";
import { COURSE_NAME } from "./src/course/where.ts";
import { closingPage, documents } from "./src/lesson/links.ts";
import { anywhere } from "./src/publish/anywhere.ts";

const course = siteCourse();
const end = closingPage();

/** The documents by names that fit into a sidebar. */
const LABELS: Record<string, string> = {
  readme: "How to follow the course",
  http: "The http command",
  changelog: "What changed",
  contributing: "How to change the course",
};

export default defineConfig({
  ...(process.env.SITE_OUT ? { outDir: process.env.SITE_OUT } : {}),
  ...(process.env.SITE_CACHE ? { cacheDir: process.env.SITE_CACHE } : {}),
  devToolbar: { enabled: false },
  image: { service: passthroughImageService() },
  // A page that is opened reads nothing ahead: on a campus network hundreds read at once.
  prefetch: false,
  markdown: {
    // Lessons are shown with the signs that their authors typed: some are code.
    processor: satteri({ features: { smartPunctuation: false } }),
  },
  integrations: [
    starlight({
      title: course.title,
      favicon: "/favicon.svg",
      customCss: ["./src/styles/site.css", "./src/styles/code.css"],
      components: {
        Header: "./src/components/Header.astro",
        PageTitle: "./src/components/PageTitle.astro",
      },
      expressiveCode: {
        // Lessons quote templates and answers in these languages.
        shiki: { langAlias: { ejs: "html" } },
        themes: ["github-dark", "github-light"],
        styleOverrides: {
          borderRadius: "0.4rem",
          codeFontSize: "0.8125rem",
          frames: { frameBoxShadowCssValue: "none" },
        },
        // Commands are read before they are copied; tables and answers keep their lines.
        defaultProps: { frame: "none", overridesByLang: { "bash,sh,shell": { wrap: true } } },
      },
      // Served for an address at any depth, its relative links would lead nowhere.
      disable404Route: true,
      sidebar: [
        ...documents()
          .filter(([, slug]) => slug !== end?.slug)
          .map(([, slug]) => ({ label: LABELS[slug] ?? slug, slug })),
        {
          label: "Steps",
          items: course.steps.map((step) => ({
            label: `${step.id} ${step.plainTitle}`,
            link: `/${COURSE_NAME}/${step.id}/`,
          })),
        },
        ...(end === undefined ? [] : [{ label: end.title, slug: end.slug }]),
      ],
    }),
    anywhere(),
  ],
});

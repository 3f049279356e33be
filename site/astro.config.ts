import { satteri } from "@astrojs/markdown-satteri";
import starlight from "@astrojs/starlight";
import { defineConfig, passthroughImageService } from "astro/config";
import { isAlone, type SiteCourse, siteCourses, siteTitle } from "./src/course/model.ts";
import { closingPage, documents, guideOf } from "./src/lesson/links.ts";
import { anywhere } from "./src/publish/anywhere.ts";

/** What the sidebar shows of a course: its guide, its steps, its closing page. */
const entriesOf = (course: SiteCourse) => {
  const [guide, end] = [guideOf(course), closingPage(course)].map((each) =>
    each === undefined ? [] : [{ label: each.label, slug: each.slug }],
  );
  const steps = course.steps.map(({ id, plainTitle }) => ({
    label: `${id} ${plainTitle}`,
    link: `/${course.name}/${id}/`,
  }));
  return { guide: guide ?? [], steps, end: end ?? [] };
};

/** One course lies open; of several each is a group, closed but for the one that is read. */
const sidebarOf = (courses: readonly SiteCourse[]) => {
  const [course] = courses;
  if (course !== undefined && isAlone()) {
    const { guide, steps, end } = entriesOf(course);
    return [...guide, { label: "Steps", items: steps }, ...end];
  }
  return courses.map((each) => {
    const { guide, steps, end } = entriesOf(each);
    return { label: each.title, collapsed: true, items: [...guide, ...steps, ...end] };
  });
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
      title: siteTitle(),
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
          .filter(({ course }) => course === undefined)
          .map(({ label, slug }) => ({ label, slug })),
        ...sidebarOf(siteCourses()),
      ],
    }),
    anywhere(),
  ],
});

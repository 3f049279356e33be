import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";

/**
 * Makes the built pages independent of where they lie: every address that begins at the root
 * becomes one that begins at its own page, so that the folder can be published at any depth, or
 * opened from a disk.
 */
export function anywhere(): AstroIntegration {
  return {
    name: "anywhere",
    hooks: {
      "astro:config:setup": ({ updateConfig }) => {
        updateConfig({ vite: { plugins: [searchAnywhere()] } });
      },
      "astro:build:done": ({ dir }) => {
        const folder = fileURLToPath(dir);
        for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
          const page = path.replaceAll("\\", "/");
          const change = page.endsWith(".html")
            ? relativePage
            : page.endsWith(".css")
              ? relativeCss
              : undefined;
          if (change === undefined || page.startsWith("pagefind/")) continue;
          const file = join(folder, path);
          writeFileSync(file, change(readFileSync(file, "utf8"), page));
        }
      },
    },
  };
}

/** What is changed in the script of Starlight's search, and into what. */
const SEARCH_CHANGES: readonly [from: string, to: string][] = [
  // It takes the site's root from the build; here it is only known in the browser.
  [
    "import.meta.env.BASE_URL",
    "new URL(document.documentElement.dataset.root ?? '/', location.href).pathname",
  ],
  // It makes its field when the browser is idle, which a busy machine is not for long: whoever opens
  // the search before that would type into nothing. So the field is made at the latest then.
  [
    "const onIdle = window.requestIdleCallback || ((cb) => setTimeout(cb, 1));",
    `const onIdle = (make) => {
      let made;
      const once = () => (made ??= make());
      (window.requestIdleCallback ?? ((cb) => setTimeout(cb, 1)))(once);
      const opened = async () => {
        await once();
        if (dialog.open) this.querySelector("input")?.focus();
      };
      this.addEventListener("opened", opened);
      if (dialog.open) opened();
    };`,
  ],
  ["dialog.showModal();", 'dialog.showModal(); this.dispatchEvent(new Event("opened"));'],
];

function searchAnywhere() {
  return {
    name: "search-anywhere",
    enforce: "pre" as const,
    transform(code: string, id: string) {
      if (!/starlight.*Search\.astro\?.*type=script/.test(id)) return undefined;
      return SEARCH_CHANGES.reduce((text, [from, to]) => {
        if (!text.includes(from))
          throw new Error(`Starlight's search has changed: it has no ${from} (anywhere.ts)`);
        return text.replaceAll(from, to);
      }, code);
    },
  };
}

/**
 * @param page the page's path from the site's root: `steps/07/index.html`
 */
export function relativePage(html: string, page: string): string {
  const root = posix.relative(posix.dirname(page), ".") || ".";
  const step = /<meta name="course-step" content="([^"]*)\/([^"/]*)"\/?>/.exec(html);
  const data = step ? ` data-course="${step[1]}" data-step="${step[2]}"` : "";
  return html
    .replace("<html", `<html data-root="${root}/"${data}`)
    .replace(/<[a-z][^>]*\s(?:href|src|component-url|renderer-url)=["']?\/[^>]*>/gi, (tag) =>
      tag.replace(
        /(\s(?:href|src)=)(["']?)\/(?!\/)([^"'\s>]*)/gi,
        (_, name: string, quote: string, path: string) => `${name}${quote}${root}/${asFile(path)}`,
      ),
    );
}

/** Folders are named with their index.html, which a disk does not find by itself. */
function asFile(path: string): string {
  const [, before = "", after = ""] = /^([^?#]*)(.*)$/.exec(path) ?? [];
  const file = before === "" || before.endsWith("/") ? `${before}index.html` : before;
  return `${file}${after}`;
}

function relativeCss(css: string, sheet: string): string {
  const root = posix.relative(posix.dirname(sheet), ".") || ".";
  return css.replace(/url\((["']?)\/(?!\/)/g, `url($1${root}/`);
}

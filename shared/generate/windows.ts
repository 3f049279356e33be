import { escapeHtml } from "./page.ts";

/** A window of the picture. */
export interface Window {
  /** For its title bar. */
  readonly title: string;
  /** What it shows: a PNG. */
  readonly png: Buffer;
}

/**
 * The HTML page that the picture is taken of: windows side by side.
 * @param width of each window, in px of CSS
 * @param css the style sheet, which goes into the page as it is
 */
export function windowsPage(windows: readonly Window[], width: number, css: string): string {
  const figures = windows.map(
    ({ title, png }) => `<figure>
<figcaption>${escapeHtml(title)}</figcaption>
<img alt="" src="data:image/png;base64,${png.toString("base64")}">
</figure>`,
  );
  return `<!doctype html>
<html lang="en" style="--width: ${width}px">
<meta charset="utf-8">
<title>${escapeHtml(windows.map(({ title }) => title).join(" and "))}</title>
<style>
${css}</style>
<main>
${figures.join("\n")}
</main>
</html>
`;
}

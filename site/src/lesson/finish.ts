import { type HTMLElement, parse } from "node-html-parser";
import { escapeHtml, lineId } from "../reader/rows.ts";
import type { Finder, Place } from "./follow.ts";
import { siteLink } from "./links.ts";

/** Languages of blocks whose text is typed into a terminal. */
const COMMANDS = new Set(["bash", "sh", "shell"]);

/** Languages of blocks that quote the step's files. */
const QUOTES = new Set(["ts", "js", "html", "ejs", "css", "sql", "dockerfile"]);

/**
 * Makes a rendered document part of the site: its links lead to pages of the site, its commands
 * are marked, and its parts tell which lines of code they speak of.
 * @param from the document's path from the repository's root
 * @param find undefined for documents that are no lessons
 */
export function finishHtml(html: string, from: string, find?: Finder): string {
  // With comment and pre as blocks, the parser would not look into pre.
  const root = parse(html, { comment: true, blockTextElements: { script: true, style: true } });
  for (const link of root.querySelectorAll("a[href]")) mapLink(link, "href", from);
  for (const image of root.querySelectorAll("img")) {
    readMark(image);
    mapLink(image, "src", from);
  }
  for (const table of root.querySelectorAll("table"))
    table.replaceWith(
      `<div class="table-wrap" tabindex="0" role="group" aria-label="table">${table.toString()}</div>`,
    );
  for (const block of root.querySelectorAll("pre[data-language]")) {
    const language = block.getAttribute("data-language") ?? "";
    const frame = block.closest(".expressive-code") ?? block;
    const code = codeOf(block);
    if (COMMANDS.has(language)) frame.setAttribute("data-command", code);
    const place = QUOTES.has(language) ? find?.quote(code) : undefined;
    if (place !== undefined) {
      follow(frame, place);
      frame.insertAdjacentHTML("afterend", caption(place, from));
    }
  }
  if (find !== undefined) mentions(root, find);
  for (const pre of root.querySelectorAll("pre")) nameScrollable(pre);
  return root.toString();
}

/** Astro marks images of documents for its own processing, which these do not go through. */
function readMark(image: HTMLElement): void {
  const mark = image.getAttribute("__astro_image_");
  if (mark === undefined) return;
  const { src, alt } = JSON.parse(mark) as { src: string; alt: string };
  image.removeAttribute("__astro_image_");
  image.setAttribute("src", src);
  image.setAttribute("alt", alt);
  image.setAttribute("loading", "lazy");
}

function mapLink(element: HTMLElement, attribute: "href" | "src", from: string): void {
  const target = siteLink(element.getAttribute(attribute) ?? "", from);
  if (target === undefined) element.replaceWith(element.innerHTML);
  else element.setAttribute(attribute, target);
}

function codeOf(pre: HTMLElement): string {
  const lines = pre.querySelectorAll(".ec-line");
  if (lines.length === 0) return pre.textContent.trimEnd();
  return lines
    .map((line) => line.textContent.replace(/\n$/, ""))
    .join("\n")
    .trimEnd();
}

function follow(element: HTMLElement, { path, from, to }: Place): void {
  element.setAttribute("data-follow", `${path}:${from}-${to}`);
}

function caption({ path, from: first, to: last, onPage }: Place, from: string): string {
  const lines = first === last ? `line ${first}` : `lines ${first}–${last}`;
  const href = onPage ? `#${lineId(path, first)}` : siteLink(path, from);
  return `<p class="quoted"><a href="${escapeHtml(href ?? "#code")}">${escapeHtml(path)}, ${lines}</a></p>`;
}

function mentions(root: HTMLElement, find: Finder): void {
  for (const part of root.querySelectorAll("p, li")) {
    if (part.classNames === "quoted" || part.closest("[data-follow]") !== null) continue;
    if (part.tagName === "LI" && part.querySelector("p") !== null) continue;
    const spans = part.querySelectorAll("code").map((code) => code.textContent);
    const place = find.mention(spans);
    if (place !== undefined) follow(part, place);
  }
}

/** Blocks that scroll sideways take the focus, and need a name then. */
function nameScrollable(pre: HTMLElement): void {
  const language = pre.getAttribute("data-language") ?? "text";
  const name = COMMANDS.has(language)
    ? "command"
    : language === "text" || language === "http"
      ? "answer"
      : `${language} code`;
  pre.setAttribute("aria-label", name);
  pre.setAttribute("role", "group");
  // Commands break their lines; the others can be scrolled from a keyboard, too.
  if (!COMMANDS.has(language)) pre.setAttribute("tabindex", "0");
}

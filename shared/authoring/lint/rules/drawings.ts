import type { Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { parse as parseHtml } from "node-html-parser";
import { type Finding, lineAt } from "../finding.ts";
import { type CourseText, isDrawing, type StepText } from "../text.ts";

/** An image of a lesson. */
interface Image {
  readonly address: string;
  /** What is read to those who do not see it. */
  readonly alt: string;
  readonly line: number;
}

/** What a drawing needs, and why. */
const PARTS: readonly (readonly [part: RegExp, what: string, cure: string])[] = [
  [
    /<title[^>]*>\s*\S[\s\S]*<\/title>[\s\S]*<desc[^>]*>\s*\S[\s\S]*<\/desc>/,
    "does not say what it shows",
    "begin it with <title>, its name, and <desc>, all that is to be seen in words",
  ],
  [
    /@media\s*\(prefers-color-scheme:\s*dark\)/,
    "has no colours for a dark ground",
    "give it a style with @media (prefers-color-scheme: dark), as the other drawings have it",
  ],
];

/**
 * A drawing that no lesson shows, one that says nothing to who cannot see it or cannot be read on a
 * dark ground, and an image of a lesson without a text in its place.
 */
export function drawings({ steps }: CourseText): Finding[] {
  return steps.flatMap((step) => {
    const lesson = step.files.get("README.md");
    const images = imagesOf(lesson ?? "");
    return [...silent(step, images), ...(lesson === undefined ? [] : faulty(step, images))];
  });
}

function silent({ dir }: StepText, images: readonly Image[]): Finding[] {
  return images
    .filter(({ alt }) => alt.trim() === "")
    .map(({ address, line }) => ({
      file: `${dir}/README.md`,
      line,
      what: `the image ${address} has no text for those who cannot see it`,
      cure: `write what it shows: ![two tables and their arrows](${address})`,
    }));
}

function faulty({ dir, files }: StepText, images: readonly Image[]): Finding[] {
  const shown = images.map(({ address }) => address.replace(/^\.\//, ""));
  return [...files].flatMap(([path, text = ""]) => {
    if (!isDrawing(path)) return [];
    const file = `${dir}/${path}`;
    if (!shown.includes(path))
      return [
        {
          file,
          what: "is shown by no lesson",
          cure: `write ![what it shows](${path}) into ${dir}/README.md, or remove it`,
        },
      ];
    return PARTS.flatMap(([part, what, cure]) => (part.test(text) ? [] : [{ file, what, cure }]));
  });
}

function imagesOf(lesson: string): Image[] {
  const images: Image[] = [];
  const visit = (node: Nodes): void => {
    const line = node.position?.start.line ?? 1;
    if (node.type === "image") images.push({ address: node.url, alt: node.alt ?? "", line });
    if (node.type === "html")
      for (const image of parseHtml(node.value).querySelectorAll("img"))
        images.push({
          address: image.getAttribute("src") ?? "",
          alt: image.getAttribute("alt") ?? "",
          line: line + lineAt(node.value, image.range[0]) - 1,
        });
    if ("children" in node) for (const child of node.children) visit(child);
  };
  visit(fromMarkdown(lesson));
  return images;
}

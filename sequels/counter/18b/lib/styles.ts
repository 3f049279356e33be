import { z } from "zod";

const COLOURS = ["green", "purple", "blue", "yellow", "black", "white", "fancy"];
const LINES = ["small", "big", "dotted", "dashed", "highlight", "fire"];

/** Whether a text is a colour, a line, or one of each, in this order. */
const isStyle = (text: string) => {
  const words = text.split(" ");
  if (COLOURS.includes(words[0] ?? "")) words.shift();
  if (LINES.includes(words[0] ?? "")) words.shift();
  return words.length === 0;
};

// Pages make class names of it: nothing that is not on the list may get there.
export const Style = z
  .string("must be text")
  .trim()
  .refine(
    (it) => it === "" || isStyle(it),
    `must be one of ${COLOURS.join(", ")}; or one of ${LINES.join(", ")}; or one of each`,
  )
  .nullish()
  .transform((it) => it || null);

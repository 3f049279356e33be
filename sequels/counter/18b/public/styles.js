// @ts-check

export const COLOURS = ["green", "purple", "blue", "yellow", "black", "white", "fancy"];
export const LINES = ["small", "big", "dotted", "dashed", "highlight", "fire"];

/**
 * The class names for a style. A word that is not on our own lists is left out: what comes from
 * the network is never a class name as it is.
 * @param {string | null} style
 */
export const classesOf = (style) =>
  (style ?? "")
    .split(" ")
    .filter((word) => COLOURS.includes(word) || LINES.includes(word))
    .map((word) => `is-${word}`)
    .join(" ");

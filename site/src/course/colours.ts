/**
 * Colours of code that can be read on every background that a line may have: unchanged, added,
 * removed, in light and dark. Themes keep their hue; where the contrast is too low, they are
 * mixed with black or white until it is not.
 */

/** Backgrounds, also in styles/code.css: plain, added and removed lines, the marked words in them. */
export const BACKGROUNDS = {
  light: ["#ffffff", "#dafbe1", "#ffe9e6", "#b4f0c0", "#ffcfc8"],
  dark: ["#10141c", "#12321f", "#43191d", "#1c5231", "#6b272c"],
} as const;

/** WCAG asks for 4.5; a projector in a bright room needs more. */
const ENOUGH = 5;

type Scheme = keyof typeof BACKGROUNDS;

/** The colour, or one as near to it as can be read on all backgrounds of the scheme. */
export function readable(colour: string, scheme: Scheme): string {
  const end = scheme === "light" ? 0 : 255;
  const start = channels(colour);
  for (let share = 0; share <= 1; share += 0.05) {
    const mixed = start.map((each) => Math.round(each + (end - each) * share));
    if (BACKGROUNDS[scheme].every((each) => contrast(mixed, channels(each)) >= ENOUGH))
      return hex(mixed);
  }
  return hex([end, end, end]);
}

/** WCAG 2's contrast ratio of two colours, 1 to 21. */
export function contrast(a: readonly number[], b: readonly number[]): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(rgb: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = rgb.map((each) => {
    const share = each / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

function hex(rgb: readonly number[]): string {
  return `#${rgb.map((each) => each.toString(16).padStart(2, "0")).join("")}`;
}

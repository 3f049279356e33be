import type { Figure } from "./figure.ts";

/** What a part needs to know. */
export type Settings = {
  /** The repository. */
  root: string;
  /** Short runs: fewer rounds, smaller sizes. The figures are then rough. */
  quick: boolean;
  /** The app that is measured, and changed copies of it to stand beside it; folders. */
  app: string;
  variants: string[];
  /** Tells what is done now, on stderr. */
  say: (line: string) => void;
  /** Keeps what could not be measured, and why. */
  note: (line: string) => void;
};

/** One part of the measurements. */
export type Part = {
  /** For `--help`. */
  summary: string;
  run: (settings: Settings) => Promise<Figure[]>;
};

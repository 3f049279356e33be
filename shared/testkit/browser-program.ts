import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** What a reader without a browser is told. */
export const NO_BROWSER =
  "no Chromium, Chrome or Edge was found: install one, or set CHROME to the path of its program";

const NAMES = [
  // Without windows and menus it needs a third less processor time.
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
];

/** The usual places, system by system; playwright's own downloads are not used. */
const places = (env: NodeJS.ProcessEnv): string[] => {
  if (process.platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (process.platform === "win32") {
    const roots = [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA];
    return roots
      .filter((root) => root !== undefined)
      .flatMap((root) => [
        join(root, "Google/Chrome/Application/chrome.exe"),
        join(root, "Microsoft/Edge/Application/msedge.exe"),
      ]);
  }
  const folders = (env.PATH ?? "").split(delimiter);
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
};

/** The program of an installed browser; undefined where there is none. CHROME goes first. */
export const findBrowser = (env: NodeJS.ProcessEnv = process.env): string | undefined =>
  env.CHROME ? env.CHROME : places(env).find((place) => existsSync(place));

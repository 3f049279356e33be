import type { FileHistory } from "./rows.ts";

/** What a course is made of. */
export interface Manifest {
  readonly course: string;
  readonly steps: readonly { readonly id: string; readonly title: string }[];
  /** All files of all steps; `data` names the file's history. */
  readonly files: readonly {
    readonly path: string;
    readonly data: string;
    readonly steps: readonly string[];
  }[];
}

declare global {
  interface Window {
    /** Called by the data scripts, which are scripts and no JSON so that they load from a disk, too. */
    courseData?: (name: string, value: unknown) => void;
  }
}

const loaded = new Map<string, Promise<unknown>>();
const arrived = new Map<string, unknown>();
window.courseData = (name, value) => arrived.set(name, value);

/** Where the site begins, seen from this page. */
export const root = document.documentElement.dataset.root ?? "/";

/** The course that this page compares steps of. */
const course = document.querySelector<HTMLElement>(".code-pane")?.dataset.course;

/** The course's manifest. */
export function manifest(): Promise<Manifest> {
  return load("course") as Promise<Manifest>;
}

/** The history of one file of the course; undefined where the course has no such file. */
export async function history(path: string): Promise<FileHistory | undefined> {
  const file = (await manifest()).files.find((each) => each.path === path);
  return file === undefined ? undefined : ((await load(file.data)) as FileHistory);
}

function load(name: string): Promise<unknown> {
  const known = loaded.get(name);
  if (known !== undefined) return known;
  const made = new Promise<unknown>((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${root}data/${course}/${name}.js`;
    script.onload = () => resolve(arrived.get(name));
    script.onerror = () => {
      loaded.delete(name);
      reject(new Error(`${script.src} could not be loaded`));
    };
    document.head.append(script);
  });
  loaded.set(name, made);
  return made;
}

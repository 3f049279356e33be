import { mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { readCourse } from "../../shared/course/course.ts";
import { copyApp, removeCopy } from "../../shared/testkit/copy-app.ts";

/** A copy of an app with a database of its own, which several servers may run at once. */
export type AppCopy = {
  folder: string;
  file: string;
  database: string;
  remove: () => void;
};

/**
 * The folder of a course's last step.
 * @throws when it has none
 */
export const lastStepOf = (root: string, course: string): string => {
  const last = readCourse({ root }, course).steps.at(-1);
  if (!last) throw new Error(`${course} has no step`);
  return last.path;
};

/**
 * Copies an app to a temporary folder.
 * @param instance the folder of a database to share, instead of one of its own
 */
export const copyOf = (source: string, instance?: string): AppCopy => {
  const { folder, top } = copyApp(source, {
    prepare: (copy) => {
      if (instance) symlinkSync(instance, join(copy, "instance"), "junction");
      else mkdirSync(join(copy, "instance"));
    },
  });
  return {
    folder,
    file: join(folder, "app.ts"),
    database: join(folder, "instance", "chat.db"),
    remove: () => removeCopy(top),
  };
};

/**
 * The SQL of a statement of an app, by the name of the constant: the baselines run the very same.
 * @throws when the app has no such statement
 */
export const sqlOf = (appFile: string, name: string): string => {
  const text = readFileSync(appFile, "utf8");
  const found = new RegExp(`const ${name} = db\\.prepare<[^(]*>\\(([\`"])([^]*?)\\1\\)`).exec(text);
  if (found?.[2] === undefined) throw new Error(`${appFile} has no statement named ${name}`);
  return found[2];
};

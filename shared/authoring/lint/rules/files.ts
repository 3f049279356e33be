import { ABOUT } from "../../../course/about.ts";
import { IMAGE_FILES, isOfLesson, LESSON_FOLDER, MODULE } from "../../../course/files.ts";
import type { Finding } from "../finding.ts";
import { type CourseText, isCode, isDrawing, neighbours } from "../text.ts";

const NEEDED: Readonly<Record<string, string>> = {
  "app.ts": "a step is a complete app: start from a copy of the step before",
  "README.md": "write its lesson, with the title as the first heading",
  "check.test.ts": "write what the step promises",
};

/** A file that is no part of a step, or a name in the course's folder that is no step. */
export function unlistedFiles({ folder, about, steps, others }: CourseText): Finding[] {
  const strays = others.map((name) => ({
    file: `${folder}/${name}`,
    what: "is no step (a step is a folder named like 07 or 07b)",
    cure: "rename it or move it out",
  }));
  const [split, image] = [about?.lib, about?.image];
  const unlisted = steps.flatMap(({ id, dir, files }) => {
    const isBefore = (from: string | undefined) =>
      about !== undefined && (from === undefined || id < from);
    const isEarly = (path: string) =>
      (MODULE.test(path) && isBefore(split)) || (IMAGE_FILES.includes(path) && isBefore(image));
    const isListed = (path: string) =>
      isCode(path) || isDrawing(path) || path in NEEDED || IMAGE_FILES.includes(path);
    return [...files.keys()]
      .filter((path) => isEarly(path) || !isListed(path))
      .map((path) => ({ file: `${dir}/${path}`, ...whyUnlisted(path, folder, { split, image }) }));
  });
  return [...strays, ...unlisted];
}

function whyUnlisted(
  path: string,
  folder: string,
  { split, image }: { split: string | undefined; image: string | undefined },
): Omit<Finding, "file"> {
  if (isOfLesson(path))
    return {
      what: "is no drawing of the lesson",
      cure: `${LESSON_FOLDER}/ holds drawings alone, such as ${LESSON_FOLDER}/rooms.svg: draw it as SVG, or move it out`,
    };
  if (MODULE.test(path))
    return {
      what: `is a module, and ${split === undefined ? "the course has none" : `the course has them from step ${split} on`}`,
      cure: `write it into app.ts, or name the step that takes app.ts apart in lib of ${folder}/${ABOUT}`,
    };
  if (IMAGE_FILES.includes(path))
    return {
      what: `is of a container's image, and ${image === undefined ? "the course has none" : `the course has one from step ${image} on`}`,
      cure: `move it out, or name the step with the image in image of ${folder}/${ABOUT}`,
    };
  if (path.startsWith("lib/"))
    return {
      what: "is no module: lib/ is flat, and holds *.ts alone",
      cure: "move it up into lib/, or remove it",
    };
  return {
    what: "is not part of a step",
    cure: "move it into views/ or public/, or remove it",
  };
}

/** A step without its app, lesson or check, or without the pages that the step before has. */
export function missingFiles(course: CourseText): Finding[] {
  const missing = course.steps.flatMap(({ dir, files }) =>
    Object.entries(NEEDED)
      .filter(([path]) => !files.has(path))
      .map(([path, cure]) => ({ file: `${dir}/${path}`, what: "is missing", cure })),
  );
  const pages = neighbours(course).flatMap(([before, step]) =>
    ["views", "public"]
      .filter((name) => hasFolder(before.files, name) && !hasFolder(step.files, name))
      .map((name) => ({
        file: `${step.dir}/${name}/`,
        what: `is missing, and step ${before.id} has it`,
        cure: `copy it: cp -R ${before.dir}/${name} ${step.dir}/`,
      })),
  );
  return [...missing, ...pages];
}

function hasFolder(files: ReadonlyMap<string, unknown>, name: string): boolean {
  return [...files.keys()].some((path) => path.startsWith(`${name}/`));
}

/** A further course without the page that presents it. */
export function missingReadme({ folder, readme }: CourseText): Finding[] {
  if (readme.text !== undefined || !readme.file.startsWith(`${folder}/`)) return [];
  const cure = "write its title, how to start, and the lines <!-- steps --> and <!-- /steps -->";
  return [{ file: readme.file, what: "is missing", cure }];
}

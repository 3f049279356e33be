import { aboutCourse } from "../course/about.ts";
import { courseFolders, DEFAULT_COURSE, readCourse } from "../course/course.ts";
import { summaryOf } from "../course/summary.ts";
import { hasMarks, withTable } from "./table.ts";

/**
 * The page of a course with its tables as they have to be: that of its steps; in README.md, where it
 * has marks for it, that of the courses.
 * @throws CourseError naming the marks that are missing, or what is wrong in a course.json
 */
export function withTables(root: string, course: string, page: string): string {
  const text = withTable(page, summaryOf(readCourse({ root }, course)));
  if (course !== DEFAULT_COURSE || !hasMarks(text, "courses")) return text;
  return withTable(text, coursesTable(root), "courses");
}

/** The courses as the Markdown table of README.md, made from what each says of itself. */
export function coursesTable(root: string): string {
  const folders = courseFolders(root);
  const rows = folders.map((folder) => {
    const { title, after } = aboutCourse(root, folder);
    const link = folder === DEFAULT_COURSE ? "#the-steps" : `${folder}/README.md`;
    const count = readCourse({ root }, folder).steps.length;
    const before = after.map(nameOf).join(", ") || "nothing";
    return `| [${nameOf(folder)}](${link}) | ${cell(title)} | ${count} | ${before} |`;
  });
  const table = ["| Course | What you build | Steps | Comes after |", "| --- | --- | --- | --- |"];
  const note = folders.length > 1 ? [] : ["", "This is the first course, and so far the only one."];
  return [...table, ...rows, ...note].join("\n");
}

/** A course as people call it: the first one is the chat. */
function nameOf(folder: string): string {
  return folder === DEFAULT_COURSE ? "chat" : (folder.split("/").at(-1) ?? folder);
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

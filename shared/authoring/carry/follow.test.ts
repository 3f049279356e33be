import { expect, test } from "vitest";
import { follow, rewrittenLines } from "./follow.ts";

const LESSON =
  "# a title of this step\n\nThe app is started as before.\n\n## Try it\n\n- one\n- two\n";

test.each<[what: string, after: string, later: string, then: string]>([
  [
    "a rewritten line stands in the later lesson, too",
    LESSON.replace("as before", "as always"),
    "# another\n\nThe app is started as before.\n",
    "# another\n\nThe app is started as always.\n",
  ],
  [
    "its line ends stay",
    LESSON.replace("as before", "as always"),
    "# another\r\n\r\nThe app is started as before.\r\nlast",
    "# another\r\n\r\nThe app is started as always.\r\nlast",
  ],
  [
    "a part of a line is no line",
    LESSON.replace("as before", "as always"),
    "Remember: The app is started as before.\n",
    "Remember: The app is started as before.\n",
  ],
  [
    "a new paragraph stays in its lesson",
    LESSON.replace("## Try it\n", "## Try it\n\nA new paragraph of this step.\n"),
    "# another\n\n## Try it\n\n",
    "# another\n\n## Try it\n\n",
  ],
  [
    "a removed paragraph stays in the later one",
    LESSON.replace("The app is started as before.\n\n", ""),
    "The app is started as before.\n",
    "The app is started as before.\n",
  ],
  ["a line that says little stays", LESSON.replace("- two", "- three"), "- two\n", "- two\n"],
  [
    "a lesson that became another one tells nothing",
    "# another title\n\nThe app is started in another way.\n\nAll else is new here.\n\nAll of it.\n",
    "The app is started as before.\n",
    "The app is started as before.\n",
  ],
])("%s", (_what, after, later, then) => {
  expect(follow(later, rewrittenLines(LESSON, after))).toBe(then);
});

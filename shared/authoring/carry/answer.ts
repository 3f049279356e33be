import { split } from "./objects.ts";

/** The kind of message for a conflict inside a file. */
export const CONTENTS = "CONFLICT (contents)";

/** The entries of a file in base, ours and theirs, as far as it is there. */
export type Stages = [base?: string, ours?: string, theirs?: string];

/** What git says of a merge, with the files that it is about. */
export interface Message {
  readonly paths: string[];
  readonly kind: string;
  readonly text: string;
}

/** What `git merge-tree -z` answers (https://git-scm.com/docs/git-merge-tree#OUTPUT). */
export function parseMerge(answer: string): {
  tree: string;
  staged: Map<string, Stages>;
  messages: Message[];
} {
  const records = answer.split("\0");
  const tree = records.shift() ?? "";
  const staged = new Map<string, Stages>();
  for (let line = records.shift(); line !== undefined && line !== ""; line = records.shift()) {
    const [head, path = ""] = split(line, "\t");
    const [mode, blob, stage] = head.split(" ");
    const stages = staged.get(path) ?? [];
    stages[Number(stage) - 1] = `${mode} ${blob}`;
    staged.set(path, stages);
  }
  const messages: Message[] = [];
  while (Number(records[0]) > 0) {
    const count = Number(records.shift());
    const paths = records.splice(0, count);
    const [kind = "", text = ""] = records.splice(0, 2);
    messages.push({ paths, kind, text: text.trim() });
  }
  return { tree, staged, messages };
}

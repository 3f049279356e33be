import { openAsBlob } from "node:fs";
import { basename, join } from "node:path";
import { CourseError } from "../course/errors.ts";
import { ask, fieldOf, type Sent } from "./client.ts";
import { type RequestItem, sentBy } from "./example.ts";
import { fieldsOf, headersOf, type Target } from "./target.ts";

/** What became of the items of one path. */
export interface Filled {
  readonly created: number;
  readonly kept: number;
  /** Whether the step lists what exists, so that nothing is created twice. */
  readonly isListed: boolean;
}

/**
 * Creates the items of one path; undefined if the step has no such route.
 * @throws CourseError if the step refuses one
 */
export async function fillPath(
  target: Target,
  path: string,
  items: readonly RequestItem[],
): Promise<Filled | undefined> {
  const { address, answers } = target;
  const lists = new Map<string, unknown[] | undefined>();
  /** What exists, as whoever sends the item sees it. */
  const existing = async (headers: Record<string, string>) => {
    const who = JSON.stringify(headers);
    if (!lists.has(who)) {
      const { status, body } = await ask(address, path, { headers });
      lists.set(who, status === 200 && Array.isArray(body) ? body : undefined);
    }
    return lists.get(who);
  };
  let [created, kept] = [0, 0];
  for (const item of items) {
    const headers = headersOf(item, answers);
    const { key } = item;
    const list = key === undefined ? undefined : await existing(headers);
    let found = list?.find((each) => fieldOf(each, key ?? "") === sentBy(item)[key ?? ""]);
    if (found !== undefined) kept++;
    else {
      const sent = { headers, ...(await contentOf(item, target)) };
      const { status, body, cookie } = await ask(address, path, sent);
      if (status === 404 && created + kept === 0) return undefined;
      if (status === 409) kept++;
      // A form of a page is answered by the way to the next page.
      else if (status === 200 || status === 201 || (item.form && status >= 300 && status < 400))
        created++;
      else throw refused(target.step, item, status, body);
      found = cookie === "" ? body : { cookie, ...(typeof body === "object" ? body : {}) };
    }
    if (item.name !== undefined && found !== undefined) answers.set(item.name, found);
  }
  const isListed = items.some(({ key }) => key !== undefined)
    ? [...lists.values()].every((list) => list !== undefined)
    : true;
  return { created, kept, isListed };
}

function refused(step: string, item: RequestItem, status: number, body: unknown): CourseError {
  const reason = fieldOf(body, "error") ?? "no reason given";
  return new CourseError(
    `${step} refused ${item.path} ${JSON.stringify(sentBy(item))}: status ${status}, ${reason}`,
  );
}

/** What an item sends, as JSON or as a form. */
async function contentOf(item: RequestItem, { answers, folder }: Target): Promise<Sent> {
  const fields = fieldsOf(item, answers);
  if (item.body !== undefined) return { json: fields };
  const texts = Object.entries(fields).map(([name, value]) => [name, String(value)] as const);
  if (item.file === undefined) return { form: new URLSearchParams(texts.map((pair) => [...pair])) };
  const form = new FormData();
  for (const [name, text] of texts) form.append(name, text);
  for (const [name, path] of Object.entries(item.file))
    form.append(name, await openAsBlob(join(folder, path)), basename(path));
  return { form };
}

import { CourseError } from "../course/errors.ts";
import { ask, fieldOf } from "./client.ts";
import { type EventItem, type Example, type ExampleEvent, sentBy } from "./example.ts";
import { fieldsOf, headersOf, type Target } from "./target.ts";

/** The step from which on an item is sent. */
export function firstStepOf({ events }: Example, { emit, from }: EventItem): string {
  return from ?? events[emit]?.from ?? "";
}

/** What became of the items of one event. */
export interface SentEvents {
  readonly sent: number;
  readonly kept: number;
  /** How many wait for a later step, and for which one. */
  readonly later: number;
  readonly next: string | undefined;
}

/**
 * Sends the items of one event, each when the one before it has been acknowledged.
 * @throws CourseError if the step refuses one
 */
export async function fillEvents(
  target: Target,
  example: Example,
  items: readonly EventItem[],
): Promise<SentEvents> {
  const isLater = (item: EventItem) => firstStepOf(example, item) > target.id;
  const later = items.filter(isLater);
  return {
    ...(await send(
      target,
      example,
      items.filter((item) => !isLater(item)),
    )),
    later: later.reduce((sum, { times }) => sum + times, 0),
    next: later.map((item) => firstStepOf(example, item)).sort()[0],
  };
}

async function send(
  target: Target,
  { events }: Example,
  items: readonly EventItem[],
): Promise<{ sent: number; kept: number }> {
  const lists = new Map<string, unknown[]>();
  let [sent, kept] = [0, 0];
  for (const item of items.flatMap((each) => Array<EventItem>(each.times).fill(each))) {
    // readExample has made sure that it is there.
    const event = events[item.emit] as ExampleEvent;
    const headers = headersOf(item, target.answers);
    const who = JSON.stringify(headers);
    const list = lists.get(who) ?? (await listOf(target, event, headers));
    lists.set(who, list);
    const fields = fieldsOf(item, target.answers);
    let answer = take(list, event.key ?? [], fields);
    if (answer !== undefined) kept++;
    else {
      answer = await emit(target, item, headers, fields, fields[event.sender ?? ""]);
      sent++;
    }
    if (item.name !== undefined) target.answers.set(item.name, answer);
  }
  return { sent, kept };
}

/** Sends one item on its sender's connection, and returns what is acknowledged. */
async function emit(
  { sockets, step }: Target,
  item: EventItem,
  headers: Record<string, string>,
  fields: Record<string, unknown>,
  sender: unknown,
): Promise<unknown> {
  const connection = await sockets.of(headers, sender);
  const answer = await connection.emit(item.emit, item.data && fields);
  const error = fieldOf(answer, "error");
  if (error === undefined) return answer;
  throw new CourseError(`${step} refused ${item.emit} ${JSON.stringify(sentBy(item))}: ${error}`);
}

/** What came by an event so far, as whoever sends the item sees it; empty where nothing lists it. */
async function listOf(
  { address, step }: Target,
  { list }: ExampleEvent,
  headers: Record<string, string>,
): Promise<unknown[]> {
  if (list === undefined) return [];
  const { status, body } = await ask(address, list, { headers });
  if (Array.isArray(body)) return [...body];
  throw new CourseError(
    `${step} answers ${list} with status ${status}, and not with a list of what is there already: nothing was sent`,
  );
}

/** Takes what agrees with an item out of the list: each one there stands for one item. */
function take(list: unknown[], key: readonly string[], fields: Record<string, unknown>): unknown {
  if (key.length === 0) return undefined;
  // What was left out may be listed as null.
  const index = list.findIndex((each) =>
    key.every((field) => (fieldOf(each, field) ?? null) === (fields[field] ?? null)),
  );
  return index < 0 ? undefined : list.splice(index, 1)[0];
}

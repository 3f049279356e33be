/** What must hold among all strangers while nothing is under way: who is in one room, and who heard what. */
import type { Model } from "./stranger-model.ts";
import type { Seat } from "./stranger-visitors.ts";

/** In ms: parted, and together again after so long; less than the 10 s, since clocks are read at two ends. */
const PARTED_MS = 9500;
/** In ms: whoever waits so long with others who fit has been forgotten: a round takes 50. */
const PATIENT_MS = 700;

/** What is not yet as it has to be where nothing is under way; undefined where all is. */
export const unsettled = (model: Model): string | undefined => {
  return (
    connectionThatStays(model) ??
    unequalRoom(model) ??
    unheardMessage(model) ??
    forgottenWaiting(model)
  );
};

const connectionThatStays = (model: Model): string | undefined => {
  const ofName = new Map<string, number>();
  for (const { name, connections } of model.visitors) {
    const live = [...connections].filter((it) => it.state !== "gone").length;
    ofName.set(name, (ofName.get(name) ?? 0) + live);
  }
  for (const [name, live] of ofName) if (live > 3) return `${name} has ${live} connections`;
  for (const { number, name, connections } of model.visitors) {
    const live = [...connections].filter((it) => it.state !== "gone");
    if (live.length > 3) return `visitor ${number} has ${live.length} connections`;
    for (const { seat, mustEnd, name: connection } of live) {
      if (mustEnd) return `${connection} is still there after a login or logout`;
      if (seat && seat.you !== name) return `${connection} is ${seat.you}, not ${name}`;
    }
  }
  return undefined;
};

/** The live seats of each set of names: mostly one room, sometimes several with the same names. */
const rooms = (model: Model): Map<string, Seat[]> => {
  const rooms = new Map<string, Seat[]>();
  for (const { seat } of model.live) {
    if (!seat) continue;
    const key = [seat.you, ...seat.others].sort().join();
    rooms.set(key, [...(rooms.get(key) ?? []), seat]);
  }
  return rooms;
};

/** All of a room know of each other: of each set of names, each name is seen as often. */
const unequalRoom = (model: Model): string | undefined => {
  for (const [key, seats] of rooms(model)) {
    const seen = key.split(",").map((name) => seats.filter(({ you }) => you === name).length);
    if (new Set(seen).size > 1) return `in rooms of ${key} there are ${seen.join(", ")} of each`;
  }
  return undefined;
};

const unheardMessage = (model: Model): string | undefined => {
  for (const { text, outcome, heard } of model.written.values()) {
    if (outcome === "unknown") continue;
    const names = heard.map(({ seat }) => seat.you).sort();
    if (outcome === "refused") {
      if (names.length > 0) return `${text} was refused, and heard by ${names.join(", ")}`;
      continue;
    }
    const mine = heard.filter(({ mine }) => mine);
    const { seat, others } = outcome;
    const isExcused = (name: string) => model.lost.some(({ you }) => you === name);
    const missing = [seat.you, ...others].filter((it) => !names.includes(it) && !isExcused(it));
    if (missing.length > 0) return `${text} was not heard by ${missing.join(", ")}`;
    const foreign = names.filter((it) => it !== seat.you && !others.includes(it));
    if (foreign.length > 0) return `${text} was heard by ${foreign.join(", ")}`;
    if (new Set(names).size !== names.length) return `${text} was heard twice: ${names.join()}`;
    if (mine.some((it) => it.seat !== seat)) return `${text} came back to somebody else`;
  }
  return undefined;
};

/** Rounds take all who fit: nobody waits for long beside enough others. */
const forgottenWaiting = (model: Model): string | undefined => {
  const limit = performance.now() - PATIENT_MS;
  const patient = model.live.filter(
    ({ state, since, parted }) => state === "waiting" && since < limit && parted.length === 0,
  );
  for (const size of [2, 3, 4, 5]) {
    const some = patient.filter((it) => it.size === size);
    const names = new Set(some.map(({ visitor }) => visitor.name));
    if (names.size >= Math.min(3, size)) {
      return `${some.map(({ name }) => name).join(", ")} wait for ${size}, and do not meet`;
    }
  }
  return undefined;
};

/** Once all is settled: looks at who heard whom, and forgets what is over. */
export const conclude = (model: Model): void => {
  for (const { outcome, heard } of model.written.values()) {
    if (typeof outcome === "string") continue;
    bindAll(model, [outcome.seat, ...heard.map(({ seat }) => seat)]);
  }
  for (const [key, seats] of rooms(model)) {
    // One room alone has these names.
    if (seats.length === key.split(",").length) bindAll(model, seats);
  }
  for (const { seat, name, reason } of model.departures) {
    const other = seat.company.get(name);
    if (!other || other.end === reason || other.end === "unknown") continue;
    model.breach(
      `${seat.connection.name}: ${name} has ${reason}, but ${other.connection.name} has ${other.end}`,
    );
  }
  model.forget();
};

const bindAll = (model: Model, seats: Seat[]): void => {
  const all = new Set(seats);
  for (const one of all) for (const two of all) if (one !== two) bind(model, one, two);
};

/** One has heard the other, or both have heard the same: they are in one room, and always were. */
const bind = (model: Model, one: Seat, two: Seat): void => {
  const names = `${one.connection.name} and ${two.connection.name}`;
  const known = one.company.get(two.you);
  if (known && known !== two)
    model.breach(`${names} hear each other, but ${known.connection.name} is in the room`);
  const length = Math.min(one.heard.length, two.heard.length);
  if (one.heard.slice(0, length).join() !== two.heard.slice(0, length).join())
    model.breach(`${names} hear in another order`);
  if (known) return;
  one.company.set(two.you, two);
  if (one.connection.visitor === two.connection.visitor)
    model.breach(`${names} are one visitor in one room`);
  const hasParted = (from: Seat, to: Seat) =>
    from.parted.some(({ seat, name }) => seat.company.get(name)?.connection === to.connection);
  const waited = Math.max(one.at, two.at) - Math.max(one.since, two.since);
  if (hasParted(one, two) && hasParted(two, one) && waited < PARTED_MS)
    model.breach(`${names} meet again, ${waited.toFixed(0)} ms after they parted`);
};

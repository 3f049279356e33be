/** What the checks of this course share: who chats with whom, what they hear, forms as a page sends them. */
import { readdirSync, readFileSync } from "node:fs";
import { join as joinPath } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse } from "node-html-parser";
import type { Page } from "playwright-core";
import type { Socket } from "socket.io-client";
import { expect } from "vitest";
import {
  type Answer,
  ask,
  eventually,
  type Server,
  type Start,
  target,
  untilRead,
  useApp as useAnyApp,
  type Visitor,
} from "#testkit";

/** How long a round waits in checks, in ms: long enough that several can join before it. */
export const MATCH_MS = 300;

/** What an event carries. A check looks into it, and says by its matchers of which shape it has to be. */
// biome-ignore lint/suspicious/noExplicitAny: with unknown, each look would need a cast that proves nothing
type Value = any;
/** What a socket has heard, in order. */
export type Heard = [event: string, ...values: Value[]][];
/** Somebody in the chat: a visitor with one connection. */
export type Chatter = { visitor: Visitor; socket: Socket; heard: Heard };

/** What was heard of one event. */
export const of = (event: string, heard: Heard): Value[] =>
  heard.filter(([name]) => name === event).map(([, value]) => value);

/** A word that no app knows, and that stands nowhere else. */
export const word = (): string => `w${crypto.randomUUID().replaceAll("-", "")}`;

/** A name that nobody else has. */
export const username = (): string => word().slice(0, 20);

/** The testkit's app under test, with what this course needs. */
export const useApp = (start: Start = {}) => {
  // From step 09 on passwords are hashed: in checks with little memory, which is quick.
  const env = { MATCH_MS: String(MATCH_MS), HASH_MEMORY: "64", ...start.env };
  const app = useAnyApp({ ...start, env });

  /** What a browser sends along with a form of our own page: from step 13b on others are refused. */
  const ofPage = (server: Pick<Server, "url"> = app.running()) => ({
    origin: server.url,
    "content-type": "application/x-www-form-urlencoded",
  });
  /** Sends a form as a page does. A field may be given several times. */
  const form = (
    visitor: Visitor,
    path: string,
    fields: Record<string, string> | [string, string][] = {},
    headers: Record<string, string> = {},
  ): Promise<Answer> =>
    visitor.post(path, new URLSearchParams(fields).toString(), { ...ofPage(), ...headers });
  /** A visitor who has opened the page of the chat, and so has a session where there are any. */
  const opened = async (server?: Server): Promise<Visitor> => {
    const visitor = app.visitor(server);
    expect(await visitor.get("/chat")).toMatchObject({ status: 200 });
    return visitor;
  };
  /** Somebody with one more connection, and all that it hears. */
  const chatter = async (visitor?: Visitor, server?: Server): Promise<Chatter> => {
    const somebody = visitor ?? (await opened(server));
    const heard: Heard = [];
    const onAny = (event: string, ...values: unknown[]) => heard.push([event, ...values]);
    const socket = await somebody.socket({ onAny });
    return { visitor: somebody, socket, heard };
  };
  /** Several at once, each a visitor of their own. */
  const chatters = (count: number): Promise<Chatter[]> =>
    Promise.all(Array.from({ length: count }, () => chatter()));
  /** Two who are in a chat with each other. */
  const pair = async (): Promise<[Chatter, Chatter]> => {
    const both: [Chatter, Chatter] = [await chatter(), await chatter()];
    for (const one of both) await join(one);
    for (const { heard } of both) await eventually(() => of("matched", heard)).toHaveLength(1);
    return both;
  };
  /** The name that a chatter bears in the chat that it was matched for last. */
  const nameOf = ({ heard }: Chatter): string => of("matched", heard).at(-1)?.you;

  /** The page of the chat, once it is connected. Neighbours share no cookies, as two browsers. */
  const chatPage = async (base?: string): Promise<Page> => {
    const page = await app.page("/chat", base);
    await eventually(() => page.locator("#find").isEnabled()).toBe(true);
    return page;
  };
  /** A page and a program that are in a chat with each other. */
  const pageAndPartner = async (base?: string): Promise<{ page: Page; partner: Chatter }> => {
    const page = await chatPage(base);
    await page.locator("#find").click();
    await eventually(() => page.locator("#status").innerText()).toMatch(/\b0\b/);
    const partner = await chatter();
    await join(partner);
    await eventually(() => of("matched", partner.heard)).toHaveLength(1);
    await eventually(() => lines(page)).toHaveLength(2);
    return { page, partner };
  };

  return {
    ...app,
    ofPage,
    form,
    opened,
    chatter,
    chatters,
    pair,
    nameOf,
    chatPage,
    pageAndPartner,
  };
};

/** Lets somebody wait. */
export const join = async ({ socket }: Pick<Chatter, "socket">): Promise<void> => {
  expect(await ask(socket, "join")).toEqual({ state: "waiting" });
};

/** Waits as long as a round may take, and until all has arrived that the server has said by then. */
export const untilQuiet = async (...chatters: Pick<Chatter, "socket">[]): Promise<void> => {
  await sleep(2 * MATCH_MS);
  for (const { socket } of chatters) await untilRead(socket);
};

/** Waits until so many rounds more have left somebody behind. From step 05 on each of them tells it. */
export const untilLeftOver = async ({ heard }: Chatter, rounds: number): Promise<void> => {
  const before = of("waiting", heard).length;
  await eventually(() => of("waiting", heard).length).toBeGreaterThanOrEqual(before + rounds);
};

/** The classes that decide who meets whom: from step 04 on they can be tried without a server. */
export const loadLobby = () => import(joinPath(target().folder, "lib/lobby.ts"));

/** Somebody for a lobby without a server. Whoever has the same `visitor` is the same person. */
export type Member = { id: string; visitor: string; name: string };
let members = 0;
export const makeMember = (visitor: string = crypto.randomUUID()): Member => ({
  id: `member ${++members}`,
  visitor,
  name: `name of ${visitor}`,
});

/** What is done with a lobby: to member number so, or, of `wait`, for so many seconds. */
export type Operation = [what: "join" | "leave" | "lose" | "round" | "wait", number: number];
/** How long two who parted do not meet, in ms, while both wait. */
const PARTED_MS = 10_000;

/**
 * Does all this with a lobby, and looks after each operation whether everybody is where they should
 * be: idle, waiting, or in one room.
 * @param visitors of the members: several may be the same person, who never meets themselves
 * @param partings whether two who parted by `leave` meet as others do, may meet or not, or meet
 *   when both have waited as long as the clock of the lobby says
 */
export const tryLobby = (
  make: (clock: () => number) => Value,
  operations: Operation[],
  visitors: string[],
  partings: "meet" | "may meet" | "timed",
): void => {
  let now = 0;
  const lobby = make(() => now);
  const people = visitors.map(makeMember);
  const waiting = new Map<Member, number>();
  const rooms = new Map<Member, { room: unknown; members: Member[] }>();
  const parted = new Map<Member, Set<Member>>(people.map((one) => [one, new Set()]));

  const mayMeet = (one: Member, two: Member): boolean | undefined => {
    if (one.visitor === two.visitor) return false;
    if (partings === "meet" || !parted.get(one)?.has(two)) return true;
    const both = Math.max(waiting.get(one) ?? 0, waiting.get(two) ?? 0);
    return partings === "timed" ? now - both >= PARTED_MS : undefined;
  };
  const forget = (one: Member) => {
    for (const two of parted.get(one) ?? []) parted.get(two)?.delete(one);
    parted.set(one, new Set());
  };
  /** Takes somebody out, and returns who stays behind. */
  const remove = (one: Member): Member[] => {
    const others = (rooms.get(one)?.members ?? []).filter((it) => it !== one);
    waiting.delete(one);
    for (const it of [one, ...others]) rooms.delete(it);
    return others;
  };
  const doIt = {
    join: (one: Member) => {
      if (waiting.has(one)) return expect(() => lobby.join(one)).toThrow("already waiting");
      if (rooms.has(one)) return expect(() => lobby.join(one)).toThrow("already paired");
      expect(lobby.join(one), "how many are ahead of who joins").toBe(waiting.size);
      waiting.set(one, now);
    },
    leave: (one: Member) => {
      if (!waiting.has(one) && !rooms.has(one))
        return expect(() => lobby.leave(one)).toThrow("not in a chat");
      const others = remove(one);
      expect(lobby.leave(one), "who stays behind of a room").toEqual(others);
      for (const two of others) {
        parted.get(one)?.add(two);
        parted.get(two)?.add(one);
      }
    },
    lose: (one: Member, at: number) => {
      expect(lobby.lose(one), "who stays behind of a room").toEqual(remove(one));
      forget(one);
      // Whoever comes back has another connection.
      const again = makeMember(one.visitor);
      people[at] = again;
      parted.set(again, new Set());
    },
    round: () => {
      for (const room of lobby.round()) {
        const members: Member[] = room.members;
        expect(members, "who is in a room").toHaveLength(2);
        const [one, two] = members as [Member, Member];
        for (const it of members) expect(waiting.has(it), "in a room, but did not wait").toBe(true);
        expect(mayMeet(one, two), "whether two in a room fit").not.toBe(false);
        for (const it of members) {
          waiting.delete(it);
          forget(it);
          rooms.set(it, { room, members });
        }
      }
      for (const one of waiting.keys())
        for (const two of waiting.keys())
          if (one !== two) expect(mayMeet(one, two), "two who fit are left waiting").not.toBe(true);
    },
    wait: (_: Member, seconds: number) => {
      now += seconds * 1000;
    },
  };
  for (const [what, number] of operations) {
    doIt[what](people[number % people.length] as Member, number % people.length);
    const areThere = people.every((one) => lobby.roomOf(one) === rooms.get(one)?.room);
    expect(areThere, "everybody is in their room, and in no other").toBe(true);
  }
};

/** All bytes that a folder holds, as text. */
export const allBytes = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(joinPath(entry.parentPath, entry.name), "latin1"))
    .join("\n");

/** The lines that stand on the page of the chat. */
export const lines = (page: Page): Promise<string[]> =>
  page.locator("#messages li").allInnerTexts();

/** The state that a page shows, by what can be done on it. */
export const stateOf = async (page: Page): Promise<"offline" | "idle" | "waiting" | "paired"> => {
  if (await page.locator("#text").isEnabled()) return "paired";
  if (await page.locator("#find").isEnabled()) return "idle";
  return (await page.locator("#leave").isEnabled()) ? "waiting" : "offline";
};

/** What stands above a form as its fault, markup undone; undefined where nothing does. */
export const faultOn = ({ text }: Answer): string | undefined => {
  const fault = parse(text).querySelector("main [role=alert]");
  return fault === null ? undefined : fault.text.trim();
};

/** A password that stands nowhere else. */
export const PASSWORD = "correct horse battery";

/** The fields of the form for a new account. */
export const newAccount = (name: string, password = PASSWORD, confirmation = password) => ({
  username: name,
  password,
  confirmation,
});

/** The text of a part of a page, markup undone, on one line. */
const textIn = ({ text }: Answer, part: string): string =>
  (parse(text).querySelector(part)?.text ?? "").replace(/\s+/g, " ").trim();
/** What the navigation of a page says. */
export const navOf = (page: Answer): string => textIn(page, "nav");
/** How often a sentence stands on a page, below its navigation. */
export const timesOn = (page: Answer, sentence: string): number =>
  textIn(page, "main").split(sentence).length - 1;

/** What a visitor's browser sends as its cookie by now. */
export const cookieOf = async (visitor: Visitor): Promise<string> =>
  `sid=${await visitor.cookie("sid")}`;

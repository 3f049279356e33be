import type { RequestHandler } from "express";
import createError from "http-errors";
import type { Server } from "socket.io";
import { z } from "zod";
import { toAnswer } from "./errors.ts";
import { Lobby, type Member } from "./lobby.ts";

// So many tabs, or windows, of one visitor may be in the chat.
const MOST_TABS = 3;
// How long those wait who come first, so that chance has something to choose from.
const MATCH_MS = Number(process.env.MATCH_MS || 1000);

export type ClientEvents = {
  join: (...values: unknown[]) => void;
  leave: (...values: unknown[]) => void;
  message: (...values: unknown[]) => void;
  next: (...values: unknown[]) => void;
};
export type ServerEvents = {
  matched: (matched: { you: string; partners: string[] }) => void;
  message: (message: Message) => void;
  partner_left: (left: { partner: string; reason: "left" | "lost" }) => void;
  waiting: (waiting: { ahead: number }) => void;
};

const Text = z
  .string("must be text")
  .trim()
  .min(1, "must not be empty")
  // Characters as people count them: the length of "🙂" is 2, of [..."🙂"] it is 1.
  .refine((it) => [...it].length <= 1000, "at most 1000 characters");
const NewMessage = z.object({ text: Text }, "must be an object with text");
/** When, in UTC, and whether the one who reads it has written it. */
type Message = { from: string; text: string; at: string; mine: boolean };

const NO_SESSION = "no session: load the page of the chat";
const TOO_MANY = "too many tabs: close one, then load this page again";
/** The room of all connections of a visitor. */
const roomOf = (visitorId: string) => `visitor:${visitorId}`;

/** Lets all who connect chat with each other. */
export const startChat = (io: Server<ClientEvents, ServerEvents>, useSession: RequestHandler) => {
  io.engine.use(useSession);
  io.use((socket, next) => {
    const { visitorId } = socket.request.session;
    if (!visitorId) return next(new Error(NO_SESSION));
    const room = roomOf(visitorId);
    const tabs = io.of("/").adapter.rooms.get(room)?.size ?? 0;
    if (tabs >= MOST_TABS) return next(new Error(TOO_MANY));
    socket.join(room);
    next();
  });

  const lobby = new Lobby();

  type Acknowledge = (answer: { state?: string; error?: string }) => void;

  /** Does what an event asks for, and acknowledges it. Returns undefined where it is refused. */
  const accept = <T>(values: unknown[], state: string, act: (input: unknown) => T) => {
    // The types end at the network: a client can send anything, and need not want an answer.
    const wantsAnswer = typeof values.at(-1) === "function";
    const acknowledge = wantsAnswer ? (values.pop() as Acknowledge) : () => {};
    try {
      const done = act(values[0]);
      acknowledge({ state });
      return done;
    } catch (error) {
      // What a route throws, Express catches. What is thrown here would end the process.
      acknowledge({ error: toAnswer(error as Error).error });
    }
  };

  /** Tells those who stay behind that one is gone. */
  const tellLeft = (member: Member, others: Member[], reason: "left" | "lost") => {
    for (const { id } of others) io.to(id).emit("partner_left", { partner: member.name, reason });
  };

  /** Tells all who wait how many are ahead of them. */
  const tellWaiting = () => {
    for (const [ahead, { id }] of lobby.waiting.entries()) io.to(id).emit("waiting", { ahead });
  };

  let roundTimer: NodeJS.Timeout | undefined;
  /** Has a round run some time after the second person waits, and again while two do. */
  const planRound = () => {
    if (lobby.waiting.length >= 2) {
      roundTimer ??= setTimeout(startRound, MATCH_MS);
    } else if (roundTimer) {
      clearTimeout(roundTimer);
      roundTimer = undefined;
      // Whoever is left has nobody ahead any more, and no round will tell.
      tellWaiting();
    }
  };

  const startRound = () => {
    roundTimer = undefined;
    for (const { members } of lobby.round()) {
      for (const { id, name } of members) {
        const partners = members.filter((other) => other.id !== id).map((other) => other.name);
        io.to(id).emit("matched", { you: name, partners });
      }
    }
    tellWaiting();
    planRound();
  };

  io.on("connection", (socket) => {
    const { visitorId = "", anonName = "" } = socket.request.session;
    const member: Member = { id: socket.id, visitor: visitorId, name: anonName };
    socket.on("join", (...values) => {
      const ahead = accept(values, "waiting", () => lobby.join(member));
      if (ahead === undefined) return;
      socket.emit("waiting", { ahead });
      planRound();
    });
    socket.on("message", (...values) => {
      const sent = accept(values, "paired", (input) => {
        const room = lobby.roomOf(member);
        if (!room) throw createError(409, "not paired");
        return { room, text: NewMessage.parse(input).text };
      });
      if (!sent) return;
      const message = { from: member.name, text: sent.text, at: new Date().toISOString() };
      // To both, the sender included: the order on both pages is the server's.
      for (const { id } of sent.room.members)
        io.to(id).emit("message", { ...message, mine: id === member.id });
    });
    socket.on("leave", (...values) => {
      const others = accept(values, "idle", () => lobby.leave(member));
      if (!others) return;
      tellLeft(member, others, "left");
      planRound();
    });
    socket.on("next", (...values) => {
      const done = accept(values, "waiting", () => {
        const others = lobby.leave(member);
        return { others, ahead: lobby.join(member) };
      });
      if (!done) return;
      tellLeft(member, done.others, "left");
      socket.emit("waiting", { ahead: done.ahead });
      planRound();
    });
    socket.on("disconnect", () => {
      tellLeft(member, lobby.lose(member), "lost");
      planRound();
    });
  });
};

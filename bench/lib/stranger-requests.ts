import type { Model } from "./stranger-model.ts";
import type { Chance } from "./stranger-random.ts";
import type { Visitor } from "./stranger-visitors.ts";

const PASSWORD = "correct horse battery";

/** What visitors ask for by HTTP, each with a cookie of their own, and what has to be answered. */
export class Requests {
  readonly #url: string;
  readonly #model: Model;
  readonly #chance: Chance;
  /** The requests of a visitor come one after the other, as in one tab. */
  readonly #last = new Map<Visitor, Promise<void>>();
  readonly #accounts: string[] = [];
  #made = 0;

  constructor(url: string, model: Model, chance: Chance) {
    this.#url = url;
    this.#model = model;
    this.#chance = chance;
  }

  async #send(visitor: Visitor, method: "GET" | "POST", path: string, more: RequestInit = {}) {
    const response = await fetch(this.#url + path, {
      method,
      redirect: "manual",
      ...more,
      headers: { cookie: visitor.cookie, origin: this.#url, ...more.headers },
    });
    const text = await response.text();
    const cookie = response.headers.getSetCookie()[0]?.split(";", 1)[0];
    if (cookie) visitor.cookie = cookie;
    const location = response.headers.get("location") ?? "";
    this.#model.tell(`v${visitor.number} ${method} ${path} -> ${response.status} ${location}`);
    return { status: response.status, location, text };
  }

  demand(visitor: Visitor, what: string, isRight: boolean) {
    if (!isRight) this.#model.breach(`v${visitor.number}: ${what}`);
  }

  async openPage(visitor: Visitor) {
    const { status, text } = await this.#send(visitor, "GET", "/chat");
    const name = /id="you">([^<]*)</.exec(text)?.[1] ?? "";
    if (!visitor.anonName) {
      this.demand(visitor, `is ${name}`, /^User\d{6}$/.test(name));
      Object.assign(visitor, { anonName: name, name, possible: new Set([name]) });
    }
    this.demand(visitor, `/chat: ${status}, ${name}`, status === 200 && name === visitor.name);
  }

  async #demandName(visitor: Visitor) {
    const { text } = await this.#send(visitor, "GET", "/api/me");
    const { name } = visitor;
    const wanted = JSON.stringify({ name, loggedIn: name !== visitor.anonName });
    this.demand(visitor, `/api/me ${text}, not ${wanted}`, text === wanted);
  }

  /** A login, a registration, a logout: it gives the visitor a name, and ends the connections. */
  async rename(visitor: Visitor, name: string, path: string, fields: Record<string, string>) {
    visitor.isChanging = true;
    visitor.possible.add(name);
    const before = [...visitor.connections].filter((it) => it.state !== "gone" && !it.isConnecting);
    const body = new URLSearchParams(fields);
    const { status, location } = await this.#send(visitor, "POST", path, { body });
    this.demand(visitor, `${path}: ${status}`, status === 303 && location === "/");
    visitor.name = name;
    for (const connection of before) connection.mustEnd = true;
    await this.#demandName(visitor);
    if (path === "/register") this.#accounts.push(name);
  }

  async #demandRefusal(
    visitor: Visitor,
    path: string,
    status: number,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ) {
    const body = new URLSearchParams(fields);
    const answer = await this.#send(visitor, "POST", path, { body, headers });
    this.demand(visitor, `${path}: ${answer.status}, not ${status}`, answer.status === status);
    await this.#demandName(visitor);
  }

  /** One of the things that a visitor may ask for, each time another one. */
  request(visitor: Visitor): () => Promise<void> {
    const chance = this.#chance.next();
    const username = this.#chance.one(this.#accounts) ?? "";
    const account = { username, password: PASSWORD };
    if (chance < 0.4) return () => this.rename(visitor, username, "/login", account);
    if (chance < 0.75) return () => this.rename(visitor, visitor.anonName, "/logout", {});
    if (chance < 0.8) return () => this.rename(visitor, ...this.newAccount());
    if (chance < 0.85) {
      const fields = { ...account, confirmation: PASSWORD };
      return () => this.#demandRefusal(visitor, "/register", 409, fields);
    }
    if (chance < 0.9) {
      const fields = { username: "user1234", password: "short", confirmation: "other" };
      return () => this.#demandRefusal(visitor, "/register", 422, fields);
    }
    if (chance < 0.95) {
      const headers = { "sec-fetch-site": "cross-site" };
      return () => this.#demandRefusal(visitor, "/logout", 403, {}, headers);
    }
    return () => this.#demandName(visitor);
  }

  /** The name, path and fields of a registration. */
  newAccount(): [string, string, Record<string, string>] {
    this.#made += 1;
    const username = `fuzz_${this.#made}`;
    return [username, "/register", { username, password: PASSWORD, confirmation: PASSWORD }];
  }

  /** Does what a visitor's requests do, after those that are under way. */
  queue(visitor: Visitor, act: () => Promise<void>): Promise<void> {
    const before = this.#last.get(visitor) ?? Promise.resolve();
    const done = before.then(act).catch((error: Error) => {
      this.#model.breach(`v${visitor.number}: ${error.cause ?? error}`);
    });
    this.#last.set(visitor, done);
    return done;
  }
}

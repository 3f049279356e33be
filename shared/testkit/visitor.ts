import type { Socket } from "socket.io-client";
import { CookieJar } from "tough-cookie";
import { type Answer, request } from "./request.ts";
import type { Connecting } from "./socket.ts";
import type { RawConnecting, RawSocket } from "./web-socket.ts";

/** Somebody who keeps the cookies of an app, as a browser does, and sends them along. */
export type Visitor = {
  get: (path: string, headers?: Headers) => Promise<Answer>;
  post: (path: string, body?: unknown, headers?: Headers) => Promise<Answer>;
  send: (method: string, path: string, body?: unknown, headers?: Headers) => Promise<Answer>;
  /** A Socket.IO client with these cookies. */
  socket: (connecting?: Connecting) => Promise<Socket>;
  /** A plain WebSocket with these cookies. */
  webSocket: (path: string, connecting?: RawConnecting) => Promise<RawSocket>;
  /** The value of a cookie that would be sent to a path now; undefined where there is none. */
  cookie: (name: string, path?: string) => Promise<string | undefined>;
};
type Headers = Record<string, string>;

/** What a visitor needs to know of the app. */
export type Visited = {
  /** Where it answers by now: it may be started again. */
  url: () => string;
  socket: (connecting: Connecting) => Promise<Socket>;
  webSocket: (path: string, connecting: RawConnecting) => Promise<RawSocket>;
};

/** A visitor of an app, with no cookies yet. */
export const makeVisitor = ({ url, socket, webSocket }: Visited): Visitor => {
  const jar = new CookieJar();
  const withCookies = async (path: string, headers: Headers = {}): Promise<Headers> => {
    const cookie = await jar.getCookieString(url() + path);
    return cookie === "" ? headers : { cookie, ...headers };
  };
  const send: Visitor["send"] = async (method, path, body, headers) => {
    const all = await withCookies(path, headers);
    const answer = await request(url() + path, { method, body, headers: all });
    // What a browser would not keep, such as a cookie for another site, is not kept.
    for (const cookie of answer.headers.getSetCookie())
      await jar.setCookie(cookie, url() + path, { ignoreError: true });
    return answer;
  };
  return {
    send,
    get: (path, headers) => send("GET", path, undefined, headers),
    post: (path, body, headers) => send("POST", path, body, headers),
    socket: async ({ headers, ...more } = {}) =>
      socket({ ...more, headers: await withCookies("/", headers) }),
    webSocket: async (path, { headers, ...more } = {}) =>
      webSocket(path, { ...more, headers: await withCookies(path, headers) }),
    cookie: async (name, path = "/") => {
      const cookies = await jar.getCookies(url() + path);
      return cookies.find(({ key }) => key === name)?.value;
    },
  };
};

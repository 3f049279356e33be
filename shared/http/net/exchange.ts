import type { Options } from "../cli/options.ts";
import { HttpError } from "../errors.ts";
import { exitCodes } from "../exit-codes.ts";
import { headerBytes, type PreparedRequest } from "../request/prepare.ts";
import type { Target } from "../request/url.ts";
import type { World } from "../world.ts";
import { openAgents, type UsedProxy } from "./agents.ts";
import type { Credentials } from "./auth.ts";
import { explainError } from "./explain.ts";
import { isSameOrigin, redirectRequest, redirectTarget } from "./redirect.ts";
import { type ReceivedResponse, type SendSettings, send } from "./send.ts";
import { tlsSettings } from "./tls.ts";

/** What passes between client and server, in its order. */
export type Message =
  | { kind: "request"; request: PreparedRequest }
  | {
      kind: "response";
      response: ReceivedResponse;
      target: Target;
      startedAt: number;
      proxy: UsedProxy | undefined;
      /** Whether no redirect is followed from here. */
      isLast: boolean;
    };

/** The cookies of one command, where there can be any. */
export type Jar = {
  take(headers: [string, string][], target: Target): void;
  headerFor(target: Target): string | undefined;
};

function challengeOf(response: ReceivedResponse): string {
  return response.headers
    .filter(([name]) => name.toLowerCase() === "www-authenticate")
    .map(([, value]) => value)
    .join(", ");
}

/** The request again, with the answer to the server's Digest challenge. */
async function answeredRequest(
  request: PreparedRequest,
  response: ReceivedResponse,
  credentials: Credentials | undefined,
): Promise<PreparedRequest | undefined> {
  if (response.status !== 401 || credentials?.type !== "digest") return undefined;
  const { answerDigest } = await import("./digest.ts");
  const path = request.target.path;
  const answer = answerDigest(challengeOf(response), { method: request.method, path }, credentials);
  if (!answer) return undefined;
  const headers = request.headers.filter(([name]) => name.toLowerCase() !== "authorization");
  return { ...request, headers: [...headers, ["Authorization", headerBytes(answer)]] };
}

async function sendExplained(request: PreparedRequest, settings: SendSettings) {
  try {
    return await send(request, settings);
  } catch (error) {
    const proxy = settings.agents.proxyFor(request.target);
    throw explainError(error, request.target, settings.timeout, proxy);
  }
}

/**
 * Sends a request and, with `--follow`, those that its answers lead to. Each message is
 * given out when it is there; a body is to be read before the next message is asked for.
 *
 * @throws HttpError for whatever fails on the way
 */
export async function* exchange(
  first: PreparedRequest,
  options: Options,
  context: { jar: () => Promise<Jar>; credentials: Credentials | undefined },
  world: World,
): AsyncGenerator<Message> {
  const agents = openAgents(options, world);
  const { timeout, maxHeaders } = options;
  const settings = { agents, tls: tlsSettings(options, world), timeout, maxHeaders };
  let request = first;
  const about = () => ({ target: request.target, proxy: agents.proxyFor(request.target) });
  try {
    for (let count = 1; ; count += 1) {
      yield { kind: "request", request };
      let startedAt = world.now();
      let response = await sendExplained(request, settings);
      // Another server, to which a redirect leads, gets no answer that is made of the password.
      const isTold = isSameOrigin(request.target, first.target);
      const again = isTold && (await answeredRequest(request, response, context.credentials));
      if (again) {
        if (options.all) {
          yield { kind: "response", response, ...about(), startedAt, isLast: false };
          yield { kind: "request", request: again };
        }
        response.body.destroy();
        startedAt = world.now();
        response = await sendExplained(again, settings);
      }
      const setsCookies = response.headers.some(([name]) => name.toLowerCase() === "set-cookie");
      if (setsCookies) (await context.jar()).take(response.headers, request.target);

      const target = redirectTarget(response, request.target);
      if (target && count === options.maxRedirects) {
        response.body.destroy();
        throw new HttpError(
          `Too many redirects (--max-redirects=${options.maxRedirects}), the last one to ${target.protocol}//${target.host}${target.path}`,
          exitCodes.tooManyRedirects,
        );
      }
      const isFollowed = target !== undefined && options.follow;
      if (!isFollowed || options.all) {
        yield { kind: "response", response, ...about(), startedAt, isLast: !isFollowed };
      }
      if (!isFollowed) return;
      response.body.destroy();
      const cookie = (await context.jar()).headerFor(target);
      request = redirectRequest(request, response.status, target, cookie);
    }
  } finally {
    agents.close();
  }
}

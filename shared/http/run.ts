import type { Options } from "./cli/options.ts";
import { configFolder } from "./config.ts";
import { HttpError, quote } from "./errors.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "./exit-codes.ts";
import { type Credentials, chooseCredentials } from "./net/auth.ts";
import type { Message } from "./net/exchange.ts";
import type { makeJar } from "./net/jar.ts";
import type { Session } from "./net/session.ts";
import { isShown, type Show, writeMessage } from "./output/message.ts";
import { type OpenOutput, openOutput } from "./output/open-output.ts";
import { ReaderGone } from "./output/writer.ts";
import { assembleRequest } from "./request/assemble.ts";
import { type Plan, planRequest } from "./request/plan.ts";
import type { PreparedRequest } from "./request/prepare.ts";
import type { World } from "./world.ts";

type FullJar = ReturnType<typeof makeJar>;

/** Cookies cost time to load, and most commands have none. */
function lazyJar(): () => Promise<FullJar> {
  let jar: FullJar | undefined;
  return async () => {
    jar ??= (await import("./net/jar.ts")).makeJar();
    return jar;
  };
}

async function openSessionOf(
  plan: Plan,
  options: Options,
  jar: () => Promise<FullJar>,
  world: World,
) {
  if (options.session === undefined && options.sessionReadOnly === undefined) return undefined;
  const { openSession } = await import("./net/session.ts");
  const context = {
    host: plan.headers.get("Host") ?? plan.target.host,
    target: plan.target,
    configFolder: configFolder(world),
    jar: (await jar()).cookies,
  };
  return openSession(options, context, world);
}

/**
 * Says on standard error that `--check-status` found something, where it is seen nowhere else.
 * With `-qq` on a terminal nothing is said: HTTPie's rule.
 */
function warnOfStatus(
  message: Message & { kind: "response" },
  { look, options }: Show,
  world: World,
): void {
  if (look.isTerminal && options.quiet !== 1) return;
  const { status, reason } = message.response;
  world.stderr.write(`http: warning: HTTP ${status} ${reason}\n`);
}

async function downloadBody(
  message: Message & { kind: "response" },
  initial: PreparedRequest,
  options: Options,
  world: World,
): Promise<void> {
  const { download, findResumption, partOf } = await import("./download/download.ts");
  const { existsSync } = await import("node:fs");
  const { expandPath } = await import("./items/item.ts");
  const resumption = findResumption(options, world);
  try {
    await download(message.response, initial.target.path, resumption, options, world);
  } catch (error) {
    if (error instanceof ReaderGone) throw error;
    const { explainError } = await import("./net/explain.ts");
    const explained = explainError(error, message.target, options.timeout, message.proxy);
    const path = options.output && partOf(expandPath(options.output, world));
    const hint =
      path && existsSync(path)
        ? `; ${quote(`${options.output}.part`)} keeps what has come, -dc goes on`
        : "";
    throw new HttpError(explained.message + hint, explained.exitCode, { cause: error });
  }
}

/** Shows the messages as they come, and stores what is to be downloaded. */
async function showMessages(
  messages: AsyncIterable<Message>,
  initial: PreparedRequest,
  output: OpenOutput,
  options: Options,
  world: World,
): Promise<ExitCode> {
  const show: Show = { ...output, options, now: world.now };
  let exitCode: ExitCode = exitCodes.success;
  let isAfterBody = false;
  for await (const message of messages) {
    const isFinal = message.kind === "response" && message.isLast;
    if (isFinal && (options.checkStatus || options.download)) {
      exitCode = exitCodeOf(message.response.status, options.follow);
      if (exitCode !== exitCodes.success) warnOfStatus(message, show, world);
    }
    if (isShown(message, show.parts)) {
      if (isAfterBody && !show.look.isTerminal) await show.out.write("\n\n");
      try {
        isAfterBody = await writeMessage(message, show);
      } catch (error) {
        if (message.kind !== "response" || error instanceof ReaderGone) throw error;
        const { explainError } = await import("./net/explain.ts");
        throw explainError(error, message.target, options.timeout, message.proxy);
      }
    } else {
      isAfterBody = false;
    }
    if (message.kind !== "response") continue;
    if (options.download && message.isLast && exitCode === exitCodes.success) {
      await downloadBody(message, initial, options, world);
    }
    message.response.body.destroy();
  }
  return exitCode;
}

/** The headers that a download asks with: plain bytes, from where the last one stopped. */
async function prepareDownload(plan: Plan, options: Options, world: World): Promise<void> {
  if (!options.download || options.offline) return;
  const { findResumption } = await import("./download/download.ts");
  plan.headers.set("Accept-Encoding", "identity");
  const resumption = findResumption(options, world);
  if (resumption) plan.headers.set("Range", `bytes=${resumption.bytes}-`);
}

async function* onlyRequest(request: PreparedRequest): AsyncGenerator<Message> {
  yield { kind: "request", request };
}

async function credentialsOf(
  plan: Plan,
  options: Options,
  session: Session | undefined,
  world: World,
): Promise<{ own: Credentials | undefined; used: Credentials | undefined }> {
  const own = await chooseCredentials(options, plan.target, world);
  return { own, used: own ?? session?.credentials };
}

/**
 * Makes the request that the command line describes, and shows what comes back.
 *
 * @throws HttpError for whatever the user can do something about
 */
export async function run(
  positionals: readonly string[],
  options: Options,
  world: World,
): Promise<ExitCode> {
  if (options.responseCharset !== undefined) {
    const { charsetOf } = await import("./output/charset.ts");
    await charsetOf(options.responseCharset, true);
  }
  const output = openOutput(options, world);
  const plan = await planRequest(positionals, options, output.parts.includes("B"), world);
  if (options.download) options.follow = true;
  if (options.verbose > 0) options.all = true;
  await prepareDownload(plan, options, world);
  const jar = lazyJar();
  const session = await openSessionOf(plan, options, jar, world);
  const { own, used } = await credentialsOf(plan, options, session, world);
  const cookies = session && (await jar());
  const request = await assembleRequest(plan, options, session, own, () =>
    cookies?.headerFor(plan.target),
  );
  if (options.debug)
    world.stderr.write(`http: request headers: ${JSON.stringify(request.headers)}\n`);

  let messages = onlyRequest(request);
  if (!options.offline) {
    const { exchange } = await import("./net/exchange.ts");
    messages = exchange(request, options, { jar, credentials: used }, world);
  }
  const exitCode = await showMessages(messages, request, output, options, world);
  await output.out.close();
  session?.save();
  return exitCode;
}

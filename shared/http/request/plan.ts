import type { Options } from "../cli/options.ts";
import { sortPositionals } from "../cli/positionals.ts";
import { UsageError } from "../errors.ts";
import { parseItem } from "../items/item.ts";
import { collectItems, isDataItem } from "../items/request-items.ts";
import type { World } from "../world.ts";
import { makeBody } from "./body.ts";
import type { HeaderList } from "./headers.ts";
import type { MadeBody } from "./made-body.ts";
import { readStdin } from "./stdin.ts";
import { completeUrl, parseTarget, type Target } from "./url.ts";

/** What the command line asks for, before sessions and credentials have their say. */
export type Plan = {
  method: string;
  target: Target;
  /** The header items. */
  headers: HeaderList;
  made: MadeBody;
};

function checkOptions(options: Options): void {
  const { chunked, compress, download, resume, offline, output } = options;
  if (compress > 0 && chunked) throw new UsageError("cannot combine --compress and --chunked");
  if (compress > 0 && options.format === "multipart") {
    throw new UsageError("cannot combine --compress and --multipart");
  }
  if (resume && !offline) {
    if (!download) throw new UsageError("--continue only works with --download (-d)");
    if (output === undefined) {
      throw new UsageError(
        "--continue requires --output to be specified (-o, the file to go on with)",
      );
    }
  }
  if (options.session !== undefined && options.sessionReadOnly !== undefined) {
    throw new UsageError("--session cannot be combined with --session-read-only");
  }
}

/**
 * Reads the positional arguments and the body.
 *
 * @param showsBody - whether the body is to be shown, so that its bytes are needed
 * @throws UsageError for whatever is wrong with them
 */
export async function planRequest(
  positionals: readonly string[],
  options: Options,
  showsBody: boolean,
  world: World,
): Promise<Plan> {
  checkOptions(options);
  const { method, url, items: itemArguments } = sortPositionals(positionals);
  const items = itemArguments.map((argument) => parseItem(argument, world));
  const format = options.format ?? "json";
  const { headers, query, data } = collectItems(items, format);
  const target = parseTarget(completeUrl(url, options.defaultScheme), query, options.pathAsIs);

  const dataItem = items.find(isDataItem);
  const isDataExpected = dataItem === undefined && options.raw === undefined;
  const stdin = options.ignoreStdin ? undefined : await readStdin(world, isDataExpected);
  const made = await makeBody(
    { data, dataArgument: dataItem?.argument, raw: options.raw, stdin },
    {
      isForm: format !== "json",
      isJson: options.format === "json",
      isChunked: options.chunked,
      isReadWhole: showsBody || options.compress > 0 || options.offline,
      boundary: options.boundary,
    },
  );
  const hasData = dataItem !== undefined || options.raw !== undefined || stdin !== undefined;
  return { method: method ?? (hasData ? "POST" : "GET"), target, headers, made };
}

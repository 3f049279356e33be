import type { Part } from "../lib/part.ts";
import { part as adopt } from "./adopt.ts";
import { part as catchUp } from "./catch-up.ts";
import { part as check } from "./check.ts";
import { part as counter } from "./counter.ts";
import { part as counterStatistics } from "./counter-statistics.ts";
import { part as functions } from "./functions.ts";
import { part as growth } from "./growth.ts";
import { part as http } from "./http-command.ts";
import { part as live } from "./live.ts";
import { part as page } from "./page.ts";
import { part as requests } from "./requests.ts";
import { part as setup } from "./setup.ts";
import { part as stranger } from "./stranger.ts";
import { part as strangerFuzz } from "./stranger-fuzz.ts";
import { part as tools } from "./tools.ts";

/** All parts, in the order in which they run. */
export const parts: Record<string, Part> = {
  setup,
  adopt,
  requests,
  functions,
  growth,
  live,
  page,
  "catch-up": catchUp,
  counter,
  "counter-statistics": counterStatistics,
  stranger,
  "stranger-fuzz": strangerFuzz,
  http,
  check,
  tools,
};

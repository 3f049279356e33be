import { items, nested } from "./items.ts";
import type { Line } from "./line.ts";
import { bodies, forms, headers } from "./messages.ts";
import { misuse, network, offline } from "./network.ts";
import { shown } from "./shown.ts";
import { methods, query, urls } from "./urls.ts";

/** All lines that both programs run, by subject. */
export const lines: Record<string, Line[]> = {
  urls,
  query,
  methods,
  items,
  nested,
  headers,
  forms,
  bodies,
  shown,
  network,
  offline,
  misuse,
};

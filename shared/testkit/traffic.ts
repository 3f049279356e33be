import { AsyncLocalStorage } from "node:async_hooks";

/** One thing that a check did to the app under test, and what came back. */
export type Exchange = {
  kind: "http" | "socket" | "page" | "database" | "process";
  /** `POST /notes {"text":"cake"}`, `a socket emits who`, `page: click form button`. */
  sent: string;
  /** `201 application/json {"id":1}`; undefined while nothing came back. */
  received?: string;
  /** Of an HTTP answer. */
  status?: number;
  /** Of an HTTP answer: its media type. */
  type?: string;
};

type Recording = { list: Exchange[]; onSign: () => void };
const current = new AsyncLocalStorage<Recording>();

/**
 * Runs a test; what it and all that it starts exchange with the app is added to `list`.
 * @param onSign called at each sign of life: something was sent, or came back
 */
export const recordTraffic = <T>(
  list: Exchange[],
  work: () => T,
  onSign: () => void = () => {},
): T => current.run({ list, onSign }, work);

/** Tells the running test that something came back that is not recorded. */
export const sign = (): void => current.getStore()?.onSign();

/** Enough to recognise a text by, in one line. */
const SHOWN = 500;

/** A value as one short line: text as it is, anything else as JSON. */
export const brief = (value: unknown, limit = SHOWN): string => {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > limit ? `${line.slice(0, limit)} … (${line.length} characters)` : line;
};

/**
 * Where the running test records its traffic. It is taken where a connection is opened: what
 * arrives on it later, outside of any test, belongs to that test.
 */
export const recorder = (): ((exchange: Exchange) => Exchange) => {
  const recording = current.getStore();
  return (exchange) => {
    recording?.list.push(exchange);
    recording?.onSign();
    return exchange;
  };
};

import { app, type Edit } from "../table.ts";

const AS_LOCAL = "strftime('%Y-%m-%dT%H:%M:%fZ', date, 'localtime') AS date";
/** The beginning of a query whose dates are in the server's own time, called UTC. */
export const LOCAL = `SELECT id, content, author_id, recipient_id, ${AS_LOCAL}`;

const STORE = "[message] = insertMessage.all(input);";
/**
 * Edits that keep all messages in a list `all` of the app's memory.
 * @param list the statement that answers with them
 * @param answer what stands there instead
 */
export const memory = (list: string, answer = "res.json(all)"): Edit[] => [
  app("// --- api ---", "const all: Message[] = [];\n\n// --- api ---"),
  app(STORE, `${STORE}\n  all.push(message as Message);`),
  app(list, answer),
];

/** Nothing but node:http: routes that do only the statement of the app's. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listUsers, messagesWith, renderMessages, selectUser, storeMessage } from "./statements.ts";

const send = (response: ServerResponse, status: number, type: string, body: string): void => {
  response.writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(body) });
  response.end(body);
};
const json = (response: ServerResponse, value: unknown, status = 200): void =>
  send(response, status, "application/json; charset=utf-8", JSON.stringify(value));

const readBody = async (request: IncomingMessage): Promise<unknown> => {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += chunk;
  return JSON.parse(text);
};

createServer((request, response) => {
  const url = request.url ?? "";
  const id = Number(url.slice(url.lastIndexOf("/") + 1));
  if (request.method === "POST") {
    readBody(request).then((body) => json(response, storeMessage(body), 201));
  } else if (url === "/api/version") json(response, { version: "19" });
  else if (url === "/api/users") json(response, listUsers.all());
  else if (url.startsWith("/api/users/")) json(response, selectUser.get(id));
  else if (url.startsWith("/api/messages/with/")) {
    json(response, messagesWith(id));
  } else if (url.startsWith("/front/messages/")) {
    send(response, 200, "text/html; charset=utf-8", renderMessages(id));
  } else json(response, { error: "no such route" }, 404);
}).listen(Number(process.env.PORT), "127.0.0.1");

/** Express with its defaults: an empty route, and routes that do only the statement of the app's. */
import express from "express";
import { listUsers, messagesWith, renderMessages, selectUser, storeMessage } from "./statements.ts";

const app = express();

app.get("/empty", (_req, res) => {
  res.json({});
});
app.get("/api/version", (_req, res) => {
  res.json({ version: "19" });
});
app.get("/api/users", (_req, res) => {
  res.json(listUsers.all());
});
app.get("/api/users/:id", (req, res) => {
  res.json(selectUser.get(Number(req.params.id)));
});
app.get("/api/messages/with/:id", (req, res) => {
  res.json(messagesWith(Number(req.params.id)));
});
app.post("/api/messages", express.json(), (req, res) => {
  res.status(201).json(storeMessage(req.body));
});
app.get("/front/messages/:id", (req, res) => {
  res.send(renderMessages(Number(req.params.id)));
});

app.listen(Number(process.env.PORT), "127.0.0.1");

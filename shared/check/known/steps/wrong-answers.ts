// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of the author's files.
import { app, faults } from "../table.ts";

const MESSAGE = "{ id, content, date, author, recipient };";

/** 15: what POST answers has the details of its users. */
export const wrongAnswers = [
  ...faults("15", [
    [
      "ids of users alone",
      "POST /api/messages answers",
      app(
        MESSAGE,
        "{ id, content, date, author_id: author.id, recipient_id: recipient.id } as never;",
      ),
    ],
    [
      "the author twice",
      "POST /api/messages answers",
      app(MESSAGE, "{ id, content, date, author, recipient: author };"),
    ],
    [
      "the ids, too",
      "POST /api/messages answers",
      app(MESSAGE, "{ id, content, date, author, recipient, ...{ author_id: author.id } };"),
    ],
    [
      "no email of recipients",
      "POST /api/messages answers",
      app(
        MESSAGE,
        "{ id, content, date, author, recipient: { ...recipient, email: undefined as never } };",
      ),
    ],
    [
      "the content as it came",
      "it is the same as in",
      app(MESSAGE, "{ id, content: req.body.content, date, author, recipient };\n  void content;"),
    ],
    [
      "the date of the answer",
      "it is the same as in",
      app(
        MESSAGE,
        "{ id, content, date: new Date(Date.now() + 1).toISOString(), author, recipient };\n  void date;",
      ),
    ],
    [
      "the server's own time, called UTC",
      "it is the same as in",
      app(
        MESSAGE,
        '{ id, content, date: `${new Date(date).toLocaleString("sv").replace(" ", "T")}.000Z`, author, recipient };',
      ),
    ],
    [
      "escaped for a page",
      "it is the same as in",
      app(MESSAGE, '{ id, content: content.replaceAll("<", "&lt;"), date, author, recipient };'),
    ],
    [
      "details for the users of the example alone",
      "it is the same as in",
      app(
        MESSAGE,
        '{ id, content, date, author, recipient: recipient.id > 3 ? { ...recipient, name: "?" } : recipient };',
      ),
    ],
    [
      "users as they were when they were first seen",
      "it is the same as in",
      app(
        "const messagesWith =",
        "const seen = new Map<number, User>();\nconst atFirst = (user: User): User => seen.get(user.id) ?? (seen.set(user.id, user), user);\nconst messagesWith =",
      ),
      app(
        MESSAGE,
        "{ id, content, date, author: atFirst(author), recipient: atFirst(recipient) };",
      ),
    ],
  ]),
  ...faults(
    "15",
    [
      [
        "read before it is committed",
        "what cannot be committed is not answered 201",
        app("insertMessage.all(input) as [Message]", "[insertMessage.get(input)] as [Message]"),
      ],
    ],
    "07b",
  ),
];

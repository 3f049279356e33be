type NewUser = { name: string; email: string; nickname: string };

/** The users of the course's example data, in the order of their ids from 1. */
export const aliceBobAndCharlie: [NewUser, NewUser, NewUser] = [
  { name: "Alice Caroll", email: "alice@foo.com", nickname: "alice" },
  { name: "Bob Morane", email: "bob@foo.com", nickname: "bob" },
  { name: "Charlie Chaplin", email: "charlie@foo.com", nickname: "charlie" },
];

/** The messages of the course's example data, in the order of their ids from 1. */
export const exampleMessages = [
  { author_id: 1, recipient_id: 2, content: "trois petits chats" },
  { author_id: 2, recipient_id: 1, content: "chapeau de paille" },
  { author_id: 1, recipient_id: 2, content: "paillasson" },
  { author_id: 2, recipient_id: 1, content: "somnambule" },
  { author_id: 1, recipient_id: 2, content: "bulletin" },
  { author_id: 2, recipient_id: 1, content: "tintamarre" },
  { author_id: 2, recipient_id: 3, content: "not visible by 1" },
];

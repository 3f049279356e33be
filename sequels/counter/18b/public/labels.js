// @ts-check

/** What the button may say. Short enough for a round button on a phone. */
export const LABELS = [
  "Boop",
  "Do not feed",
  "Feed the counter",
  "Free clicks",
  "Go on, nobody looks",
  "Just one more",
  "Launch nothing",
  "Make it so",
  "More coffee",
  "Ouch",
  "Panic, politely",
  "Plus one",
  "Poke",
  "Pretty please",
  "Procrastinate",
  "Push for cake",
  "Squish",
  "This does something",
  "Tickle the server",
  "Wake it up",
];

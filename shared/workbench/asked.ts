import { z } from "zod";

/** What our own page may ask for; nothing else is run. */
export const Asked = z.union([
  z.strictObject({ verb: z.enum(["adopt", "try"]), step: z.string().max(10) }),
  z.strictObject({ verb: z.enum(["check", "hint", "compare", "solve", "next", "fill"]) }),
  /** A command of a step's lesson, word for word. */
  z.strictObject({ command: z.string().max(2000), step: z.string().max(10) }),
  z.strictObject({ app: z.enum(["start", "stop"]) }),
  z.strictObject({ stop: z.int() }),
]);
export type Asked = z.infer<typeof Asked>;

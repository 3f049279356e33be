import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import createError from "http-errors";

// What OWASP recommends: 19 MiB and two passes cost a guess more than a login.
const MEMORY = Number(process.env.HASH_MEMORY || 19_456);
const PASSES = 2;

/** So many hashes run at a time, and so many more wait. */
const AT_ONCE = 2;
const MOST_WAITING = 20;
let running = 0;
const waiting: (() => void)[] = [];

/** Does work in its turn: a crowd of logins must not take all threads and all memory. */
const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running < AT_ONCE) {
    running += 1;
  } else {
    if (waiting.length >= MOST_WAITING) {
      const headers = { "Retry-After": "5" };
      throw createError(429, "Too many are at the door: try again in 5 seconds", { headers });
    }
    // Whoever ends lets us go on, and so hands their place over.
    await new Promise<void>((goOn) => waiting.push(goOn));
  }
  try {
    return await work();
  } finally {
    const goOn = waiting.shift();
    if (goOn) goOn();
    else running -= 1;
  }
};

const derive = (password: string, salt: Buffer, memory: number, passes: number) =>
  inTurn(() =>
    promisify(argon2)("argon2id", {
      message: password,
      nonce: salt,
      memory,
      passes,
      parallelism: 1,
      tagLength: 32,
    }),
  );

/** What is stored: algorithm, parameters, salt and hash, in one text. */
const toText = (salt: Buffer, hash: Buffer) =>
  `argon2id$${MEMORY}$${PASSES}$${salt.toString("base64")}$${hash.toString("base64")}`;

/** What a password is compared with where nobody has the name: it costs as much time, and never fits. */
const UNKNOWN = toText(randomBytes(16), randomBytes(32));

/** Whether a password is the one that a stored text was made of. */
export const isPassword = async (password: string, stored = UNKNOWN): Promise<boolean> => {
  const [, memory, passes, salt = "", hash = ""] = stored.split("$");
  const bytes = Buffer.from(salt, "base64");
  const derived = await derive(password, bytes, Number(memory), Number(passes));
  // Compared to the end, also where the first byte differs: time must not tell.
  return timingSafeEqual(derived, Buffer.from(hash, "base64"));
};

/** Hashes a password with a salt of its own: two equal passwords do not look equal. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16);
  return toText(salt, await derive(password, salt, MEMORY, PASSES));
};

import { argon2, randomBytes } from "node:crypto";
import { promisify } from "node:util";

// What OWASP recommends: 19 MiB and two passes cost a guess more than a login.
const MEMORY = Number(process.env.HASH_MEMORY || 19_456);
const PASSES = 2;

const derive = (password: string, salt: Buffer, memory: number, passes: number) =>
  promisify(argon2)("argon2id", {
    message: password,
    nonce: salt,
    memory,
    passes,
    parallelism: 1,
    tagLength: 32,
  });

/** What is stored: algorithm, parameters, salt and hash, in one text. */
const toText = (salt: Buffer, hash: Buffer) =>
  `argon2id$${MEMORY}$${PASSES}$${salt.toString("base64")}$${hash.toString("base64")}`;

/** Hashes a password with a salt of its own: two equal passwords do not look equal. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16);
  return toText(salt, await derive(password, salt, MEMORY, PASSES));
};

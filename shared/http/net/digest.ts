import { createHash, randomBytes } from "node:crypto";
import { DIGEST } from "http-auth-utils";

const hashes: Record<string, string> = {
  MD5: "md5",
  SHA: "sha1",
  "SHA-256": "sha256",
  "SHA-512": "sha512",
};

/**
 * Answers a Digest challenge (RFC 7616; without `qop`, RFC 2069).
 *
 * @param challenge - the `WWW-Authenticate` header
 * @param clientNonce - random, given in tests only
 * @returns the Authorization header, or undefined for a challenge that cannot be answered
 */
export function answerDigest(
  challenge: string,
  request: { method: string; path: string },
  credentials: { user: string; password: string },
  clientNonce: string = randomBytes(8).toString("hex"),
): string | undefined {
  const [, rest] = /(?:^|,\s*)digest\s+(.*)$/is.exec(challenge) ?? [];
  if (!rest) return undefined;
  let fields: Partial<Record<string, string>>;
  try {
    fields = DIGEST.parseWWWAuthenticateRest(rest);
  } catch {
    return undefined;
  }
  const { realm = "", nonce = "", opaque, algorithm = "MD5", qop } = fields;
  const hash = hashes[algorithm.toUpperCase().replace(/-SESS$/, "")];
  const choices = qop?.split(",").map((each) => each.trim()) ?? [];
  if (!hash || (qop && !choices.includes("auth"))) return undefined;

  const digest = (...parts: string[]) => createHash(hash).update(parts.join(":")).digest("hex");
  const { user, password } = credentials;
  const isSession = /-SESS$/i.test(algorithm);
  const secret = digest(user, realm, password);
  const first = isSession ? digest(secret, nonce, clientNonce) : secret;
  const second = digest(request.method, request.path);
  const count = "00000001";
  const response = qop
    ? digest(first, nonce, count, clientNonce, "auth", second)
    : digest(first, nonce, second);

  const escaped = (text: string) => text.replaceAll(/["\\]/g, "\\$&");
  const answer = [
    `username="${escaped(user)}"`,
    `realm="${escaped(realm)}"`,
    `nonce="${nonce}"`,
    `uri="${request.path}"`,
    `response="${response}"`,
  ];
  if (opaque) answer.push(`opaque="${opaque}"`);
  if (fields.algorithm) answer.push(`algorithm="${algorithm}"`);
  if (qop) answer.push('qop="auth"', `nc=${count}`, `cnonce="${clientNonce}"`);
  return `Digest ${answer.join(", ")}`;
}

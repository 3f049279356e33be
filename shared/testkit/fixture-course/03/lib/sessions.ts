import { nanoid } from "nanoid";

// Kept in memory: who was here has to say so again after a restart.
const names = new Map<string, string>();
export const openSession = (name: string): string => {
  const token = nanoid();
  names.set(token, name);
  return token;
};
export const nameOf = (authorization = ""): string | undefined =>
  names.get(authorization.replace(/^Bearer /, ""));

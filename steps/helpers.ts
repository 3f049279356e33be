/** What the checks of this course share. */
import { randomBytes } from "node:crypto";

/** What a client sends to create a user. */
export type NewUser = { name: string; email: string; nickname: string };

/** A word that no app can know before. */
export const someWord = (): string => randomBytes(4).toString("hex");

/**
 * A user whom no app can know by heart.
 * @param given what matters to the test, in place of what is made up
 */
export const someUser = (given: Partial<NewUser> = {}): NewUser => {
  const word = someWord();
  return { name: `Dora ${word}`, email: `${word}@bar.org`, nickname: `dora-${word}`, ...given };
};

/** Such a user with letters, signs and spaces inside that an app has to keep as they are. */
export const strangeUser = (): NewUser => {
  const word = someWord();
  return {
    name: `Zoë  "${word}" O'Hara-李 <b> &lt; 🙂`,
    email: `Zoe.${word}+chat@Mail.Uni-${word}.example`,
    nickname: `zoë_${word} & <co>`,
  };
};

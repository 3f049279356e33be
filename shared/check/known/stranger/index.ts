import { rightAccounts } from "./right-accounts.ts";
import { rightChat } from "./right-chat.ts";
import { rightKept } from "./right-kept.ts";
import { rightMatching } from "./right-matching.ts";
import { wrongCookies } from "./wrong-cookies.ts";
import { wrongGroups } from "./wrong-groups.ts";
import { wrongLeaving } from "./wrong-leaving.ts";
import { wrongLimits } from "./wrong-limits.ts";
import { wrongLogin } from "./wrong-login.ts";
import { wrongMeeting } from "./wrong-meeting.ts";
import { wrongMessages } from "./wrong-messages.ts";
import { wrongNames } from "./wrong-names.ts";
import { wrongPages } from "./wrong-pages.ts";
import { wrongPasswords } from "./wrong-passwords.ts";
import { wrongRounds } from "./wrong-rounds.ts";
import { wrongSockets } from "./wrong-sockets.ts";
import { wrongStored } from "./wrong-stored.ts";
import { wrongTabs } from "./wrong-tabs.ts";

/** Apps that the checks have to accept, though they are written differently. */
export const rightApps = [...rightChat, ...rightMatching, ...rightAccounts, ...rightKept];

/** Apps that the checks have to refuse, each with a part of the promise that names its fault. */
export const wrongApps = [
  ...wrongPages,
  ...wrongMeeting,
  ...wrongLeaving,
  ...wrongRounds,
  ...wrongCookies,
  ...wrongTabs,
  ...wrongNames,
  ...wrongPasswords,
  ...wrongMessages,
  ...wrongLogin,
  ...wrongStored,
  ...wrongSockets,
  ...wrongLimits,
  ...wrongGroups,
];

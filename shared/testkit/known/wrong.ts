import { wrongDetails } from "./wrong-details.ts";
import { wrongErrors } from "./wrong-errors.ts";
import { wrongForm } from "./wrong-form.ts";
import { wrongLists } from "./wrong-lists.ts";
import { wrongLive } from "./wrong-live.ts";
import { wrongMessages } from "./wrong-messages.ts";
import { wrongPages } from "./wrong-pages.ts";
import { wrongRooms } from "./wrong-rooms.ts";
import { wrongRows } from "./wrong-rows.ts";
import { wrongStart } from "./wrong-start.ts";
import { wrongUsers } from "./wrong-users.ts";
import { wrongUsersApi } from "./wrong-users-api.ts";

/** Apps that a check has to refuse, in the order of the course. */
export const wrongApps = [
  ...wrongStart,
  ...wrongUsersApi,
  ...wrongUsers,
  ...wrongMessages,
  ...wrongLists,
  ...wrongDetails,
  ...wrongErrors,
  ...wrongPages,
  ...wrongForm,
  ...wrongRows,
  ...wrongRooms,
  ...wrongLive,
];

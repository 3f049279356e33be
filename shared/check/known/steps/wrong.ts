import { wrongAnswers } from "./wrong-answers.ts";
import { wrongCatchingUp } from "./wrong-catching-up.ts";
import { wrongContents } from "./wrong-contents.ts";
import { wrongDatabase } from "./wrong-database.ts";
import { wrongDetails } from "./wrong-details.ts";
import { wrongErrors } from "./wrong-errors.ts";
import { wrongForm } from "./wrong-form.ts";
import { wrongIds } from "./wrong-ids.ts";
import { wrongLists } from "./wrong-lists.ts";
import { wrongListsTo } from "./wrong-lists-to.ts";
import { wrongListsWith } from "./wrong-lists-with.ts";
import { wrongLive } from "./wrong-live.ts";
import { wrongMessages } from "./wrong-messages.ts";
import { wrongPages } from "./wrong-pages.ts";
import { wrongRooms } from "./wrong-rooms.ts";
import { wrongRows } from "./wrong-rows.ts";
import { wrongStart } from "./wrong-start.ts";
import { wrongUserIds } from "./wrong-user-ids.ts";
import { wrongUsers } from "./wrong-users.ts";
import { wrongUsersApi } from "./wrong-users-api.ts";
import { wrongUsersInput } from "./wrong-users-input.ts";
import { wrongUsersPage } from "./wrong-users-page.ts";
import { wrongUsersStored } from "./wrong-users-stored.ts";
import { wrongUsersTexts } from "./wrong-users-texts.ts";

/** Apps that a check has to refuse, in the order of the course. */
export const wrongApps = [
  ...wrongStart,
  ...wrongDatabase,
  ...wrongUsersApi,
  ...wrongUsersInput,
  ...wrongUsersTexts,
  ...wrongUsersStored,
  ...wrongUsers,
  ...wrongUsersPage,
  ...wrongUserIds,
  ...wrongMessages,
  ...wrongContents,
  ...wrongIds,
  ...wrongLists,
  ...wrongListsTo,
  ...wrongListsWith,
  ...wrongDetails,
  ...wrongErrors,
  ...wrongPages,
  ...wrongForm,
  ...wrongRows,
  ...wrongAnswers,
  ...wrongRooms,
  ...wrongLive,
  ...wrongCatchingUp,
];

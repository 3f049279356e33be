import { rightEarly } from "./right-early.ts";
import { rightLate } from "./right-late.ts";
import { wrongEarly } from "./wrong-early.ts";
import { wrongLate } from "./wrong-late.ts";

/** Apps that the checks have to accept, though they are written differently. */
export const rightApps = [...rightEarly, ...rightLate];

/** Apps that the checks have to refuse, each with a part of the promise that names its fault. */
export const wrongApps = [...wrongEarly, ...wrongLate];

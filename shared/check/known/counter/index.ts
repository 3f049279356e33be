import { rightImages, wrongImages } from "./image.ts";
import { rightApps as earlier } from "./right.ts";
import { moreRightApps } from "./right-more.ts";
import { ownRightApps } from "./right-own.ts";
import { wrongCounting } from "./wrong-counting.ts";
import { wrongEarly } from "./wrong-early.ts";
import { wrongLate } from "./wrong-late.ts";
import { wrongMore } from "./wrong-more.ts";

/** Apps that the checks have to accept, though they are written differently. */
export const rightApps = [...earlier, ...moreRightApps, ...ownRightApps, ...rightImages];

/** Apps that the checks have to refuse, each with a part of the promise that names its fault. */
export const wrongApps = [
  ...wrongEarly,
  ...wrongCounting,
  ...wrongLate,
  ...wrongMore,
  ...wrongImages,
];

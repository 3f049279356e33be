/** Whole seconds since 1970 began, in UTC. */
export const now = () => Math.floor(Date.now() / 1000);
/** When the day of a time began: days have 86,400 seconds, and begin at 00:00 UTC. */
export const dayStart = (time: number) => time - (time % 86_400);
/** When the hour of a time began. */
export const hourStart = (time: number) => time - (time % 3600);

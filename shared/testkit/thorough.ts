/**
 * Whether to take all cases of what needs minutes of processor time: on a build server, and with
 * THOROUGH=1. Else `npm test` takes a part of them, and its tests say so.
 */
export const isThorough = Boolean(process.env.CI || process.env.THOROUGH);

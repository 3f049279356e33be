/**
 * How long, in ms, a check waits for what has to happen. Generous, because a slow machine is no
 * fault of the app; CHECK_PATIENCE shortens it where failure is what is expected.
 */
export const patience = Number(process.env.CHECK_PATIENCE || 20_000);

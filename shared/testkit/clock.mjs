// Loaded into an app whose clock a check moves: Date is ahead of the real time by what the check
// says over IPC, as { clock: ms }. Timers are not, and neither is what SQLite calls now.
let ahead = Number(new URL(import.meta.url).searchParams.get("ahead"));

const RealDate = Date;
const realNow = Date.now;
const now = () => realNow() + ahead;
RealDate.now = now;
// Not a class of its own: dates that Node itself makes have to be instances of it, too.
globalThis.Date = new Proxy(RealDate, {
  apply: () => new RealDate(now()).toString(),
  construct: (target, values, made) =>
    Reflect.construct(target, values.length === 0 ? [now()] : values, made),
});
RealDate.prototype.constructor = Date;

// A command such as tsx passes messages on to the process that runs the app: that one answers.
if (process.argv[1]?.endsWith("app.ts")) {
  process.on("message", (message) => {
    if (typeof message?.clock !== "number") return;
    ahead = message.clock;
    process.send?.({ clock: ahead });
  });
  // To listen to the check is no reason to stay.
  process.channel?.unref();
}

import type { Page } from "playwright-core";
import type { Socket } from "socket.io-client";
import type { App } from "../testkit/app.ts";
import { ask, connectSocket } from "../testkit/socket.ts";
import { type CoursePicture, lookOf, type Scene } from "./course-picture.ts";

/** When the picture is taken, by all clocks. */
const NOW = new Date("2026-03-05T14:32:00.000Z");
const HOUR = 3_600_000;

/** Who is here beside Alice, whose page is shown. */
const HERE = ["Bob", "Charlie", "Dora", "Emil", "Fatima", "Grace"] as const;

/**
 * How often these have pressed before today's example data, and how many hours later others did:
 * within 48 hours. No connection presses more often than it may at once.
 */
const BEFORE = [
  { clicks: 7, pause: 1 },
  { clicks: 14, pause: 1 },
  { clicks: 10, pause: 2 },
  { clicks: 18, pause: 14 },
  { clicks: 7, pause: 1 },
  { clicks: 20, pause: 2 },
  { clicks: 12, pause: 3 },
  { clicks: 4, pause: 22 },
];
const FIRST = BEFORE.reduce((hours, { pause }) => hours + pause, 0);

/** What they say while the picture is taken. */
const LIVE = [
  { user: "Bob", comment: "who is the fastest?", style: "blue" },
  { user: "Dora", comment: "me", style: "purple" },
  { user: "Fatima", comment: "says who?", style: "yellow" },
] as const;

/** The finished counter: the button while others press it, and the page of statistics. */
export const COUNTER: CoursePicture = {
  course: "sequels/counter",
  file: "sequels/counter/README.png",
  drawing: ["counter.ts"],
  async take(scene) {
    const { app, fill } = scene;
    const sockets = await Promise.all(HERE.map(() => connect(app)));
    try {
      // From here on, its clock is told by how much it goes on.
      await app.moveClock(NOW.getTime() - FIRST * HOUR - Date.now());
      await pressBefore(app, sockets);
      await fill();
      const button = await pressLive(scene, sockets);
      const statistics = await openStatistics(scene);
      return [
        { title: "One button", png: await button.screenshot() },
        { title: "Statistics", png: await statistics.screenshot() },
      ];
    } finally {
      for (const socket of sockets) socket.close();
    }
  },
};

const connect = (app: App) => connectSocket(app.url, { path: "/api/socket.io" });

async function pressBefore(app: App, sockets: readonly Socket[]): Promise<void> {
  let turn = 0;
  for (const { clicks, pause } of BEFORE) {
    for (let click = 0; click < clicks; click++, turn++) {
      const at = turn % sockets.length;
      await press(sockets[at] as Socket, { user: HERE[at] as string });
    }
    await app.moveClock(pause * HOUR);
  }
}

async function press(socket: Socket, click: { user: string; comment?: string; style?: string }) {
  const answer = await ask(socket, "click", click);
  if (Object.keys(answer as object).length > 0) throw new Error(JSON.stringify(answer));
}

/** Alice's page, on which she has pressed, and the others after her. */
async function pressLive({ app, browser }: Scene, sockets: readonly Socket[]): Promise<Page> {
  const page = await browser.newPage(lookOf(640));
  await page.addInitScript(STILL);
  await page.clock.install({ time: NOW });
  await page.goto(app.url);
  await page.locator("#button[aria-disabled=false]").waitFor();
  await page.locator("#name").fill("Alice");
  await page.locator("#button").click();
  await page.locator("#session", { hasText: "1" }).waitFor();
  // What has been told so far fades; then no time goes by on the page.
  await page.clock.pauseAt(5000 + (await page.evaluate(() => Date.now())));
  for (const click of LIVE) await press(sockets[HERE.indexOf(click.user)] as Socket, click);
  await ask(sockets[0] as Socket, "event", { user: HERE[0], name: "confetti" });
  await page.locator("#toasts li", { hasText: "sends confetti" }).waitFor();
  await page.evaluate("scrollTo(0, 0)");
  // Rings are drawn by a timer.
  await page.clock.runFor(100);
  // What was moved while it was shown may lie between two pixels: it is drawn anew, in its place.
  await page.locator("#toasts").evaluate((list) => {
    list.style.display = "none";
    list.getBoundingClientRect();
    list.style.display = "";
  });
  return page;
}

/** Stops what moves in the middle of its way, and lets chance be the same each time. */
const STILL = `
  let seed = 1;
  Math.random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  const { animate } = Element.prototype;
  Element.prototype.animate = function (...given) {
    const animation = animate.apply(this, given);
    animation.pause();
    animation.currentTime = 1200;
    return animation;
  };
  addEventListener("DOMContentLoaded", () => {
    const style = document.createElement("style");
    style.textContent = "#rings span { animation-play-state: paused; animation-delay: -0.3s }";
    document.head.append(style);
  });
`;

/** The page of statistics, from its first chart on. */
async function openStatistics({ app, browser }: Scene): Promise<Page> {
  const page = await browser.newPage(lookOf(640));
  await page.clock.setFixedTime(NOW);
  await page.goto(`${app.url}/statistics.html`);
  await page.locator("#users tbody tr").first().waitFor();
  await page
    .locator("h2")
    .first()
    .evaluate((heading) => heading.scrollIntoView());
  return page;
}

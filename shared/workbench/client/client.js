// @ts-check
/**
 * What the workbench adds to a page of the website: buttons in the lesson, and a dock below with the
 * running application, the check, and the log. All of it is told by the server as it happens, so
 * what is done in a terminal shows here, too.
 */

/**
 * @typedef {{ state: "here" | "elsewhere" | "stopped" | "foreign", note?: string, version?: string, port: number }} App
 * @typedef {{ done: "read" | "tried" | "solved", changed: string[] }} Done
 * @typedef {{ adopted?: string, other?: string, isOwn: boolean, steps: Record<string, Done>, problem?: string, app: App }} State
 */

const script = /** @type {HTMLScriptElement} */ (document.querySelector("script[data-token]"));
const token = script.dataset.token ?? "";
const course = script.dataset.course;
const page = document.documentElement.dataset;
/** The website may hold other courses, whose steps have the same names: they are only read here. */
const isOther = page.course !== undefined && page.course !== course;
const step = isOther ? undefined : page.step;

/**
 * @param {string} tag
 * @param {Record<string, string>} [attributes]
 * @param {(Node | string)[]} children
 */
const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
/** @param {string} label @param {() => unknown} act @param {Record<string, string>} [attributes] */
const button = (label, act, attributes = {}) => {
  const element = /** @type {HTMLButtonElement} */ (
    make("button", { type: "button", class: "wb-button", ...attributes }, label)
  );
  element.addEventListener("click", act);
  return element;
};

// --- what can be asked ---

/** Jobs whose output has a place of its own: the others' goes to the panel of the check. */
const places = /** @type {Map<number, HTMLElement>} */ (new Map());
const said = make("p", { class: "wb-said", role: "status" });

/**
 * @param {object} asked what to do, as the server knows it
 * @returns {Promise<{ id?: number } | undefined>} nothing where it was refused; why is said
 */
const ask = async (asked) => {
  try {
    const response = await fetch("/workbench/run", {
      method: "POST",
      headers: { "content-type": "application/json", "x-workbench-token": token },
      body: JSON.stringify(asked),
    });
    const answer = await response.json();
    if (response.ok) return answer;
    said.textContent = answer.error;
  } catch {
    said.textContent = "The workbench does not answer: is it still running in its terminal?";
  }
  return undefined;
};

/** @param {object} asked */
const askAndShow = async (asked) => {
  open("check");
  output.textContent = "";
  await ask(asked);
};

// --- the dock ---

const output = make("pre", {
  class: "wb-output",
  role: "log",
  tabindex: "0",
  "aria-label": "Results",
});
const log = make("pre", {
  class: "wb-output",
  role: "log",
  "aria-live": "off",
  tabindex: "0",
  "aria-label": "Log of the server",
});
const frames = make("div", { class: "wb-frames" });
const appNote = make("p", { class: "wb-note" });
const startButton = button("Start the application", () => ask({ app: "start" }));
const stopButton = button("Stop it", () => ask({ app: "stop" }));
const fillButton = button("Send the example data", () => askAndShow({ verb: "fill" }));
const reloadButton = button("Reload", () => showFrames(true));
const adoptButton = button("Adopt this step", () => askAndShow({ verb: "adopt", step }));
const tryButton = button("Write it yourself", () => askAndShow({ verb: "try", step }));
const checkButton = button("Check", () => askAndShow({ verb: "check" }));
const hintButton = button("Hint", () => askAndShow({ verb: "hint" }));
const compareButton = button("Compare", () => askAndShow({ verb: "compare" }));
const solveButton = button("Take our files", () => askAndShow({ verb: "solve" }));
const nextButton = button("On to the next", () => askAndShow({ verb: "next" }));

const panels = {
  app: make(
    "div",
    {},
    make("div", { class: "wb-tools" }, startButton, stopButton, fillButton, reloadButton, appNote),
    frames,
  ),
  check: make(
    "div",
    {},
    make(
      "div",
      { class: "wb-tools" },
      checkButton,
      hintButton,
      compareButton,
      solveButton,
      nextButton,
    ),
    output,
  ),
  log: make("div", {}, log),
};
const names = { app: "Application", check: "Check", log: "Log" };
/** @typedef {keyof typeof panels} Panel */

const tabs = /** @type {Record<Panel, HTMLElement>} */ ({});
const tabList = make("div", { role: "tablist", "aria-label": "Workbench", class: "wb-tabs" });
const dock = make("section", { id: "wb-dock", "aria-label": "Workbench" }, said, tabList);

for (const name of /** @type {Panel[]} */ (Object.keys(panels))) {
  const panel = panels[name];
  const tab = button(names[name], () => (dock.dataset.open === name ? close() : open(name)), {
    role: "tab",
    id: `wb-tab-${name}`,
    class: "wb-tab",
    "aria-controls": `wb-panel-${name}`,
  });
  tabs[name] = tab;
  tabList.append(tab);
  panel.id = `wb-panel-${name}`;
  panel.className = "wb-panel";
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", tab.id);
  dock.append(panel);
}
tabList.addEventListener("keydown", (event) => {
  const all = /** @type {Panel[]} */ (Object.keys(tabs));
  const at = all.findIndex((name) => tabs[name] === document.activeElement);
  const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (at < 0 || move === undefined) return;
  // The keys of the page turn to the next step.
  event.stopPropagation();
  const to = all[(at + move + all.length) % all.length] ?? "app";
  tabs[to].focus();
  open(to);
});

/** @param {Panel | undefined} name */
const show = (name) => {
  dock.dataset.open = name ?? "";
  for (const each of /** @type {Panel[]} */ (Object.keys(panels))) {
    panels[each].hidden = each !== name;
    tabs[each].setAttribute("aria-selected", String(each === name));
    tabs[each].tabIndex = each === (name ?? "app") ? 0 : -1;
  }
  document.documentElement.style.setProperty("--wb-space", `${dock.offsetHeight}px`);
  sessionStorage.setItem("workbench", name ?? "");
};
/** @param {Panel} name */
const open = (name) => show(name);
const close = () => show(undefined);

/** @param {HTMLElement} place @param {string} text */
const print = (place, text) => {
  const atEnd = place.scrollTop + place.clientHeight > place.scrollHeight - 40;
  place.append(text);
  if (atEnd) place.scrollTop = place.scrollHeight;
};

// --- the application beside the lesson ---

/** @type {State | undefined} */
let state;
/** @type {string[]} */
let views = ["/"];
let shown = "";

/** @param {string} id @returns {Promise<{ commands: string[], views: string[] }>} */
const askStep = async (id) => {
  const response = await fetch(`/workbench/step?id=${id}`, {
    headers: { "x-workbench-token": token },
  });
  return response.ok ? await response.json() : { commands: [], views: ["/"] };
};

/** @param {boolean} [again] also when the same step runs as before */
const showFrames = (again = false) => {
  const app = state?.app;
  const isUp = state?.other === undefined && (app?.state === "here" || app?.state === "elsewhere");
  const now =
    isUp && !app.note ? JSON.stringify([app.version, state?.adopted, state?.isOwn, views]) : "";
  if (now === shown && !again) return;
  shown = now;
  frames.replaceChildren(
    ...(now === "" ? [] : views).map((path) => {
      const url = `http://localhost:${app?.port}${path}`;
      const link = make("a", { href: url, target: "_blank", rel: "noreferrer" }, path);
      const frame = make("iframe", { src: url, title: `The application: ${path}` });
      return make("figure", {}, make("figcaption", {}, link), frame);
    }),
  );
};

/** @param {State} now */
const appSentence = (now) => {
  const { app } = now;
  const what = app.version === undefined ? "the application" : `step ${app.version}`;
  const own = now.isOwn ? ", your own" : "";
  if (app.state === "here") return app.note ?? `Running: ${what}${own}, on port ${app.port}.`;
  if (app.state === "elsewhere")
    return `Running in a terminal: ${what}${own}, on port ${app.port}; its log is there.`;
  if (app.state === "stopped") return `Nothing answers on port ${app.port}.`;
  return app.note ?? "";
};

// --- where the learner is ---

const marks = { read: "read", tried: "tried", solved: "solved" };

const markSteps = () => {
  for (const link of document.querySelectorAll("a[href]")) {
    const list = link.closest("nav, aside, [data-steps]");
    const [, name, id] =
      /\/([^/]+)\/(\d\d[a-z]?)\/?(?:index\.html)?$/.exec(
        new URL(/** @type {HTMLAnchorElement} */ (link).href).pathname,
      ) ?? [];
    if (list === null || name !== course || id === undefined || link.getAttribute("rel")) continue;
    link.querySelector(".wb-mark")?.remove();
    const done = state?.steps[id];
    const words = [
      ...(state?.adopted === id ? ["adopted"] : []),
      ...(done ? [marks[done.done]] : []),
      ...(done?.changed.length ? ["changed since"] : []),
    ];
    if (words.length === 0) continue;
    const sign = `${state?.adopted === id ? "●" : ""}${done?.done === "solved" ? "✓" : ""}`;
    const mark = make("span", { class: "wb-mark", title: words.join(", ") }, sign || "·");
    mark.append(make("span", { class: "wb-hidden" }, ` ${words.join(", ")}`));
    link.append(mark);
  }
};

const bar = document.querySelector("#workbench");
const where = make("span", { class: "wb-where", role: "status" });

/** What is told where this page, or what is adopted, is of another course. @param {State} now */
const otherCourse = (now) => {
  if (isOther) return `This workbench works on the course ${course}: the buttons are on its pages.`;
  if (now.other === undefined) return undefined;
  const folder = now.other.replace(/\/[^/]*$/, "");
  return `Adopted: ${now.other}, of another course (npm run workbench -- --course ${folder})`;
};

/** @param {State} now */
const update = async (now) => {
  const before = state?.adopted;
  state = now;
  const isHere = now.adopted === step && !now.isOwn;
  adoptButton.disabled = isHere;
  adoptButton.textContent = isHere ? `Step ${step} is adopted` : `Adopt step ${step}`;
  const isTried = now.adopted === step && now.isOwn;
  tryButton.disabled = isTried;
  tryButton.textContent = isTried ? "You are writing it" : "Write it yourself";
  for (const each of [checkButton, hintButton, compareButton, solveButton])
    each.disabled = !now.isOwn;
  const other =
    now.adopted === undefined || now.adopted === step ? "" : `Adopted: step ${now.adopted}`;
  where.textContent = now.problem ?? otherCourse(now) ?? other;
  appNote.textContent = appSentence(now);
  startButton.hidden = now.app.state !== "stopped";
  stopButton.hidden = now.app.state !== "here";
  fillButton.hidden = now.app.state === "stopped" || now.app.state === "foreign";
  reloadButton.hidden = fillButton.hidden;
  markSteps();
  if (now.adopted !== undefined && (now.adopted !== before || views.length === 0))
    views = (await askStep(now.adopted)).views;
  if (state === now) showFrames();
};

// --- the lesson's commands ---

const addRunButtons = async () => {
  if (step === undefined) return;
  const { commands } = await askStep(step);
  for (const found of document.querySelectorAll("[data-command]")) {
    const block = /** @type {HTMLElement} */ (found);
    const lines = (block.dataset.command ?? "").split("\n");
    const own = lines.map((line) => line.trim()).filter((line) => commands.includes(line));
    for (const command of own) {
      const answer = make("pre", {
        class: "wb-answer",
        role: "log",
        tabindex: "0",
        "aria-label": `Answer of ${command}`,
      });
      answer.hidden = true;
      const run = button(own.length > 1 ? `Run: ${command}` : "Run", async () => {
        answer.hidden = false;
        answer.textContent = "";
        const job = await ask({ command, step });
        if (job?.id !== undefined) adopt(job.id, answer);
      });
      if (own.length === 1) run.setAttribute("aria-label", `Run: ${command}`);
      block.after(make("div", { class: "wb-run" }, run, answer));
    }
  }
};

/** What a job printed before its place was known. @type {Map<number, string>} */
const early = new Map();
/** The jobs that send the example data. @type {Set<number>} */
const fills = new Set();
/** @param {number} id @param {HTMLElement} place */
const adopt = (id, place) => {
  places.set(id, place);
  place.append(early.get(id) ?? "");
};

// --- what the server tells ---

const listen = () => {
  const source = new EventSource(`/workbench/events?token=${encodeURIComponent(token)}`);
  /** @template T @param {string} name @param {(data: T) => void} act */
  const on = (name, act) => source.addEventListener(name, (event) => act(JSON.parse(event.data)));
  let isNew = true;
  on("state", (/** @type {State} */ now) => {
    // After the workbench was started anew, or the computer slept.
    if (isNew) log.textContent = "";
    isNew = false;
    update(now);
  });
  on("log", (/** @type {string} */ text) => print(log, text));
  on(
    "started",
    (/** @type {{ id: number, title: string, isVerb: boolean }} */ { id, title, isVerb }) => {
      // Before it, the pages of users are not there yet.
      if (title.endsWith("version.sh fill")) fills.add(id);
      if (!isVerb) return;
      places.set(id, output);
      print(output, `$ ${title}\n`);
    },
  );
  on("printed", (/** @type {{ id: number, text: string }} */ { id, text }) => {
    const place = places.get(id);
    if (place) print(place, text);
    else early.set(id, (early.get(id) ?? "") + text);
  });
  on("ended", (/** @type {{ id: number, code: number | null }} */ { id, code }) => {
    const place = places.get(id);
    const end =
      code === 0 ? "" : `(ended with ${code === null ? "a signal" : `exit code ${code}`})\n`;
    if (place) print(place, end);
    else early.set(id, (early.get(id) ?? "") + end);
    if (fills.delete(id)) showFrames(true);
  });
  source.addEventListener("error", () => {
    isNew = true;
    said.textContent =
      source.readyState === EventSource.CLOSED
        ? "The workbench was started anew: load this page again."
        : "The workbench does not answer: is it still running in its terminal?";
  });
  source.addEventListener("open", () => {
    said.textContent = "";
  });
};
// The lessons are written for the usual port of the course.
const usual = `http://localhost:${script.dataset.port}`;
for (const found of isOther ? [] : document.querySelectorAll(`a[href^="${usual}"]`)) {
  const link = /** @type {HTMLAnchorElement} */ (found);
  link.port = script.dataset.app ?? link.port;
}
document.body.append(dock);
if (bar instanceof HTMLElement) {
  bar.hidden = false;
  bar.append(...(step === undefined ? [] : [adoptButton, tryButton]), where);
}
const kept = sessionStorage.getItem("workbench");
show(kept === "app" || kept === "check" || kept === "log" ? kept : undefined);
addRunButtons();
listen();

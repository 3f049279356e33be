/** What a check needs: the app under test, started afresh; requests, sockets, a browser. */
export { type App, type Start, startApp } from "./app.ts";
export { browserTest, openBrowser } from "./browser.ts";
export { findBrowser } from "./browser-program.ts";
export { eventually } from "./eventually.ts";
export { aliceBobAndCharlie, exampleMessages } from "./examples.ts";
export { freePort } from "./free-port.ts";
export { type Answer, request } from "./request.ts";
export { SocketRefused, sayWho, untilRead } from "./socket.ts";
export { isBefore, type Target, target } from "./target.ts";
export { useApp } from "./use-app.ts";

/** What a check needs: the app under test, started afresh; requests, sockets, a browser. */
export type { App, Start } from "./app.ts";
export { browserTest, openBrowser } from "./browser.ts";
export { findBrowser } from "./browser-program.ts";
export { commandOf, readDockerfile } from "./dockerfile.ts";
export { eventually } from "./eventually.ts";
export { freePort } from "./free-port.ts";
export { type Image, makeImage } from "./image.ts";
export { type ImageRule, imageFaults } from "./image-faults.ts";
export { type Answer, request } from "./request.ts";
export type { Serve, Server } from "./server.ts";
export { ask, type Connecting, SocketRefused, untilRead } from "./socket.ts";
export { startApp } from "./start-of.ts";
export { isBefore, type Target, target } from "./target.ts";
export { useApp } from "./use-app.ts";
export type { Visitor } from "./visitor.ts";
export { openWebSocket, type RawConnecting, type RawSocket } from "./web-socket.ts";

import { expect, test } from "vitest";
import { readDockerfile, settingsIn, wordsOf } from "./dockerfile.ts";
import { imageFaults } from "./image-faults.ts";

const FILES = new Map([
  ["app.ts", ""],
  ["package.json", ""],
  ["lib/store.ts", ""],
]);

const RIGHT = `FROM node:26-slim
USER node
WORKDIR /home/node
COPY --chown=node:node app.ts package.json ./
COPY lib ./lib
VOLUME /home/node/instance
ENV PORT=80 HOST=0.0.0.0
CMD ["node", "app.ts"]
`;
const faultsOf = (text: string, files = FILES) =>
  imageFaults(readDockerfile(text), files, "26").map(
    ({ rule, line, what }) => `${rule} ${line}: ${what}`,
  );

test.for([
  ["as it should be", RIGHT, RIGHT],
  ["the exact version", "node:26-slim", "node:26.10.0 AS image"],
  [
    "another stage before",
    "FROM node:26-slim",
    "FROM debian:13 AS other\nRUN make\nFROM node:26-slim",
  ],
  ["what comes from another stage", "COPY lib ./lib", "COPY --from=other /made ./made"],
  ["a list of sources", "COPY lib ./lib", 'COPY ["lib", "./lib"]'],
  ["a volume from where the app is", "VOLUME /home/node/instance", "VOLUME instance/"],
  ["a list of volumes", "VOLUME /home/node/instance", 'VOLUME ["/home/node/instance"]'],
  ["a number for a user", "USER node", "USER 1000:1000"],
  ["the whole path of node", '["node", "app.ts"]', '["/usr/local/bin/node", "app.ts"]'],
  ["both", 'CMD ["node", "app.ts"]', 'ENTRYPOINT ["node"]\nCMD ["app.ts"]'],
  ["an entry point", 'CMD ["node", "app.ts"]', 'ENTRYPOINT ["node", "app.ts"]'],
] as const)("%s: nothing is wrong", ([, from, to]) => {
  expect(faultsOf(RIGHT.replace(from, to))).toEqual([]);
});

test.for([
  ["FROM node:26-slim", "FROM node:2", "node 1: starts from node:2"],
  ["FROM node:26-slim", "FROM node:260", "node 1: starts from node:260"],
  ["FROM node:26-slim", "FROM node:lts", "node 1: starts from node:lts"],
  ["FROM node:26-slim", "FROM node:26 AS made\nFROM alpine", "node 2: starts from alpine"],
  ["COPY lib ./lib", "COPY lib views ./", "copy 5: copies views, which is not there"],
  ["COPY lib ./lib", "COPY ../lib ./lib", "copy 5: copies ../lib, which is not there"],
  ["COPY lib ./lib", "COPY . .", "copy 5: copies ., and with it the data of this machine"],
  ["USER node\n", "", "user 7: no USER: the app runs as root"],
  ["CMD", "USER root\nCMD", "user 8: the app runs as root"],
  ["CMD", "USER 0:0\nCMD", "user 8: the app runs as root"],
  ["VOLUME /home/node/instance\n", "", "volume 7: no VOLUME: the data is gone with the container"],
  [
    "VOLUME /home/node/instance",
    "VOLUME /home/node/instance/counter.db",
    "volume 6: the volume is /home/node/instance/counter.db: SQLite's -wal and -shm lie beside that file, and outside of it",
  ],
  [
    "VOLUME /home/node/instance",
    "VOLUME /data",
    "volume 6: the volume is /data, where the app keeps nothing",
  ],
  ["PORT=80", "API_KEY=abc", "secret 7: API_KEY would stand in the image, for all who have it"],
  [
    "ENV",
    "ARG db_password\nENV",
    "secret 7: db_password would stand in the image, for all who have it",
  ],
  [
    '["node", "app.ts"]',
    "node app.ts",
    "command 8: CMD is a line for a shell, which gets the SIGTERM in place of the app",
  ],
  [
    '["node", "app.ts"]',
    "['node', 'app.ts']",
    "command 8: CMD is a line for a shell, which gets the SIGTERM in place of the app",
  ],
  [
    '["node", "app.ts"]',
    '["npm", "start"]',
    "command 8: CMD starts npm, which gets the SIGTERM in place of the app",
  ],
  ['CMD ["node", "app.ts"]\n', "", "command 7: no CMD: Docker does not know what to start"],
] as const)("%j, made to %j, is told: %s", ([from, to, told]) => {
  expect(faultsOf(RIGHT.replace(from, to))).toEqual([told]);
});

test("all may be copied where .dockerignore names the data", () => {
  const text = RIGHT.replace("COPY lib ./lib", "COPY . .");
  const ignoring = (ignored: string) => new Map([...FILES, [".dockerignore", ignored]]);
  expect(faultsOf(text, ignoring("node_modules\ninstance/\n"))).toEqual([]);
  expect(faultsOf(text, ignoring("node_modules\n"))).toHaveLength(1);
});

test("lines that go on, comments between them, flags and lists are read", () => {
  const text = `# syntax=docker/dockerfile:1
from node:26
RUN npm ci \\
    # why

    --omit=dev
HEALTHCHECK --interval=30s --timeout=3s CMD ["node", "-e", "1"]
ENV PORT=80 TEXT="two words"
ENV OLD one two
COPY ["with space", "./"]`;
  const read = readDockerfile(text);
  expect(read).toMatchObject([
    { name: "FROM", line: 2, text: "node:26" },
    { name: "RUN", line: 3, text: "npm ci --omit=dev", list: undefined },
    { name: "HEALTHCHECK", flags: { interval: "30s", timeout: "3s" } },
    { name: "ENV", line: 8 },
    {},
    { list: ["with space", "./"] },
  ]);
  expect(read.slice(3, 5).map(settingsIn)).toEqual([
    [
      ["PORT", "80"],
      ["TEXT", "two words"],
    ],
    [["OLD", "one two"]],
  ]);
  expect(read.slice(5).map(wordsOf)).toEqual([["with space", "./"]]);
});

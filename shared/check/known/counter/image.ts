import { app, type Edit, faults, right } from "../table.ts";

const dockerfile = (from: string, to: string): Edit => ["Dockerfile", from, to];
const manifest = (from: string, to: string): Edit => ["package.json", from, to];
const COMMAND = 'CMD ["node", "app.ts"]';

/** 18b: images that the check has to accept. */
export const rightImages = [
  ...right(
    "another base, another folder, data from there",
    "18b",
    dockerfile("FROM node:26-slim", "FROM node:26-alpine"),
    dockerfile("WORKDIR /home/node", "WORKDIR /home/node/counter"),
    dockerfile("VOLUME /home/node/instance", "VOLUME instance"),
  ),
  ...right(
    "an entry point, and settings one by one",
    "18b",
    dockerfile(COMMAND, 'ENTRYPOINT ["node"]\nCMD ["app.ts"]'),
    dockerfile(
      "ENV NODE_ENV=production HOST=0.0.0.0 PORT=80 APP_VERSION=$VERSION",
      "ENV NODE_ENV=production\nENV HOST=::\nENV PORT=80\nENV APP_VERSION=$" + "{VERSION}",
    ),
  ),
  ...right(
    "code before packages, and more options of npm",
    "18b",
    dockerfile("RUN npm ci --omit=dev --ignore-scripts\n", ""),
    dockerfile("RUN mkdir instance", "RUN npm ci --no-audit \\\n  --omit=dev\nRUN mkdir instance"),
  ),
];

/** 18b: images that it has to refuse. */
export const wrongImages = faults("18b", [
  ["a line for a shell", "without a shell", dockerfile(COMMAND, "CMD node app.ts")],
  ["npm between", "without a shell", dockerfile(COMMAND, 'CMD ["npm", "start"]')],
  [
    "the volume is the file",
    "not a file in it",
    dockerfile("VOLUME /home/node/instance", "VOLUME /home/node/instance/counter.db"),
  ],
  ["no volume", "the folder of the data", dockerfile("VOLUME /home/node/instance\n", "")],
  ["root", "does not run as root", dockerfile("USER node\n", "")],
  ["root at the end", "does not run as root", dockerfile(COMMAND, `USER root\n${COMMAND}`)],
  ["the port of the course", "on port 80", dockerfile("PORT=80", "PORT=5001")],
  ["the container's own address", "of all addresses", dockerfile("HOST=0.0.0.0 ", "")],
  ["development", "it is production", dockerfile("NODE_ENV=production ", "")],
  ["another Node", "that the course has", dockerfile("FROM node:26-slim", "FROM node:22-slim")],
  [
    "all is copied",
    "data of this machine",
    dockerfile("COPY --chown=node:node lib ./lib", "COPY . ."),
  ],
  ["pages that are elsewhere", "is there", dockerfile("lib ./lib", "views ./views")],
  ["without its modules", "is enough", dockerfile("COPY --chown=node:node lib ./lib\n", "")],
  ["a secret", "no secret", dockerfile("EXPOSE 80", "ENV ADMIN_PASSWORD=letmein")],
  ["any versions", "as the lock says", dockerfile("npm ci", "npm install")],
  ["a range of versions", "exact versions", manifest('"zod": "', '"zod": "^')],
  ["a package is missing", "its lock has the same", manifest('    "uplot": "1.6.32",\n', "")],
  [
    "healthy, whatever happens",
    "is enough",
    dockerfile("process.exit(ok ? 0 : 1))", "process.exit(0), () => process.exit(0))"),
  ],
  [
    "asked at another port",
    "is healthy",
    dockerfile("$" + "{process.env.PORT}/healthz", "5001/healthz"),
  ],
  ["a version by heart", "built with", app("process.env.APP_VERSION || ", "")],
  ["everybody is believed", "TRUST_PROXY", app('process.env.TRUST_PROXY || "loopback"', "true")],
  [
    "the proxy of this machine alone",
    "TRUST_PROXY",
    app('process.env.TRUST_PROXY || "loopback"', '"loopback"'),
  ],
]);

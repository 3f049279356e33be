import { posix } from "node:path";
import { type Instruction, settingsIn, wordsOf } from "./dockerfile.ts";

/** What is wrong with a Dockerfile, where, and how to mend it. */
export type ImageFault = { rule: ImageRule; line: number; what: string; cure: string };
export type ImageRule = "node" | "copy" | "user" | "volume" | "secret" | "command";

type Files = ReadonlyMap<string, string | undefined>;

/** Where an app keeps its data, in its own folder. */
const DATA = "instance";

/**
 * What is wrong with a Dockerfile as far as it can be said without Docker.
 * @param files what lies beside it, by the path, and its text where that is one
 * @param node the major version that the app is written for
 */
export const imageFaults = (
  instructions: readonly Instruction[],
  files: Files,
  node: string,
): ImageFault[] => {
  const of = (name: string) => instructions.filter((it) => it.name === name);
  const end = instructions.at(-1)?.line ?? 1;
  return [
    ...wrongNode(of("FROM"), node, end),
    ...wrongSources(of("COPY").concat(of("ADD")), files),
    ...wrongUser(of("USER"), end),
    ...wrongVolume(of("VOLUME"), of("WORKDIR").at(-1)?.text ?? "/", end),
    ...secrets(of("ENV").concat(of("ARG"))),
    ...wrongStart([of("ENTRYPOINT").at(-1), of("CMD").at(-1)], end),
  ];
};

const wrongNode = (froms: Instruction[], node: string, end: number): ImageFault[] => {
  const last = froms.at(-1);
  // The last stage is the image: another one may only build something for it.
  if (last && new RegExp(`^node:${node}(?:[.-]|\\s|$)`).test(last.text)) return [];
  const what = last ? `starts from ${last.text}` : "starts from no image";
  return [
    {
      rule: "node",
      line: last?.line ?? end,
      what,
      cure: `write FROM node:${node}-slim, as in package.json`,
    },
  ];
};

const wrongSources = (copies: Instruction[], files: Files): ImageFault[] =>
  copies
    .filter(({ flags }) => flags.from === undefined)
    .flatMap((copy) =>
      wordsOf(copy)
        .slice(0, -1)
        .flatMap((source): ImageFault[] => {
          const at = { rule: "copy" as const, line: copy.line };
          if (!isThere(source, files))
            return [
              {
                ...at,
                what: `copies ${source}, which is not there`,
                cure: "name a file beside the Dockerfile",
              },
            ];
          if (!holdsData(source) || ignoresData(files)) return [];
          return [
            {
              ...at,
              what: `copies ${source}, and with it the data of this machine`,
              cure: `name what the app needs, or ${DATA} in .dockerignore`,
            },
          ];
        }),
    );

const plain = (path: string) => posix.normalize(path).replace(/^\/|\/$/g, "");
const isThere = (source: string, files: Files) => {
  const path = plain(source);
  return path === "." || [...files.keys()].some((it) => it === path || it.startsWith(`${path}/`));
};
const holdsData = (source: string) => [".", DATA].includes(plain(source));
const ignoresData = (files: Files) =>
  new RegExp(`^/?${DATA}/?\\s*$`, "m").test(files.get(".dockerignore") ?? "");

const wrongUser = (users: Instruction[], end: number): ImageFault[] => {
  const last = users.at(-1);
  if (last && !/^(?:root|0)(?::|$)/.test(last.text)) return [];
  const what = last ? "the app runs as root" : "no USER: the app runs as root";
  return [{ rule: "user", line: last?.line ?? end, what, cure: "write USER node" }];
};

const wrongVolume = (volumes: Instruction[], workdir: string, end: number): ImageFault[] => {
  const wanted = posix.join(workdir, DATA);
  const paths = volumes.flatMap(wordsOf).map((path) => posix.resolve(workdir, path));
  if (paths.length === 1 && paths[0] === wanted) return [];
  const [first] = paths;
  const what =
    first === undefined
      ? "no VOLUME: the data is gone with the container"
      : first.startsWith(`${wanted}/`)
        ? `the volume is ${first}: SQLite's -wal and -shm lie beside that file, and outside of it`
        : `the volume is ${paths.join(" and ")}, where the app keeps nothing`;
  return [{ rule: "volume", line: volumes[0]?.line ?? end, what, cure: `write VOLUME ${wanted}` }];
};

const SECRET = /PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL/i;
const secrets = (settings: Instruction[]): ImageFault[] =>
  settings.flatMap((instruction) =>
    settingsIn(instruction)
      .filter(([name]) => SECRET.test(name))
      .map(([name]) => ({
        rule: "secret" as const,
        line: instruction.line,
        what: `${name} would stand in the image, for all who have it`,
        cure: "give it to docker run, by --env or --env-file",
      })),
  );

/** What ENTRYPOINT and CMD start together. */
const wrongStart = (parts: (Instruction | undefined)[], end: number): ImageFault[] => {
  const given = parts.filter((it) => it !== undefined);
  const fault = (line: number, what: string): ImageFault[] => [
    { rule: "command", line, what, cure: 'write CMD ["node", "app.ts"]' },
  ];
  const [first] = given;
  if (!first) return fault(end, "no CMD: Docker does not know what to start");
  const shell = given.find(({ list }) => !list);
  if (shell)
    return fault(
      shell.line,
      `${shell.name} is a line for a shell, which gets the SIGTERM in place of the app`,
    );
  const program = given.flatMap(wordsOf)[0] ?? "nothing";
  if (posix.basename(program) === "node") return [];
  return fault(
    first.line,
    `${first.name} starts ${program}, which gets the SIGTERM in place of the app`,
  );
};

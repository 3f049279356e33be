/** A command that stands in a document and is not run, and why. */
export interface NotRun {
  readonly command: string;
  readonly reason: string;
}

/** All commands that are not run; an entry that is in no document is an error. */
export const NOT_RUN: readonly NotRun[] = [
  ...["git clone ADDRESS chat-course", "cd chat-course"].map((command) => ({
    command,
    reason: "ADDRESS stands for where the course was found, and the copy is made before this test",
  })),
  {
    command: "npm install",
    reason: "it needs the network, and would change the packages that this test runs with",
  },
  {
    command: "./version.sh diff 03 --code",
    reason: "it opens VS Code, which is not on every machine",
  },
  {
    command: "./version.sh lint",
    reason: "a test of its own runs it, and it takes as long as all that is run here together",
  },
  ...[
    "./version.sh carry 07",
    "./version.sh carry 07 --dry-run",
    "./version.sh carry 07c",
    "./version.sh carry --continue",
    "./version.sh carry --abort",
  ].map((command) => ({
    command,
    reason:
      "it needs a git repository with a change, or a carry that has stopped; its own tests run it",
  })),
  ...[
    "docker build --tag counter --build-arg VERSION=18b sequels/counter/18b",
    "docker run --detach --name counter --publish 127.0.0.1:8080:80 --volume counter-data:/home/node/instance counter",
    "docker ps",
    "http :8080/api",
    "http :8080/api/current_stats",
    "docker stop counter",
    "docker inspect --format '{{.State.ExitCode}}' counter",
    "docker rm counter",
  ].map((command) => ({
    command,
    reason:
      "it needs Docker, which runs on no build server of ours; shared/testkit/image.test.ts does what the Dockerfile says",
  })),
  { command: "npm test", reason: "it runs this test, which would run it again" },
];

/** The entry for a command, if it is one that is not run. */
export function notRun(command: string): NotRun | undefined {
  return NOT_RUN.find((entry) => entry.command === command);
}

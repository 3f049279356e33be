import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { installTools, makeRepository, type Repository } from "./fixture.ts";

const STEPS = ["00", "01", "01b", "02"];

test.each([
  ["a", ["adopt"]],
  ["ne", ["next"]],
  ["adopt |", STEPS],
  ["adopt 01", ["01", "01b"]],
  ["adopt steps/0", STEPS.map((id) => `steps/${id}`)],
  ["adopt 01 |", []],
  ["adopt --k", ["--keep-data"]],
  ["diff 01 |", STEPS],
  ["diff --stat 0", STEPS],
  ["diff --stat --s", []],
  ["--course |", ["steps", "sequels/more"]],
  ["--course sequels/more adopt |", ["07"]],
  ["start --port |", []],
  ["start --port 5002 02", ["02"]],
  ["completion |", ["bash", "zsh"]],
  ["insert |", STEPS],
  ["insert --renumber 01", ["01", "01b"]],
  ["rename 01 |", []],
  ["remove 02", ["02"]],
  ["history --branch |", []],
  ["import --b", ["--branch"]],
  ["upgrade --d", ["--dry-run"]],
  ["help di", ["diff"]],
  ["nosuch |", []],
])("'%s' is completed", async (typed, expected) => {
  const repository = makeRepository();
  repository.write({
    ...Object.fromEntries(STEPS.map((id) => [`steps/${id}/app.ts`, ""])),
    "sequels/more/07/app.ts": "",
  });
  // The bar stands for an empty last word.
  const words = typed.split(" ").map((word) => (word === "|" ? "" : word));
  const { code, out } = await repository.run(["__complete", "--", ...words]);
  expect(code).toBe(0);
  expect(
    out
      .split("\n")
      .filter(Boolean)
      .map((line) => line.split("\t")[0]),
  ).toEqual(expected);
});

function complete(repository: Repository, shell: string, script: string): string[] {
  const env = { PATH: "/usr/bin:/bin", HOME: repository.root };
  const { stdout, stderr } = spawnSync(shell, ["-c", script], {
    cwd: repository.root,
    env,
    encoding: "utf8",
    // It waits for what must come: if that never comes, it is ended.
    timeout: 240_000,
  });
  expect(stderr).toBe("");
  return stdout.split("\n").filter(Boolean);
}

test("the script works in bash", () => {
  const repository = makeRepository();
  installTools(repository);
  const press = (line: string) =>
    complete(
      repository,
      "bash",
      `
    eval "$(./version.sh completion bash)"
    COMP_WORDS=(${line}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _version_sh_complete "\${COMP_WORDS[0]}"
    printf '%s\\n' "\${COMPREPLY[@]}"`,
    );
  expect(press("./version.sh adopt ''")).toEqual(STEPS);
  expect(press("./version.sh prev")).toEqual(["previous"]);
  expect(press("'~/version.sh' diff 01")).toEqual(["01", "01b"]);
  expect(
    complete(
      repository,
      "bash",
      'eval "$(./version.sh completion bash)"; complete -p ./version.sh',
    ),
  ).toEqual(["complete -o default -F _version_sh_complete ./version.sh"]);
});

const hasZsh = spawnSync("zsh", ["--version"]).status === 0;

// On CI it must be there; elsewhere a learner may have no zsh, and Windows has none.
test.skipIf(!hasZsh && (!process.env.CI || process.platform === "win32"))(
  "the script works in zsh (skipped where zsh is missing: apt install zsh)",
  () => {
    const repository = makeRepository();
    installTools(repository);
    // A second zsh in a pseudo-terminal, since zsh completes only what is typed.
    const press = (line: string, expected: string) =>
      complete(
        repository,
        "zsh",
        `zmodload zsh/zpty
        zpty shell "PS1= zsh -f -i"
        zpty -w shell 'autoload -Uz compinit && compinit -u -D; eval "$(./version.sh completion zsh)"; print READ""Y'
        zpty -r shell out '*READY*'
        zpty -w -n shell ${JSON.stringify(line)}$'\\t'
        zpty -r shell out '*${expected}*'
        print -r -- "$out"`,
      ).join("\n");
    expect(press("./version.sh prev", "previous")).toContain("./version.sh previous");
    expect(press("./version.sh adopt 01", "users")).toMatch(/01b +-- a page to see the users/);
  },
);

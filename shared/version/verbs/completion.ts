import { Argument } from "commander";
import type { Verb } from "../verb.ts";

/**
 * To be read by eval: bash 3.2 of macOS does not read `source <(…)`, and an interactive zsh takes
 * no comments. What both shells do: ask the version.sh that is being typed, so that steps and verbs are always
 * those of its own repository.
 */
const SCRIPTS: Readonly<Record<string, string>> = {
  bash: `_version_sh_complete() {
  local line command=\${1/#\\~/$HOME}
  COMPREPLY=()
  while IFS= read -r line; do
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <("$command" __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _version_sh_complete version.sh ./version.sh
`,
  zsh: `_version_sh_complete() {
  local line
  local -a found
  for line in "\${(@f)$(\${~words[1]} __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && found+=("\${line%%$'\\t'*}:\${line#*$'\\t'}")
  done
  if (( $#found )); then _describe -V 'version.sh' found; else _files; fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -u }
compdef _version_sh_complete version.sh ./version.sh
`,
};

/** `completion bash|zsh`: the script that completes verbs, steps and options. */
export const verb: Verb = {
  summary: "print what makes the Tab key complete verbs, steps and options",
  isRare: true,
  examples: [
    ['eval "$(./version.sh completion bash)"', "for this terminal"],
    ["./version.sh completion zsh > ~/.version-sh", "for all: source it in ~/.zshrc"],
  ],
  define(command, { world }) {
    command
      .addArgument(new Argument("<shell>", "your shell").choices(Object.keys(SCRIPTS)))
      .action((shell: string) => {
        world.stdout.write(SCRIPTS[shell] ?? "");
      });
  },
};

#!/usr/bin/env bash
# The course's one command. It only finds the course's own Node and hands over to shared/version/main.ts.
# Plain enough for macOS's bash 3.2 and for Git Bash.
# Typed as `sh version.sh` or `zsh version.sh`, it goes on in bash.
[ -n "${BASH_VERSION:-}" ] || exec bash "$0" "$@"
set -eu

self=${BASH_SOURCE[0]}
while [ -L "$self" ]; do
  target=$(readlink "$self")
  case $target in
    /*) self=$target ;;
    *) self=$(dirname "$self")/$target ;;
  esac
done
root=$(CDPATH='' cd -P "$(dirname "$self")" && pwd)

node=$root/node_modules/node/bin/node
if [ ! -x "$node" ]; then
  node=$node.exe
fi
if [ ! -x "$node" ]; then
  if command -v node >/dev/null; then
    exec node "$root/shared/version/preflight.cjs"
  fi
  echo "version.sh: Node.js is not there: install it from https://nodejs.org, then run npm install in $root" >&2
  exit 1
fi
# What preflight.cjs says of these signs in the folder's name.
case $root in
  *[\\?*:]*) exec "$node" "$root/shared/version/preflight.cjs" ;;
esac

# With it, Node asks a proxy for this machine's servers, too, and check could not forge a Host.
unset NODE_USE_ENV_PROXY
PATH=$root/node_modules/.bin:$PATH
# Two thirds of the time to a switch would go into stripping types and compiling.
NODE_COMPILE_CACHE=$root/node_modules/.cache/course
export PATH NODE_COMPILE_CACHE
# Options for another project's Node may name files that are not here, and Node then ends with a trace.
if [ -n "${NODE_OPTIONS:-}" ] && ! "$node" -e 0 2>/dev/null && (unset NODE_OPTIONS && "$node" -e 0 2>/dev/null); then
  echo "version.sh: Node cannot start with NODE_OPTIONS='$NODE_OPTIONS': type unset NODE_OPTIONS, then try again" >&2
  exit 1
fi
# Where node_modules was copied from another system, exec fails: bash says so, and we say what to do.
set +e
shopt -s execfail
exec "$node" "$root/shared/version/main.ts" "$@"
echo "version.sh: node_modules is from another system (was the folder copied?): run npm ci in $root" >&2
exit 1

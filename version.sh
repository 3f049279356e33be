#!/usr/bin/env bash
# The course's one command. It only finds the course's own Node and hands over to shared/version/main.ts.
# Plain enough for macOS's bash 3.2 and for Git Bash.
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
  echo "version.sh: the course's own Node is not there yet: run npm install in $root first" >&2
  exit 1
fi

PATH=$root/node_modules/.bin:$PATH
# Two thirds of the time to a switch would go into stripping types and compiling.
NODE_COMPILE_CACHE=$root/node_modules/.cache/course
export PATH NODE_COMPILE_CACHE
exec "$node" "$root/shared/version/main.ts" "$@"

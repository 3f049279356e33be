"""Runs HTTPie for many command lines: the libraries are loaded once, and each line runs in a
forked process of its own, through HTTPie's own entry point.

Reads one JSON object a line: args, cwd, env, and the files for stdin, stdout and stderr.
Answers each with one line: the exit code.
"""

import json
import os
import signal
import sys

# What takes the time. HTTPie itself looks at the standard streams when it is loaded.
import pygments.formatters  # noqa: F401
import pygments.lexers  # noqa: F401
import requests  # noqa: F401
import requests_toolbelt  # noqa: F401
import rich.console  # noqa: F401


def run(job):
    os.chdir(job["cwd"])
    os.environ.update(job["env"])
    for number, (name, flags) in enumerate(
        [
            ("stdin", os.O_RDONLY),
            ("stdout", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
            ("stderr", os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        ]
    ):
        os.dup2(os.open(job[name], flags), number)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(n, m) for n, m in enumerate("rww"))
    sys.argv = ["http", *job["args"]]
    from httpie.__main__ import main

    return main()


for line in sys.stdin:
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            signal.alarm(30)
            code = run(json.loads(line))
        except SystemExit as end:
            code = end.code
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    print(os.waitstatus_to_exitcode(status), flush=True)

"""Runs a command in a pseudo-terminal and prints what it wrote there; ends with its exit code."""

import os
import pty
import sys

status = pty.spawn(sys.argv[1:])
sys.exit(os.waitstatus_to_exitcode(status))

"""Starts the simulated board under MicroPython's unix port: micropython start.py TRACE_HANDLE, with the config on stdin."""

# The process is already shut in when it gets here (src/makerwagen/boards/launch.py). The page has its own start.
import json
import sys

import learner


def main(handle):
    """Run the program that the config holds; the trace goes to a file that is open already."""
    config = json.loads(sys.stdin.read())
    trace = open(handle, "w")
    learner.start(config, lambda line: trace.write(line + "\n"))


main(int(sys.argv[1]))

"""Starts the simulated board under MicroPython's unix port: micropython start.py TRACE_HANDLE, with the config on stdin."""

# The one file that only this port can run. The process is already shut in when it gets here (src/makerwagen/boards/launch.py).
import json
import sys

import learner
import simulated_board as board


class Place:
    """What programs get of the port's own modules."""

    import builtins
    import io
    import micropython
    import os

    open = builtins.open


def main(handle):
    """Run the program that the config holds; the trace goes to a file that is open already."""
    config = json.loads(sys.stdin.read())
    trace = open(handle, "w")
    board.sink = lambda line: trace.write(line + "\n")
    board.set_up(config)
    learner.prepare(Place)
    learner.run(config["source"])


main(int(sys.argv[1]))

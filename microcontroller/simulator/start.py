"""Runs a learner's program on the simulated board and writes how it ended into the trace."""

# micropython start.py CONFIG.json PROGRAM.py; the program's own main.py is what a board would run.
import io
import json
import sys

import machine
import simulated_board as board
import time


class NoNetwork:
    """Stands where sockets would be: a learner's program has none."""

    def __getattr__(self, name):
        raise board.BoardError("Ins Netz darf dein Programm hier nicht.")


def line_of(error, path):
    """Return the traceback's last line in the program, 0 when there is none."""
    text = io.StringIO()
    sys.print_exception(error, text)
    line = 0
    for row in text.getvalue().split("\n"):
        if 'File "%s"' % path in row and " line " in row:
            line = int(row.split(" line ")[1].split(",")[0])
    return line


def report(error, path):
    """Write the error's type, message and line."""
    message = str(error.args[0]) if error.args else ""
    board.write("error", board.now_us, type(error).__name__, message, line_of(error, path))


def main(config_path, path):
    """Run the program until it ends, fails or its time is up."""
    with open(config_path) as file:
        board.set_up(json.load(file))
    with open(path) as file:
        source = file.read()
    for name in ("socket", "usocket", "ssl", "tls", "network", "requests"):
        sys.modules[name] = NoNetwork()
    sys.modules["utime"] = time
    sys.modules["umachine"] = machine
    try:
        exec(compile(source, path, "exec"), {"__name__": "__main__"})
        board.write("end", board.now_us)
    except board.TimeIsUp:
        pass
    except SystemExit:
        board.write("end", board.now_us)
    except BaseException as error:
        report(error, path)


main(sys.argv[1], sys.argv[2])

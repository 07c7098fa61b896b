"""Plays what a program prints, asks and wants to know of MicroPython itself."""

import io
import micropython as _micropython
import random as _random
import sys as _sys

import simulated_board as board

_print = print


def say(*words, sep=" ", end="\n", file=None):
    """Print, and note it in the trace."""
    if file is None or isinstance(file, Out):
        _out(sep.join([str(word) for word in words]) + end)
    else:
        _print(*words, sep=sep, end=end, file=file)


def _out(text):
    board.printed(text)
    _print(text, end="")


def ask(*prompt):
    """Tell that nobody sits at the board's keyboard."""
    raise EOFError()


class Out:
    """sys.stdout of the board."""

    def write(self, text):
        """Print as it is."""
        _out(text if isinstance(text, str) else bytes(text).decode())
        return len(text)

    def flush(self):
        """Nothing waits here."""


class Sys:
    """The module sys, as the board has it."""

    stdout = stderr = Out()

    def __init__(self):
        self.platform = board.port
        self.argv = []

    def print_exception(self, error, file=None):
        """Print an error with where it came from."""
        text = io.StringIO()
        _sys.print_exception(error, text)
        if file is None or isinstance(file, Out):
            _out(text.getvalue())
        else:
            file.write(text.getvalue())

    def __getattr__(self, name):
        return getattr(_sys, name)


class MicroPython:
    """The module micropython, as the board has it."""

    def alloc_emergency_exception_buf(self, size):
        """Needed on a board only, for errors in interrupts."""

    def schedule(self, function, argument):
        """Call a function soon, outside of an interrupt."""
        board.at(board.now_us, lambda: board.call(function, argument, "schedule()"))

    def kbd_intr(self, char):
        """Nobody presses Ctrl-C here."""

    def __getattr__(self, name):
        return getattr(_micropython, name)


class Random:
    """The module random; without a number of its own a program gets the same numbers in the same run."""

    def seed(self, number=None):
        """Start the row of numbers."""
        _random.seed(board.seed if number is None else number)

    def __getattr__(self, name):
        return getattr(_random, name)

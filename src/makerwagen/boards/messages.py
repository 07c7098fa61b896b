"""MicroPython's errors in a child's German: what happened, in which line, and what to look at."""

import builtins
import difflib
import keyword
import re
from collections.abc import Callable
from dataclasses import dataclass

NAME = re.compile(r"[A-Za-z_]\w*")
NEEDS_COLON = re.compile(r"\s*(if|elif|else|while|for|def|try|except|class|with)\b[^#]*$")
METHODS = ("on", "off", "toggle", "value", "high", "low", "irq", "init", "IN", "OUT", "PULL_UP", "PULL_DOWN")
# Mistakes that MicroPython does not notice, by the simulated board's word for them.
NOTES = {
    "floating": "hängt in der Luft: Ohne Pull-up-Widerstand liest er mal 0 und mal 1. Nimm Pin.PULL_UP.",
    "not-an-output": "ist kein Ausgang. Darum leuchtet dort nichts. Nimm Pin.OUT.",
}
NUMBER_NEEDED = "Hier passt ein Wert nicht. Steht da Text, wo eine Zahl hingehört?"


@dataclass(frozen=True)
class RunError:
    """Why a program stopped: MicroPython's type and text, the line (0 = unknown), and a German message."""

    kind: str
    line: int
    technical: str
    message: str

    @property
    def said(self) -> str:
        """Return the message with its line in front."""
        return f"Zeile {self.line}: {self.message}" if self.line else self.message


def explain(kind: str, text: str, *, line: int, source: str) -> RunError:
    """Return the error with a message for the child whose program is `source`."""
    line, message = EXPLAIN.get(kind, _other)(text, line, source)
    # A BoardError is our own; what MicroPython says there is the message itself.
    technical = "" if kind == "BoardError" else f"{kind}: {text}" if text else kind
    return RunError(kind, line, technical, message)


def _syntax(text: str, line: int, source: str) -> tuple[int, str]:
    if "indent" in text:
        return (
            line,
            "Die Zeile ist falsch eingerückt. Zeilen, die zusammengehören, beginnen mit gleich vielen Leerzeichen.",
        )
    lines = source.split("\n")
    above = lines[line - 2].split("#")[0].rstrip() if 2 <= line <= len(lines) else ""
    if above.endswith(":") and _indent(lines[line - 1]) <= _indent(above):
        return (
            line,
            "Nach dem Doppelpunkt muss diese Zeile eingerückt sein: vier Leerzeichen mehr als die Zeile darüber.",
        )
    for number in (line, line - 1):
        if 1 <= number <= len(lines):
            code = lines[number - 1].split("#")[0].rstrip()
            if NEEDS_COLON.match(code) and not code.endswith(":"):
                return number, "Am Ende der Zeile fehlt ein Doppelpunkt."
            if code.count("(") > code.count(")"):
                return number, "Eine Klammer geht auf, aber nicht wieder zu."
            if code.count('"') % 2 or code.count("'") % 2:
                return number, "Ein Anführungszeichen fehlt."
    return line, "Diese Zeile verstehe ich nicht. Vergleiche sie Zeichen für Zeichen, auch die Zeile darüber."


def _name(text: str, line: int, source: str) -> tuple[int, str]:
    found = re.search(r"name '(\w+)'", text)
    name = found[1] if found else "?"
    return line, f"Den Namen „{name}“ kenne ich nicht.{_similar(name, names_in(source) - {name})}"


def _attribute(text: str, line: int, source: str) -> tuple[int, str]:
    found = re.search(r"attribute '(\w+)'", text)
    name = found[1] if found else "?"
    return (
        line,
        f"„.{name}“ gibt es hier nicht.{_similar(name, set(METHODS)) or ' Prüfe, wie das Wort geschrieben wird.'}",
    )


def _import(text: str, line: int, source: str) -> tuple[int, str]:
    found = re.search(r"(?:module named|can't import name) '?(\w+)'?", text)
    if not found:
        return line, "Das lässt sich nicht importieren. Prüfe, wie das Wort geschrieben wird."
    return line, f"„{found[1]}“ lässt sich nicht importieren.{_similar(found[1], {'machine', 'time', 'Pin', 'sleep'})}"


def _memory(text: str, line: int, source: str) -> tuple[int, str]:
    return line, "Der Speicher ist voll. Dein Programm will sich mehr merken, als auf das Board passt."


def _endless(text: str, line: int, source: str) -> tuple[int, str]:
    return line, "Dein Programm dreht sich hier im Kreis und wartet nie. Fehlt in der Schleife ein sleep()?"


def _changes(text: str, line: int, source: str) -> tuple[int, str]:
    return line, "Deine Lichter wechseln viel zu schnell. Fehlt in der Schleife ein sleep()?"


def _board(text: str, line: int, source: str) -> tuple[int, str]:
    return line, text


def _type(text: str, line: int, source: str) -> tuple[int, str]:
    if "takes" in text or "argument" in text:
        return line, "Zwischen den Klammern stehen zu viele oder zu wenige Werte."
    if "callable" in text:
        return line, "Hier stehen Klammern hinter etwas, das kein Befehl ist."
    return line, NUMBER_NEEDED


def _input(text: str, line: int, source: str) -> tuple[int, str]:
    return line, "Am Board sitzt niemand an einer Tastatur. Nimm statt input() einen Taster."


def _recursion(text: str, line: int, source: str) -> tuple[int, str]:
    if "recursion" in text:
        return line, "Ein Befehl ruft immer wieder sich selbst auf. Nimm stattdessen eine Schleife."
    return _other(text, line, source)


def _other(text: str, line: int, source: str) -> tuple[int, str]:
    return line, "Hier kann das Programm nicht weiter. Lies, was MicroPython dazu sagt."


EXPLAIN: dict[str, Callable[[str, int, str], tuple[int, str]]] = {
    "SyntaxError": _syntax,
    "IndentationError": _syntax,
    "NameError": _name,
    "AttributeError": _attribute,
    "ImportError": _import,
    "MemoryError": _memory,
    "KeyboardInterrupt": _endless,
    "TooManyChanges": _changes,
    "BoardError": _board,
    "TypeError": _type,
    "ValueError": lambda text, line, source: (line, NUMBER_NEEDED),
    "EOFError": _input,
    "RuntimeError": _recursion,
}


def names_in(source: str) -> set[str]:
    """Return the names that a program gives or imports, and Python's own."""
    given = set(re.findall(r"^\s*(\w+)\s*=[^=]", source, re.MULTILINE))
    given |= set(re.findall(r"^\s*(?:def|for)\s+(\w+)", source, re.MULTILINE))
    for row in re.findall(r"^\s*(?:from\s+\w+\s+)?import\s+(.+)$", source, re.MULTILINE):
        given |= set(NAME.findall(row))
    return given | set(keyword.kwlist) | {name for name in dir(builtins) if name.islower()}


def _indent(code: str) -> int:
    return len(code) - len(code.lstrip())


def _similar(name: str, known: set[str]) -> str:
    # In order of the alphabet, so that of two equally close names always the same one is meant.
    close = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return f" Meinst du „{close[0]}“?" if close else ""

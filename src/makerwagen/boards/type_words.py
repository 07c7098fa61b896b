"""What mypy says about a board program, in plain words: for authors with a remedy, for children in German."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from re import Match

from makerwagen.boards.messages import explain
from makerwagen.boards.typecheck import Finding


@dataclass(frozen=True)
class Wording:
    """A kind of mistake: how mypy puts it, what an author reads, and what a child reads ('' = not for children)."""

    pattern: str
    what: str
    remedy: str
    child: str | Callable[[Match[str]], str] = ""


def _similar(found: Match[str]) -> str:
    close = found["close"]
    return f"„.{found['name']}“ gibt es hier nicht. " + (
        f"Meinst du „{close}“?" if close else "Prüfe, wie das Wort geschrieben wird."
    )


def _import(found: Match[str]) -> str:
    close = found["close"]
    where = f"In „{found['of']}“" if found["of"] else "In diesem Modul"
    return f"{where} gibt es „{found['name']}“ nicht." + (f" Meinst du „{close}“?" if close else "")


def _number(found: Match[str]) -> str:
    given = found["given"].split(", ")
    if '"str"' in given:
        return f"{_before(found)} steht Text, wo eine Zahl hingehört. Lass die Anführungszeichen weg."
    if '"float"' in given:
        return f"{_before(found)} muss eine ganze Zahl stehen. Nimm int(…)."
    if any(kind.startswith('"Callable') for kind in given):
        return "Der Befehl, der hier gerufen werden soll, bekommt genau einen Wert, zum Beispiel def gedrueckt(pin):"
    return ""


def _before(found: Match[str]) -> str:
    return f"In den Klammern von {found['of']}()"


HINT = r'(?:; (?:maybe|did you mean) "(?P<close>\w+)".*\?)?'
WORDINGS = (
    Wording(
        rf'"type\[(?P<of>\w+)\]" has no attribute "(?P<name>\w+)"{HINT}',
        "{of}.{name} does not exist on this board",
        "look it up in the documentation of MicroPython",
        _similar,
    ),
    Wording(
        rf'Module(?: "(?P<of>[\w.]+)")? has no attribute "(?P<name>\w+)"{HINT}',
        "module {of} has no {name} on this board",
        "look it up in the documentation of MicroPython",
        _import,
    ),
    Wording(
        rf'"(?P<of>[^"]+)" has no attribute "(?P<name>\w+)"{HINT}',
        "a {of} has no .{name} on this board",
        "look it up in the documentation of MicroPython",
        _similar,
    ),
    Wording(
        rf'Name "(?P<name>\w+)" is not defined{HINT}',
        "the name {name} is given nowhere in this program",
        "each cell or file is a program of its own: import or define it there",
    ),
    Wording(
        r'Name "(?P<name>\w+)" is used before definition',
        "{name} is used before it is made",
        "move the line that makes it further up",
        lambda found: f"„{found['name']}“ wird hier gebraucht, aber erst weiter unten gemacht.",
    ),
    Wording(
        r'Cannot find implementation or library stub for module named "(?P<name>[\w.]+)"',
        "this board has no module {name}",
        "take one that the firmware has, or put a file into microcontroller/lib",
        lambda found: f"Ein Modul „{found['name']}“ gibt es auf diesem Board nicht.",
    ),
    Wording(
        r"Cannot assign to a method",
        "a method is overwritten with =",
        "call it: led.value(1) instead of led.value = 1",
        "Hier gehören Klammern hin statt eines Gleichheitszeichens, zum Beispiel led.value(1).",
    ),
    Wording(
        r"Non-overlapping \w+ check \(left operand type: (?:overloaded function|\"(?:def|Callable)).*",
        "a method is compared without being called",
        "add the brackets: taster.value() == 0",
        "Hinter dem Wort fehlen die Klammern: taster.value() == 0. Ohne sie stimmt der Vergleich nie.",
    ),
    Wording(
        r'Method "(?P<name>\w+)" is not called',
        ".{name} stands there without brackets, so nothing happens",
        "add them: .{name}()",
        lambda found: f"Hinter „.{found['name']}“ fehlen die Klammern: .{found['name']}(). Ohne sie passiert nichts.",
    ),
    Wording(
        r'(?:Too many arguments|Too many positional arguments) for "(?P<of>\w+)".*',
        "{of}() gets too many values",
        "compare with its definition",
        lambda found: f"{_before(found)} stehen zu viele Werte.",
    ),
    Wording(
        r'(?:Missing positional arguments? .* in call to "(?P<of>\w+)".*|Too few arguments for "(?P<too>\w+)".*)',
        "{of}() gets too few values",
        "compare with its definition",
        lambda found: f"In den Klammern von {found['of'] or found['too']}() fehlt ein Wert.",
    ),
    Wording(
        r'Unexpected keyword argument "(?P<name>\w+)" for "(?P<of>\w+)".*',
        "{of}() knows no {name}=",
        "look it up in the documentation of MicroPython",
        lambda found: f"{found['of']}() kennt kein „{found['name']}=“.",
    ),
    Wording(
        r'Argument \S+ to "(?P<of>\w+)"(?: of "\w+")? has incompatible type (?P<given>.+?); expected (?P<wanted>.+)',
        "{of}() gets {given} where it takes {wanted}",
        "give it that",
        _number,
    ),
    Wording(
        r'No overload variant of "(?P<of>\w+)"(?: of "\w+")? matches argument types? (?P<given>.+)',
        "{of}() cannot be called with {given}",
        "compare kinds and number of values with the documentation of MicroPython",
        lambda found: "" if found["of"].startswith("__") else _number(found),
    ),
    Wording(
        r"Unsupported operand types for (?P<sign>\S+) \((?P<one>[^)]*)\)",
        "{sign} does not join {one}",
        "turn one of them into the other's kind",
    ),
)
NO_SUCH_NAME = re.compile(rf'Name "(?P<name>\w+)" is not defined{HINT}')
TEXT_PLUS_NUMBER = re.compile(r'No overload variant of "__add__" of "str" matches argument type "(int|float)"')

# What a call with the wrong values usually is, by the look of its line.
SEEN_IN_THE_LINE = (
    (r"\(\s*\d+,\s?\d+\s*\)", "Im Programm haben Kommazahlen einen Punkt: 0.5 statt 0,5."),
    (r"\b(?:handler|callback)\s*=\s*\w+\(\)", "Hinter handler= und callback= steht nur der Name, ohne Klammern."),
)


def for_authors(finding: Finding) -> tuple[str, str]:
    """Return what is wrong and what to do about it."""
    for wording in WORDINGS:
        if found := re.fullmatch(wording.pattern, finding.message):
            groups = {name: (value or "here").replace('"', "'") for name, value in found.groupdict().items()}
            close = found.groupdict().get("close")
            return wording.what.format_map(groups), f"did you mean '{close}'?" if close else wording.remedy
    return finding.message.rstrip(".").replace('"', "'"), "see the documentation of MicroPython for this board"


def for_children(finding: Finding, source: str) -> str:
    """Return the sentence that the child who wrote `source` reads, '' for what matters to no child."""
    if found := NO_SUCH_NAME.fullmatch(finding.message):
        if found["close"]:
            return f"Den Namen „{found['name']}“ kenne ich nicht. Meinst du „{found['close']}“?"
        return explain("NameError", f"name '{found['name']}'", line=finding.line, source=source).message
    line = source.split("\n")[finding.line - 1] if finding.line <= source.count("\n") + 1 else ""
    for pattern, sentence in SEEN_IN_THE_LINE:
        if finding.code in ("call-arg", "call-overload") and re.search(pattern, line):
            return sentence
    if TEXT_PLUS_NUMBER.fullmatch(finding.message):
        return "Text und Zahl lassen sich nicht mit + verbinden. Nimm str(…) um die Zahl."
    for wording in WORDINGS:
        if found := re.fullmatch(wording.pattern, finding.message):
            return wording.child if isinstance(wording.child, str) else wording.child(found)
    return ""

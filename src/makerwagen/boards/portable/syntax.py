"""Says what is wrong with a line that MicroPython cannot read: the usual slips of the first hundred programs."""

from .lines import CURLY, is_letter, names, read
from .similar import PYTHON

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .lines import Code

    Program = Sequence[Code]

BLOCKS = ("if", "elif", "else", "while", "for", "def", "try", "except", "finally", "class", "with")
STARTS = BLOCKS + ("print", "import", "from", "return", "break", "continue", "pass", "global")  # noqa: RUF005
OPERATORS = ("and", "or", "not", "in", "is", "if", "else", "for", "lambda", "import", "as", "from", "return", "global")
GERMAN = {
    "wenn": "if",
    "sonst": "else",
    "solange": "while",
    "für": "for",
    "fuer": "for",
    "wiederhole": "for",
    "drucke": "print",
}
ELSEWHERE = "Diese Zeile verstehe ich nicht. Vergleiche sie Zeichen für Zeichen, auch die Zeile darüber."
FOUR_BLANKS = "Nach dem Doppelpunkt muss diese Zeile eingerückt sein: vier Leerzeichen mehr als die Zeile darüber."
NOTHING_BELOW = "Unter dieser Zeile fehlt noch etwas: Nach dem Doppelpunkt kommt mindestens eine eingerückte Zeile."
CURLY_QUOTES = 'Das sind Anführungszeichen aus einem Schreibprogramm. Python versteht nur die geraden: "'
NOT_CLOSED = "Eine Klammer geht auf, aber nicht wieder zu."
OUTSIDE = (
    ("outside function", "return gehört in einen eigenen Befehl, eingerückt unter def."),
    ("outside loop", "break und continue gehören in eine Schleife, eingerückt unter while oder for."),
)
UNDERSCORE = "Ein Name darf keinen Bindestrich haben. Nimm einen Unterstrich:"
ONE_MORE_EQUALS = "Zum Vergleichen brauchst du zwei Gleichheitszeichen: =="


def wrong_indent(text: str, line: int, source: str) -> "tuple[int, str]":
    """Return line and message of an IndentationError."""
    program = read(source)
    if "unindent" in text:  # MicroPython names the line above
        line = _unmatched(program) or line
    used = {code.text[: code.indent][:1] for code in program if code.bare.strip() and code.indent}
    if "\t" in used and " " in used:
        return line, "Hier sind Tabulatoren und Leerzeichen gemischt. Nimm zum Einrücken nur Leerzeichen, immer vier."
    if "unexpected" in text:
        return line, "Diese Zeile ist zu weit eingerückt. Sie beginnt genau unter der Zeile darüber."
    return line, (
        "Die Zeile ist falsch eingerückt. Zeilen, die zusammengehören, beginnen mit gleich vielen Leerzeichen."
    )


def _unmatched(program: "Program") -> int:
    """Return the first line that ends a block and stands under none of those still open, 0 when there is none."""
    levels = [0]
    for code in program:
        if not code.bare.strip():
            continue
        column = 0
        for letter in code.text[: code.indent]:
            column = (column // 8 + 1) * 8 if letter == "\t" else column + 1
        while levels and levels[-1] > column:
            levels.pop()
        if levels[-1] == column:
            continue
        if code.number > 1 and not _opens(program, code.number):
            return code.number
        levels.append(column)
    return 0


def _opens(program: "Program", line: int) -> bool:
    above = _above(program, line)
    return above is not None and above.bare.rstrip()[-1:] in (":", "(", "[", "{", ",")


def wrong_syntax(text: str, line: int, source: str) -> "tuple[int, str]":
    """Return line and message of a SyntaxError; the slip may be in the line above the one MicroPython names."""
    for words, message in OUTSIDE:
        if words in text:
            return line, message
    program = read(source)
    here = program[line - 1] if 1 <= line <= len(program) else None
    above = _above(program, line)
    return _slip(here, above) or _block(here, above, program) or (line, ELSEWHERE)


def _slip(here: "Code | None", above: "Code | None") -> "tuple[int, str] | None":
    """Return what is wrong within one of two lines."""
    for code in (here, above):
        if code is not None:
            for look in LOOKS:
                if said := look(code):
                    return code.number, said
    return None


def _block(here: "Code | None", above: "Code | None", program: "Program") -> "tuple[int, str] | None":
    """Return what is wrong between lines: indentation, a bracket opened further up, an else without its if."""
    if here is not None and above is not None and _needs_indent(here, above):
        return (here.number, FOUR_BLANKS) if here.bare.strip() else (above.number, NOTHING_BELOW)
    if here is not None and (number := _open_bracket(program, here.number)):
        return number, NOT_CLOSED
    if here is not None and here.first in ("else", "elif"):
        return here.number, f"Zu diesem {here.first} fehlt das if. Beide beginnen mit gleich vielen Leerzeichen."
    return None


def _above(program: "Program", line: int) -> "Code | None":
    for number in range(min(line - 1, len(program)), 0, -1):
        if program[number - 1].bare.strip():
            return program[number - 1]
    return None


def _needs_indent(here: "Code", above: "Code") -> bool:
    return above.bare.rstrip().endswith(":") and here.indent <= above.indent


def _open_bracket(program: "Program", line: int) -> int:
    """Return the last line up to `line` whose round, square or curly bracket stays open there, 0 when none does."""
    waiting: list[int] = []
    for code in program[:line]:
        if code.number == line and code.first in BLOCKS and waiting:
            break
        for letter in code.bare:
            if letter in "([{":
                waiting.append(code.number)
            elif letter in ")]}" and waiting:
                waiting.pop()
    return waiting[-1] if waiting else 0


def _curly(code: "Code") -> str:
    loose = any(letter in CURLY for letter in code.bare)
    return CURLY_QUOTES if loose or (code.open and any(letter in CURLY for letter in code.text)) else ""


def _quote(code: "Code") -> str:
    return "Ein Anführungszeichen fehlt." if code.open else ""


def _word(code: "Code") -> str:
    first = code.first
    if first in GERMAN:
        return f"Python spricht Englisch: {GERMAN[first]} statt {first}."
    if first and first not in STARTS and first.lower() in STARTS:
        return f"Python unterscheidet große und kleine Buchstaben: {first.lower()} statt {first}."
    words = names(code.bare)
    if words[:2] == ["else", "if"] or first in ("elseif", "elsif"):
        return "In Python heißt das elif, in einem Wort."
    if first == "print" and "(" not in code.bare:
        return "Hinter print gehören Klammern: print(…)"
    if first in ("if", "elif") and "then" in words:
        return "In Python gibt es kein then. Nach der Bedingung kommt gleich der Doppelpunkt."
    return _call_without_brackets(code.bare.strip())


def _call_without_brackets(bare: str) -> str:
    """Find a command with a bare number behind it: `sleep 5`."""
    command, _, value = bare.partition(" ")
    value = value.strip()
    if not command or not value or value.replace(".", "", 1).replace(",", "", 1).strip("0123456789"):
        return ""
    if command in STARTS or command in OPERATORS or not is_letter(command[0]):
        return ""
    if not all(is_letter(letter) or letter in ".0123456789" for letter in command):
        return ""
    return f"Hinter {command} gehören Klammern: {command}({value.replace(',', '.')})"


def _signs(code: "Code") -> str:
    bare = code.bare
    for wrong, right in (("=>", ">="), ("=<", "<="), ("=!", "!=")):
        if wrong in bare:
            return f"Die Zeichen stehen verkehrt herum: {right} statt {wrong}."
    if "++" in bare or "--" in bare:
        return "Das kennt Python nicht. Zähle so weiter: zahl = zahl + 1"
    if code.first in ("if", "elif", "while") and _lone_equals(bare):
        return ONE_MORE_EQUALS
    if code.first in BLOCKS and bare.rstrip().endswith(";"):
        return "Am Ende der Zeile steht ein Strichpunkt statt eines Doppelpunkts."
    if code.first == "for" and "in" not in names(bare):
        return "In dieser Schleife fehlt das Wort in: for i in range(3):"
    return ""


def _lone_equals(bare: str) -> bool:
    depth = 0
    for at, letter in enumerate(bare):
        depth += (letter in "([{") - (letter in ")]}")
        pair = bare[at - 1 : at] in ("=", "!", "<", ">") or bare[at + 1 : at + 2] == "="
        if letter == "=" and not pair and depth == 0:
            return True
    return False


def _brackets(code: "Code") -> str:
    opened = sum(code.bare.count(letter) for letter in "([{")
    closed = sum(code.bare.count(letter) for letter in ")]}")
    if opened > closed and (code.first in BLOCKS or code.bare.rstrip()[-1:] not in "([{,"):
        return NOT_CLOSED
    return "Eine Klammer geht zu, aber keine ging auf." if closed > opened and not _continues(code) else ""


def _continues(code: "Code") -> bool:
    return code.bare.strip()[:1] in (")", "]", "}")


def _colon(code: "Code") -> str:
    if code.first == "def" and "(" not in code.bare:
        return "Hinter den Namen des Befehls gehören Klammern: def blinke():"
    if code.first in BLOCKS and not code.bare.rstrip().endswith(":") and not _has_body(code.bare):
        return "Am Ende der Zeile fehlt ein Doppelpunkt."
    return ""


def _has_body(bare: str) -> bool:
    depth = 0
    for letter in bare:
        depth += (letter in "([{") - (letter in ")]}")
        if letter == ":" and depth == 0:
            return True
    return False


def _names(code: "Code") -> str:
    left, equals, right = code.bare.partition("=")
    name = left.strip()
    if not equals or not name or "(" in name or right.startswith("=") or code.first in BLOCKS:
        return ""
    if "-" in name:
        return f"{UNDERSCORE} {name.replace('-', '_').replace(' ', '')}"
    if name[0] in "0123456789" and any(is_letter(letter) for letter in name):
        return "Ein Name darf nicht mit einer Ziffer beginnen."
    if name in PYTHON:
        return f"„{name}“ ist ein Wort von Python. Nimm einen anderen Namen."
    if " " in name and "," not in name and all(is_letter(letter) or letter in " 0123456789" for letter in name):
        return f"Ein Name ist ein einziges Wort. Nimm einen Unterstrich: {name.replace(' ', '_')}"
    return ""


def _comma(code: "Code") -> str:
    """Find two values side by side inside brackets: `Pin(10 Pin.OUT)`."""
    depth, before, gap = 0, "", False
    for at, letter in enumerate(code.bare):
        depth += (letter in "([{") - (letter in ")]}")
        if letter == ";" and depth > 0:
            return "Zwischen die Werte in den Klammern gehört ein Komma, kein Strichpunkt."
        value = is_letter(letter) or letter in '0123456789"'
        if value and gap and depth > 0 and before and not _operator(code.bare, at):
            return "Zwischen zwei Werten in den Klammern fehlt ein Komma. Oder soll das Text in Anführungszeichen sein?"
        if letter != " ":
            before = letter if value or letter in ")]" else ""
        gap = letter == " "
    return ""


def _operator(bare: str, at: int) -> bool:
    """Say whether the word before or behind this place joins values, as „and“ does."""
    behind, before = names(bare[at:] + " "), names(bare[:at])
    return (is_letter(bare[at]) and behind[0] in OPERATORS) or bool(
        before and bare[:at].rstrip().endswith(before[-1]) and before[-1] in OPERATORS
    )


LOOKS = (_curly, _quote, _word, _signs, _colon, _brackets, _names, _comma)

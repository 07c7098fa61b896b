"""Reads a program's text without running it: its code without strings, its names, the lines that make or set a pin."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

QUOTES = "\"'"
# Typographic quotes and primes, as word processors put them.
CURLY = "„“”‚‘’«»´`"
MAKERS = ("Pin", "ADC", "PWM")
SETTERS = ("on", "off", "high", "low", "toggle", "value", "duty_u16", "duty_ns", "duty", "freq", "init")


class Code:
    """A line's code: each string is "" in it and comments are gone; `open`: a string in it never ends."""

    def __init__(self, number: int, text: str) -> None:
        """Start empty; `text` is the line as it was written."""
        self.number, self.text, self.bare, self.open = number, text, "", False

    @property
    def indent(self) -> int:
        """Return how many blanks it begins with; a tab counts as one."""
        return len(self.text) - len(self.text.lstrip())

    @property
    def first(self) -> str:
        """Return the first word."""
        found = names(self.bare)
        return found[0] if found and self.bare.lstrip().startswith(found[0]) else ""


def read(source: str) -> "list[Code]":
    """Return every line of a program as Code."""
    found: list[Code] = []
    closing, start = "", None
    for number, text in enumerate(source.replace("\r", "").split("\n"), 1):
        code = Code(number, text)
        before = closing
        closing = _scan(code, closing)
        start = code if closing and not before else start if closing else None
        found.append(code)
    if start is not None:
        start.open = True
    return found


def _scan(code: Code, closing: str) -> str:
    """Fill in what is code; return the triple quote that is still open at the end of the line."""
    text, at = code.text, 0
    while at < len(text):
        if closing:
            end = text.find(closing, at)
            if end < 0:
                return closing
            at, closing = end + 3, ""
        elif text[at] == "#":
            return ""
        elif text[at] in QUOTES and text[at : at + 3] == text[at] * 3:
            closing, at = text[at] * 3, at + 3
            code.bare += '""'
        elif text[at] in QUOTES:
            end = _end_of_string(text, at)
            code.open = code.open or end < 0
            code.bare += '""'
            at = end + 1 if end >= 0 else len(text)
        else:
            code.bare += text[at]
            at += 1
    return closing


def _end_of_string(text: str, start: int) -> int:
    at = start + 1
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] == text[start]:
            return at
        at += 1
    return -1


def is_letter(letter: str) -> bool:
    """Say whether a letter can be in a name; the same on every Python, umlauts included."""
    return letter == "_" or "a" <= letter <= "z" or "A" <= letter <= "Z" or "À" <= letter <= "ɏ"


def names(bare: str) -> "list[str]":
    """Return the names in a piece of code, in order."""
    found, word = [], ""
    for letter in bare + " ":
        if is_letter(letter) or ("0" <= letter <= "9" and word):
            word += letter
        elif "0" <= letter <= "9":
            word = ""
        elif word:
            found.append(word)
            word = ""
    return found


def given_names(program: "Sequence[Code]") -> "list[str]":
    """Return the names that a program gives, defines or imports."""
    found: set[str] = set()
    for code in program:
        words = names(code.bare)
        if code.first in ("import", "from", "def", "for", "class", "global"):
            ends = words.index("in") if code.first == "for" and "in" in words else len(words)
            found.update(words[1:ends])
        left, equals, right = code.bare.partition("=")
        if equals and not right.startswith("=") and left.rstrip()[-1:] not in "!<>" and "(" not in left:
            found.update(words[: len(names(left))])
    return [name for name in found if name not in ("import", "as")]


def line_making(program: "Sequence[Code]", pin: str) -> int:
    """Return the line that makes a pin, 0 when it cannot be seen."""
    digits = _digits(pin)
    wanted = [f'"{pin}"', f"'{pin}'"]
    if digits:
        wanted.append(digits)
        wanted += [name for name, value in _constants(program) if value == digits]
    listed = 0
    for code in program:
        for maker in MAKERS:
            inside = _argument(code, maker)
            if inside and inside in wanted:
                return code.number
            if inside and not listed and digits and digits in _numbers(code.text):
                listed = code.number
    return listed


def name_of(program: "Sequence[Code]", pin: str) -> str:
    """Return what the program calls a pin, "" when it cannot be seen."""
    number = line_making(program, pin)
    if not number:
        return ""
    left, equals, right = program[number - 1].bare.partition("=")
    found = names(left)
    simple = equals and len(found) == 1 and left.strip() == found[0] and "[" not in right and " for " not in right
    return found[0] if simple else ""


def line_for_pin(program: "Sequence[Code]", pin: str) -> int:
    """Return the one line that sets a pin; if several do, the line that makes it."""
    name, made = name_of(program, pin), line_making(program, pin)
    if not name:
        return made
    sets = [code.number for code in program if code.number != made and _sets(code.bare, name)]
    return sets[0] if len(sets) == 1 else made


def line_calling(program: "Sequence[Code]", *calls: str) -> int:
    """Return the one line that calls one of `calls`, e.g. „print“; 0 when there is none or more than one."""
    found = [code.number for code in program for call in calls if call + "(" in code.bare.replace(" ", "")]
    return found[0] if len(found) == 1 else 0


def _sets(bare: str, name: str) -> bool:
    words = bare.replace(" ", "")
    calls = [name + "." + setter + "(" for setter in SETTERS] + [name + "("]
    return any(_starts_word(words, words.find(call)) for call in calls)


def _starts_word(text: str, at: int) -> bool:
    return at == 0 or (at > 0 and not is_letter(text[at - 1]) and text[at - 1] not in ".0123456789")


def _digits(pin: str) -> str:
    letters = pin.rstrip("0123456789")
    return pin[len(letters) :]


def _argument(code: Code, maker: str) -> str:
    """Return the first argument of `maker(…)` in the line as it was written, "" when it is not called there."""
    if maker + "(" not in code.bare:
        return ""
    at = code.text.find(maker + "(")
    if at > 0 and is_letter(code.text[at - 1]):
        return ""
    rest = code.text[at + len(maker) + 1 :]
    for end in ",)":
        rest = rest.split(end)[0]
    return rest.strip()


def _constants(program: "Sequence[Code]") -> "list[tuple[str, str]]":
    found = []
    for code in program:
        left, equals, right = code.bare.partition("=")
        if equals and right.strip() and all("0" <= letter <= "9" for letter in right.strip()):
            found.append((left.strip(), right.strip()))
    return found


def _numbers(text: str) -> "list[str]":
    spaced = "".join(letter if "0" <= letter <= "9" else " " for letter in text)
    return spaced.split()

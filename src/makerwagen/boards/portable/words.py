"""Numbers, lists and names as a child reads them."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

UMLAUTS = (("Ä", "ä"), ("Ö", "ö"), ("Ü", "ü"))
MOST_SHOWN = 60
MOST_TOLD = 400


def german(number: float) -> str:
    """Return a number with at most two decimals and a comma."""
    hundredths = int(abs(number) * 100 + 0.5)
    text = str(hundredths // 100)
    if hundredths % 100:
        text += "," + (f"{hundredths % 100:02d}").rstrip("0")
    return "-" + text if number < 0 and hundredths else text


def seconds(us: float) -> str:
    """Return microseconds as seconds."""
    return german(us / 1000000)


def between(low: float, high: float) -> str:
    """Return „2 bis 4“, or „2“ when both ends are equal."""
    return german(low) if low == high else f"{german(low)} bis {german(high)}"


def either(names: "Iterable[str]") -> str:
    """Return „a, b und c“."""
    found = list(names)
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + " und " + found[-1] if found else ""


def quoted(text: str) -> str:
    """Return a program's text in quotes: one line, and not too much of it."""
    flat = " ".join(text.split())
    return "„" + (flat if len(flat) <= MOST_SHOWN else flat[:MOST_SHOWN] + " …") + "“"


def plain(text: str) -> str:
    """Return a text without signs that would move a terminal's cursor, and not too much of it."""
    shown = "".join([letter for letter in text if ord(letter) >= 32 and not 127 <= ord(letter) < 160])
    return shown if len(shown) <= MOST_TOLD else shown[:MOST_TOLD] + " …"


def folded(text: str) -> str:
    """Return text in small letters with single blanks, so that „Hallo“ is „hallo“ on every Python."""
    small = text.lower()
    for large, letter in UMLAUTS:
        small = small.replace(large, letter)
    return " ".join(small.split())


def numbers_in(text: str) -> "list[float]":
    """Return the numbers in a text; point and comma both count as decimal."""
    found, word = [], ""
    for letter in text + " ":
        if letter in "0123456789" or (letter in ".," and word and word[-1] in "0123456789"):
            word += letter
        elif letter == "-" and not word:
            word = "-"
        else:
            if number := _number(word):
                found.append(float(number))
            word = "-" if letter == "-" else ""
    return found


def _number(word: str) -> str:
    """Return what `float` takes of digits with points and commas: „3.“ is 3, „1.2.3“ begins with 1.2."""
    parts = [part for part in word.replace(",", ".").split(".") if part and part != "-"]
    if not parts:
        return ""
    return parts[0] if len(parts) == 1 else parts[0] + "." + parts[1]

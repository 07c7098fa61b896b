"""Mistakes that MicroPython does not report: what the board noticed, and what a look at the program's text shows."""

from .lines import names, read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .lines import Code

# By the simulated board's word; each follows the name of the pin.
NOTES = {
    "floating": "hängt in der Luft: Ohne Pull-up-Widerstand liest er mal 0 und mal 1. Nimm Pin.PULL_UP.",
    "not-an-output": "ist kein Ausgang. Darum leuchtet dort nichts. Nimm Pin.OUT.",
}
# What the text shows, by its id.
NO_BRACKETS = "no-brackets"
VALUE_SET = "value-set"
COMPARED = "compared"
SLIPS = (NO_BRACKETS, VALUE_SET, COMPARED)
COMMANDS = ("on", "off", "toggle", "high", "low", "show", "write", "measure", "deinit", "connect")
READERS = ("value", "read_u16", "temperature", "humidity")


def slip_in(source: str) -> "tuple[int, str, str] | None":
    """Return line, id and sentence of the first slip that makes a line do nothing, None when there is none."""
    for code in read(source):
        if found := _slip(code):
            return (code.number, found[0], found[1])
    return None


def _slip(code: "Code") -> "tuple[str, str] | None":
    bare = code.bare.strip()
    words = names(bare)
    if len(words) == 2 and bare == words[0] + "." + words[1] and words[1] in COMMANDS:
        return NO_BRACKETS, f"Hinter {words[1]} fehlen die Klammern: {bare}()"
    tight = bare.replace(" ", "")
    for reader in READERS:
        at = tight.find("." + reader)
        rest = tight[at + len(reader) + 1 :] if at > 0 else ""
        if rest.startswith("==") or rest.startswith("<") or rest.startswith(">") or rest.startswith("!="):
            return NO_BRACKETS, f"Hinter {reader} fehlen die Klammern: {reader}()"
        if reader == "value" and rest.startswith("=") and len(words) >= 2:
            return VALUE_SET, f"Einen Pin stellst du mit Klammern: {words[0]}.value(1) statt {words[0]}.value = 1"
    left, equals, right = tight.partition("==")
    if equals and right and len(words) >= 1 and left == words[0]:
        return COMPARED, f"Mit == vergleichst du. Einen Wert gibst du mit einem =: {left} = …"
    return None


def note_on(pin: str, word: str) -> str:
    """Return the sentence for what the board noticed at a pin."""
    return f"{pin} {NOTES.get(word, word)}"

"""MicroPython's errors in a child's German: in which line, what happened, and what to look at."""

from .lines import CURLY, given_names, names, read
from .similar import PYTHON, similar
from .syntax import CURLY_QUOTES, wrong_indent, wrong_syntax
from .words import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .lines import Code

    Explained = tuple[int, str]

KNOWN = (
    "on off toggle value high low irq init duty_u16 duty_ns freq deinit read_u16 read_uv read write readinto scan "
    "measure temperature humidity fill text show pixel line rect fill_rect hline vline publish connect "
    "append pop insert remove sort index count "
    "OUT IN PULL_UP PULL_DOWN IRQ_FALLING IRQ_RISING ONE_SHOT PERIODIC "
    "sleep sleep_ms sleep_us ticks_ms ticks_us ticks_diff randint choice random"
)
METHODS = KNOWN.split()
# Where the names come from that children forget to import.
HOMES = {
    "machine": "Pin ADC PWM I2C SPI UART Timer SoftI2C",
    "time": "sleep sleep_ms sleep_us ticks_ms ticks_us ticks_diff ticks_add",
    "random": "randint choice uniform randrange",
    "neopixel": "NeoPixel",
    "dht": "DHT22 DHT11",
    "ssd1306": "SSD1306_I2C",
    "onewire": "OneWire",
    "ds18x20": "DS18X20",
    "umqtt.simple": "MQTTClient",
}
IMPORTED = [word for found in HOMES.values() for word in found.split()]
MODULES = ["machine", "time", "random", "neopixel", "dht", "ssd1306", "onewire", "ds18x20", "network", "math", "json"]
NO_ANSWER = {
    5: "Das Teil am Bus antwortet nicht. Stimmen die Pins, und ist es angeschlossen?",
    19: "Am Bus antwortet niemand unter dieser Adresse. Stimmen die Pins für SDA und SCL?",
    110: "Der Sensor antwortet nicht. Hängt er an genau dem Pin, der im Programm steht?",
}
NUMBER_NEEDED = "Hier passt ein Wert nicht. Steht da Text, wo eine Zahl hingehört?"
NO_SETTINGS = "Auf diesem Board fehlt settings.py mit WLAN und Passwort. Die Vorlage heißt settings_example.py."
POINT = "Im Programm haben Kommazahlen einen Punkt: 0.5 statt 0,5."
TEXT_PLUS_NUMBER = 'Text und Zahl lassen sich nicht mit + verbinden. Schreibe ein Komma: print("Wert:", zahl)'
TEXT_NEEDED = "Hier gehört Text hin, keine Zahl. str(…) macht aus einer Zahl einen Text."
NAME_ONLY = "Hinter handler= und callback= steht nur der Name deiner Funktion, ohne Klammern."
BRACKETS = "Zwischen den Klammern stehen zu viele oder zu wenige Werte."
TYPES = (
    ("takes", BRACKETS),
    ("argument", BRACKETS),
    ("callable", "Hier stehen Klammern hinter etwas, das kein Befehl ist."),
    ("iterable", "Hier gehört eine Liste oder range(…) hin, keine einzelne Zahl."),
    ("subscriptable", "Eckige Klammern gehören hinter eine Liste. Hier steht etwas anderes."),
    ("item assignment", "Eckige Klammern gehören hinter eine Liste. Hier steht etwas anderes."),
    ("NoneType", "Hier steht None, also nichts, wo ein Wert hingehört. Fehlt in deinem Befehl ein return?"),
)


def explain(kind: str, text: str, line: int, source: str) -> "Explained":
    """Return the line to look at (0 = unknown) and a message for the child whose program is `source`."""
    return EXPLAIN.get(kind, _other)(text, line, source)


def technical(kind: str, text: str) -> str:
    """Return the error as MicroPython puts it; those of our own modules say all in the message."""
    return "" if kind in ("BoardError", "DeviceError", "StationError") else f"{kind}: {text}" if text else kind


def _name(text: str, line: int, source: str) -> "Explained":
    name = _quoted(text)
    if not name:
        return line, (
            "Dieser Name gilt hier noch nicht. Willst du ihn in einem Befehl ändern, beginne ihn mit: global NAME"
        )
    if any(letter in CURLY for letter in name):
        return line, CURLY_QUOTES
    unknown = f"Den Namen „{name}“ kenne ich nicht."
    for code in read(source):
        if code.bare.replace(" ", "").startswith(name + "=="):
            return code.number, f"Mit == vergleichst du. Einen Wert gibst du mit einem =: {name} = …"
    if name in MODULES:
        return line, f"{unknown} Oben im Programm fehlt: import {name}"
    for home, found in HOMES.items():
        if name in found.split():
            return line, f"{unknown} Oben im Programm fehlt: from {home} import {name}"
    return line, unknown + _meant(name, PYTHON + given_names(read(source)))


def _attribute(text: str, line: int, source: str) -> "Explained":
    name = _last_quoted(text) or "?"
    if "NoneType" in text:
        return line, f"Hier steht None, also nichts. Darum gibt es kein „.{name}“. Was kommt in der Zeile davor heraus?"
    if name == "value" and "=" in _code(source, line).replace("==", ""):
        return line, "Einen Pin stellst du mit Klammern: .value(1) statt .value = 1"
    return line, f"„.{name}“ gibt es hier nicht." + (
        _meant(name, METHODS + IMPORTED) or " Prüfe, wie das Wort geschrieben wird."
    )


def _import(text: str, line: int, source: str) -> "Explained":
    name = _quoted(text) or (text.split()[-1] if text else "")
    if not name:
        return line, "Das lässt sich nicht importieren. Prüfe, wie das Wort geschrieben wird."
    if name == "settings":
        return line, NO_SETTINGS
    return line, f"„{name}“ lässt sich nicht importieren." + _meant(name, MODULES + IMPORTED)


def _memory(text: str, line: int, source: str) -> "Explained":
    return line, "Der Speicher ist voll. Dein Programm will sich mehr merken, als auf das Board passt."


def _endless(text: str, line: int, source: str) -> "Explained":
    return line, "Dein Programm dreht sich hier im Kreis und wartet nie. Fehlt in der Schleife ein sleep()?"


def _changes(text: str, line: int, source: str) -> "Explained":
    return line, "Deine Lichter wechseln viel zu schnell. Fehlt in der Schleife ein sleep()?"


def _printed(text: str, line: int, source: str) -> "Explained":
    return line, "Dein Programm schreibt viel zu viel. Fehlt in der Schleife ein sleep()?"


def _calls(text: str, line: int, source: str) -> "Explained":
    return line, "Ein Timer oder Taster ruft deinen Befehl so oft, dass nichts anderes mehr drankommt."


def _board(text: str, line: int, source: str) -> "Explained":
    return line, text


BRACKETS_MISSING = "Hier fehlen Klammern hinter einem Befehl: Ohne () rufst du ihn nicht."


def _type(text: str, line: int, source: str) -> "Explained":
    if number := _decimal_comma(source, line):
        return number, POINT
    if _called_at_once(_code(source, line)):
        return line, NAME_ONLY
    if "bound_method" in text or "'function'" in text:
        return line, BRACKETS_MISSING
    if "str" in text and ("__add__" in text or "implicitly" in text):
        return line, TEXT_PLUS_NUMBER if "+" in _code(source, line) else TEXT_NEEDED
    for word, message in TYPES:
        if word in text:
            return line, message
    if "sleep" in _code(source, line) and '""' in _code(source, line):
        return line, "In sleep() gehört eine Zahl ohne Anführungszeichen."
    return line, NUMBER_NEEDED


def _called_at_once(code: str) -> bool:
    """Say whether `handler=f()` stands there, where `handler=f` is meant."""
    given = [code.replace(" ", "").partition(word)[2].split(",")[0] for word in ("handler=", "callback=")]
    return any("()" in function and "lambda" not in function for function in given)


def _value(text: str, line: int, source: str) -> "Explained":
    if "unpack" in text:
        return line, "Links vom = stehen nicht gleich viele Namen, wie rechts Werte herauskommen."
    if "empty sequence" in text:
        return line, "Die Liste ist leer. Es gibt noch keinen kleinsten und keinen größten Wert."
    if "integer with base" in text or "for number" in text:
        wrong = _quoted(text)
        return line, f"Aus dem Text {quoted(wrong)} wird keine Zahl." if wrong else "Aus diesem Text wird keine Zahl."
    return line, NUMBER_NEEDED


def _index(text: str, line: int, source: str) -> "Explained":
    if "empty" in text:
        return line, "Die Liste ist leer. Da lässt sich nichts herausnehmen."
    return line, "So viele Plätze gibt es hier nicht. Gezählt wird ab 0: Der letzte von 8 Plätzen ist die 7."


def _key(text: str, line: int, source: str) -> "Explained":
    return line, f"Den Eintrag {quoted(text)} gibt es in deinem Wörterbuch {{…}} nicht."


def _zero(text: str, line: int, source: str) -> "Explained":
    return line, "Durch 0 kann niemand teilen. Welche Zahl steht unter dem Bruchstrich, und wann wird sie 0?"


def _os(text: str, line: int, source: str) -> "Explained":
    if number := next((code for code in NO_ANSWER if str(code) in text.split()), 0):
        return line, NO_ANSWER[number]
    if "13" in text.split() or "EACCES" in text:
        return line, "An diese Datei darf dein Programm nicht. Es hat nur seinen eigenen Ordner."
    if text.strip() in ("2", "[Errno 2] ENOENT"):
        return line, "Diese Datei gibt es auf dem Board nicht."
    return line, "Das Board kommt hier an etwas nicht heran: eine Datei oder ein Teil, das nicht antwortet."


def _input(text: str, line: int, source: str) -> "Explained":
    return line, "Am Board sitzt niemand an einer Tastatur. Nimm statt input() einen Taster."


def _recursion(text: str, line: int, source: str) -> "Explained":
    if "recursion" in text:
        return line, "Ein Befehl ruft immer wieder sich selbst auf. Nimm stattdessen eine Schleife."
    return _other(text, line, source)


def _other(text: str, line: int, source: str) -> "Explained":
    return line, "Hier kann das Programm nicht weiter. Lies, was MicroPython dazu sagt."


def _code(source: str, line: int) -> str:
    program = read(source)
    return program[line - 1].bare if 1 <= line <= len(program) else ""


def _decimal_comma(source: str, line: int) -> int:
    """Return the line that has 0,5 where 0.5 is meant: in this line's sleep(), or where a name got such a value."""
    used = names(_code(source, line))
    for code in read(source):
        left, equals, right = code.bare.partition("=")
        pair = right.strip().split(",")
        if equals and left.strip() in used and len(pair) == 2 and all(_is_digits(part) for part in pair):
            return code.number
        if code.number == line and _comma_in_sleep(code):
            return line
    return 0


def _comma_in_sleep(code: "Code") -> bool:
    inside = code.bare.partition("sleep")[2].partition("(")[2].partition(")")[0].split(",")
    return len(inside) == 2 and all(_is_digits(part) for part in inside)


def _is_digits(text: str) -> bool:
    return text != "" and all("0" <= letter <= "9" for letter in text)


def _quoted(text: str) -> str:
    """Return what stands between the first pair of straight single quotes."""
    return text.split("'")[1] if text.count("'") >= 2 else ""


def _last_quoted(text: str) -> str:
    return text.split("'")[-2] if text.count("'") >= 2 else ""


def _meant(name: str, known: "list[str]") -> str:
    found = similar(name, known)
    if not found:
        return ""
    case = " Groß und klein zählt." if found.lower() == name.lower() else ""
    return f" Meinst du „{found}“?{case}"


EXPLAIN: "dict[str, Callable[[str, int, str], Explained]]" = {
    "SyntaxError": wrong_syntax,
    "IndentationError": wrong_indent,
    "NameError": _name,
    "AttributeError": _attribute,
    "ImportError": _import,
    "MemoryError": _memory,
    "KeyboardInterrupt": _endless,
    "TooManyChanges": _changes,
    "TooMuchPrinted": _printed,
    "TooManyCalls": _calls,
    "BoardError": _board,
    "DeviceError": _board,
    "StationError": _board,
    "TypeError": _type,
    "ValueError": _value,
    "IndexError": _index,
    "KeyError": _key,
    "ZeroDivisionError": _zero,
    "OSError": _os,
    "EOFError": _input,
    "RuntimeError": _recursion,
}

"""Mistakes that MicroPython does not report: what the board noticed, and what a look at the program's text shows."""

from .lines import names, read

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .lines import Code

# What keeps a program from working, by the simulated board's word; each sentence follows the name of the pin.
MISTAKES = {
    "floating": "hängt in der Luft: Ohne Pull-up-Widerstand liest er mal 0 und mal 1. Nimm Pin.PULL_UP.",
    "not-an-output": "ist kein Ausgang. Darum leuchtet dort nichts. Nimm Pin.OUT.",
    "short": "ist ein Ausgang, und ein Teil gibt dort selbst Strom. Das kann beides kaputt machen. Nimm Pin.IN.",
    "nothing-to-measure": "misst, aber dort ist nichts angeschlossen. Stimmt die Nummer?",
    "pwm-without-freq": "hat noch keine Frequenz. Erst freq(), dann duty_u16().",
    "pwm-shares-frequency": "teilt sich die Frequenz mit einem anderen Pin. Nimm für den Ton einen anderen.",
    "servo-freq": "bewegt den Servo nicht: Er braucht 50 Pulse in der Sekunde. Schreibe freq(50).",
    "servo-pulse": "gibt dem Servo Pulse, die er nicht versteht. Sie dauern 0,5 bis 2,5 Millisekunden.",
    "trigger-too-short": "war zu kurz an. Der Abstandssensor braucht 10 Mikrosekunden: sleep_us(10).",
    "display-swapped": "ist mit dem anderen Pin vertauscht: Tausche im Programm SDA und SCL.",
    "dht-too-soon": "ist zu früh gefragt. Der Fühler misst nur alle zwei Sekunden neu: sleep(2).",
    "other-dht": "ist mit einem anderen Fühler verbunden, als im Programm steht: DHT22 ist weiß, DHT11 ist blau.",
    "ds18x20-too-soon": "ist zu früh gelesen: 85 Grad heißt, der Fühler war noch nicht fertig. Warte erst 0,75 s.",
    "wrong-baudrate": "hört im falschen Takt. Der Sensor spricht mit baudrate=9600.",
    "sleep-in-handler": "steht in einem Befehl, den ein Taster oder Timer ruft. Dort wartet man nicht.",
    "handler-too-slow": "ruft öfter, als dein Befehl fertig wird. Mach ihn kürzer.",
}
# Good to know, and seldom why something does not work.
REMARKS = {
    "strapping": "entscheidet auch, wie das Board startet. Hängt dort ein Teil, startet es vielleicht nicht.",
    "no-umlauts": "kann keine Umlaute und kein °. Schreibe ae, oe, ue und C.",
    "wifi-simulated": "ist hier nur gespielt. Auf einem echten Board brauchst du Namen und Passwort eines WLANs.",
    "adc-range": "bekommt mehr Spannung, als er misst. Ab da bleibt die Zahl gleich.",
    "nobody-answers": "fragt, aber dort antwortet kein Teil.",
    "watchdog": "hat das Board neu gestartet: Dein Programm hat zu lange nicht feed() gerufen.",
}
NOTES = dict(list(MISTAKES.items()) + list(REMARKS.items()))
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


def mistake_in(notes: "list[tuple[str, str]]") -> "tuple[str, str] | None":
    """Return pin and word of the first note that keeps a program from working, None when there is none."""
    for pin, word in notes:
        if word in MISTAKES:
            return pin, word
    return None


def note_on(pin: str, word: str) -> str:
    """Return the sentence for what the board noticed at a pin."""
    return f"{pin} {NOTES.get(word, word)}"

"""The sentences from which a child wires, in German and English."""

from collections.abc import Mapping

PHRASES: Mapping[str, Mapping[str, str]] = {
    "de": {
        "usb-off": "Das USB-Kabel ist ab.",
        "plugged": (
            "{board}: sitzt in den Reihen 1 bis {rows}. Die USB-Buchse zeigt nach links, weg von den anderen Reihen. "
            "Loch a liegt vorn bei dir, Loch j hinten."
        ),
        "beside": (
            "{board}: liegt links neben dem Steckbrett. Die USB-Buchse zeigt nach links. "
            "Am Steckbrett liegt Loch a vorn bei dir, Loch j hinten."
        ),
        "led": "{name}: langes Bein in Reihe {long}, kurzes Bein in Reihe {short}, beide in Loch {line}.",
        "button": "{name}: sitzt über der Rinne in den Reihen {first} und {last}, in den Löchern e und f.",
        "module": "{name}: {legs}, alle in Loch {line}. Schau, was am Teil steht: Danach richtest du dich.",
        "hanging": "{name}: Das Teil liegt daneben. Seine Kabel stecken hier: {legs}, alle in Loch {line}.",
        "leg": "{leg} in Reihe {row}",
        "plus-leg": "Bein mit dem Plus",
        "minus-leg": "anderes Bein",
        "resistor": "Widerstand {value}: {start} {end}.",
        "cable": "Kabel {number}, {colour}{kind}: {start} {end}.",
        "socket": " (mit Buchse)",
        "from-hole": "von Reihe {row}, Loch {line}{pin},",
        "to-hole": "nach Reihe {row}, Loch {line}",
        "foot": "vom Bein {name} am Board ({row} Beinreihe, das {place}. von der USB-Buchse aus)",
        "front": "vordere",
        "back": "hintere",
        "to-": "zur Minus-Reihe",
        "to+": "zur Plus-Reihe",
        "gap-": "Hat die Minus-Reihe in der Mitte eine Lücke? Dann steck ein kurzes Kabel über die Lücke.",
        "gap+": "Hat die Plus-Reihe in der Mitte eine Lücke? Dann steck ein kurzes Kabel über die Lücke.",
        "compare": "Jemand hat die Schaltung mit dem Plan verglichen.",
        "usb-on": "Erst jetzt kommt das USB-Kabel dran.",
    },
    "en": {
        "usb-off": "The USB cable is off.",
        "plugged": (
            "{board}: sits in rows 1 to {rows}. Its USB socket points to the left, away from the other rows. "
            "Hole a is at the front, near you, hole j at the back."
        ),
        "beside": (
            "{board}: lies to the left of the breadboard. Its USB socket points to the left. "
            "On the breadboard hole a is at the front, near you, hole j at the back."
        ),
        "led": "{name}: long leg in row {long}, short leg in row {short}, both in hole {line}.",
        "button": "{name}: sits across the groove in rows {first} and {last}, in holes e and f.",
        "module": "{name}: {legs}, all in hole {line}. Read what is printed on the part: that is what counts.",
        "hanging": "{name}: the part lies beside the breadboard. Its wires go here: {legs}, all in hole {line}.",
        "leg": "{leg} in row {row}",
        "plus-leg": "leg with the plus",
        "minus-leg": "other leg",
        "resistor": "Resistor {value}: {start} {end}.",
        "cable": "Wire {number}, {colour}{kind}: {start} {end}.",
        "socket": " (with a socket)",
        "from-hole": "from row {row}, hole {line}{pin},",
        "to-hole": "to row {row}, hole {line}",
        "foot": "from leg {name} of the board ({row} row of legs, number {place} from the USB socket)",
        "front": "front",
        "back": "back",
        "to-": "to the minus row",
        "to+": "to the plus row",
        "gap-": "Does the minus row have a gap in the middle? Then a short wire joins both halves.",
        "gap+": "Does the plus row have a gap in the middle? Then a short wire joins both halves.",
        "compare": "Somebody has compared the wiring with the plan.",
        "usb-on": "Only now the USB cable goes in.",
    },
}


def phrases_in(lang: str) -> Mapping[str, str]:
    """Return the sentences in `lang`, in English where there are none."""
    return PHRASES.get(lang, PHRASES["en"])

"""The words on and about a circuit diagram, in German and English."""

from collections.abc import Mapping

WORDS: Mapping[str, Mapping[str, str]] = {
    "de": {
        "title": "Schaltplan: {title}",
        "board": "Links das Board {board}.",
        "pull-up": "Pull-up im Board",
        "pull-down": "Pull-down im Board",
        "led": "{label}: von {pin} über einen Widerstand mit {value} und eine LED zu {end}.",
        "button": "{label}: ein Taster zwischen {pin} und {end}.",
        "buzzer": "{label}: ein Summer zwischen {pin} und {end}.",
        "block": "{label}: {pins}, Strom von {supply}, Minus an GND.",
        "divider": "{leg}: von dort über 1 kΩ zu {pin}, und von {pin} über 2 kΩ zu GND.",
    },
    "en": {
        "title": "Circuit diagram: {title}",
        "board": "On the left the board {board}.",
        "pull-up": "pull-up in the board",
        "pull-down": "pull-down in the board",
        "led": "{label}: from {pin} through a resistor of {value} and an LED to {end}.",
        "button": "{label}: a button between {pin} and {end}.",
        "buzzer": "{label}: a buzzer between {pin} and {end}.",
        "block": "{label}: {pins}, supply from {supply}, minus to GND.",
        "divider": "{leg}: from there through 1 kΩ to {pin}, and from {pin} through 2 kΩ to GND.",
    },
}


def words_in(lang: str) -> Mapping[str, str]:
    """Return the words in `lang`, in English where there are none."""
    return WORDS.get(lang, WORDS["en"])

"""Exercises to wire in tests: small ones, full ones, and one with every kind of part."""

import random
from pathlib import Path

from makerwagen.content.exercise import Exercise
from makerwagen.load.repository_loader import load_repository

ROOT = Path(__file__).parents[3]
REPOSITORY, _ = load_repository(ROOT)
PARTS = REPOSITORY.parts


def exercise(board: str, *wires: dict) -> Exercise:
    return Exercise.model_validate(
        {"title": {"de": "Probe"}, "board": board, "task": {"de": "Stecke."}, "wiring": list(wires)}
    )


def part(id: str, kind: str, pin: object, **more: object) -> dict:
    place = {"pins": pin} if isinstance(pin, dict) else {"pin": pin}
    return {"id": id, "part": kind, "label": {"de": id.capitalize()}, **place, **more}


def led(id: str, colour: str, pin: str, **more: object) -> dict:
    return part(id, f"led-{colour}", pin, value="330 Ω", **more)


DISTANCE = part("abstand", "hcsr04", {"trigger": "GP14", "echo": "GP15"}, through="voltage-divider")
I2C = {"sda": "GP4", "scl": "GP5"}
I2C_ESP = {"sda": "GPIO21", "scl": "GPIO22"}
WIRED = {
    "nothing": exercise("pico-w"),
    "one light": exercise("pico-w", led("rot", "red", "GP15")),
    "a light at 3V3": exercise("pico-w", led("rot", "red", "GP15", other_leg="3V3")),
    "light and button": exercise("pico-w", led("rot", "red", "GP15"), part("taster", "push-button", "GP14")),
    "a button at 3V3": exercise("pico-w", part("taster", "push-button", "GP20", other_leg="3V3")),
    "knob": exercise("pico-w", part("knopf", "potentiometer", "GP26"), led("rot", "red", "GP15")),
    "ring": exercise("pico-w", part("ring", "neopixel-ring", "GP28", count=12)),
    "weather": exercise("pico-w", part("luft", "dht22", "GP22"), part("display", "oled-display", I2C)),
    "two on one bus": exercise("pico-w", part("wetter", "bme280", I2C), part("display", "oled-display", I2C)),
    "two on one wire": exercise(
        "pico-w", part("a", "ds18x20", "GP6", value="4.7 kΩ"), part("b", "ds18x20", "GP6", value="4.7 kΩ")
    ),
    "parking": exercise(
        "pico-w",
        DISTANCE,
        *(led(name, name, pin) for name, pin in (("green", "GP10"), ("yellow", "GP11"), ("red", "GP12"))),
        part("summer", "buzzer", "GP16"),
    ),
    "barrier": exercise("pico-w", part("servo", "servo", "GP16"), part("taster", "push-button", "GP15")),
    "dust": exercise("pico-w", part("staub", "sds011", "GP1"), part("bewegung", "motion-sensor", "GP7")),
    "eight": exercise(
        "pico-w",
        *(led(f"licht{number}", "green", f"GP{number}") for number in (2, 3, 6, 7, 10)),
        part("taster", "push-button", "GP15"),
        part("summer", "buzzer", "GP16"),
        part("hell", "light-sensor", "GP27"),
    ),
    "many modules": exercise(
        "pico-w",
        led("a", "red", "GP2"),
        led("b", "green", "GP3"),
        part("wasser", "ds18x20", "GP6", value="4.7 kΩ"),
        part("mensch", "motion-sensor", "GP7"),
        part("laut", "microphone", "GP27"),
        part("tor", "light-barrier", "GP17"),
        part("taster", "push-button", "GP20"),
    ),
    "esp32 lights": exercise(
        "esp32",
        *(led(name, name, pin) for name, pin in (("green", "GPIO25"), ("yellow", "GPIO26"), ("red", "GPIO27"))),
        part("taster", "push-button", "GPIO4"),
    ),
    "esp32 sensors": exercise(
        "esp32",
        part("erde", "soil-moisture", "GPIO34"),
        part("display", "oled-display", I2C_ESP),
        part("wetter", "bme280", I2C_ESP),
        part("hell", "light-sensor", "GPIO35"),
    ),
}


def random_wiring(seed: int) -> Exercise:
    """Return an exercise with up to eight parts on a board, each on pins that suit it."""
    chance = random.Random(seed)
    board = REPOSITORY.boards[chance.choice(["pico-w", "esp32"])]
    feet = {*board.header.left, *board.header.right}
    pins = [pin for pin in board.pins if not pin.reserved and pin.name in feet]
    chance.shuffle(pins)
    wires = []
    for number in range(chance.randint(1, 8)):
        kind, used = chance.choice(PARTS.parts), {}
        for terminal in kind.terminals:
            adc = terminal.uses == "adc"
            fitting = (
                pin for pin in pins if pin.name not in used.values() and (pin.adc if adc else not pin.input_only)
            )
            used[terminal.name] = next((pin.name for pin in fitting), "")
        if not all(used.values()):
            continue
        pins = [pin for pin in pins if pin.name not in used.values()]
        more = {"value": "4.7 kΩ" if kind.kind == "ds18x20" else "330 Ω"} if kind.needs_resistor else {}
        more |= {"through": "voltage-divider"} if kind.kind == "hcsr04" else {}
        more |= {"other_leg": "3V3"} if kind.kind == "button" and chance.random() < 0.3 else {}
        label = chance.choice(["Licht", "Auto rot", "Fußgänger grün", "Temperatur draußen", "x"])
        wires.append(part(f"teil-{number}", kind.id, used, **more) | {"label": {"de": label}})
    return exercise(board.id, *wires)

"""Colours of wires: a suggestion to a child, and told apart without colour by number and by the pattern of the core."""

from dataclasses import dataclass

from makerwagen.boards.wiring.holes import Cable, Layout


@dataclass(frozen=True)
class Colour:
    """A colour with its names, what is drawn, and the dashes of the core ('' = solid)."""

    de: str
    en: str
    drawn: str
    dashes: str = ""

    def name(self, lang: str) -> str:
        """Return its name."""
        return self.de if lang == "de" else self.en


GROUND = Colour("schwarz", "black", "#1c1c1c")
LOW = Colour("orange", "orange", "#f28c1c", "14 3")
HIGH = Colour("rot", "red", "#e53935", "4 2")
SIGNALS = (
    Colour("blau", "blue", "#2f6fc4"),
    Colour("gelb", "yellow", "#f7d038", "9 5"),
    Colour("grün", "green", "#3fa34d", "6 3"),
    Colour("weiß", "white", "#ffffff", "16 2.5"),
    Colour("lila", "purple", "#a06cd5", "12 3 3 3"),
    Colour("grau", "grey", "#b5b5b5", "5 3"),
    Colour("braun", "brown", "#a9744f", "7 2 2 2"),
)


def colours_of(layout: Layout) -> dict[int, Colour]:
    """Return the colour of each wire by its number: black is minus, supplies by their volts, signals in turn."""
    found: dict[int, Colour] = {}
    signals: dict[str, Colour] = {}
    for cable in layout.cables:
        found[cable.number] = _of_supply(cable, layout) or signals.setdefault(
            cable.carries, SIGNALS[len(signals) % len(SIGNALS)]
        )
    return found


def _of_supply(cable: Cable, layout: Layout) -> Colour | None:
    if cable.carries == "GND":
        return GROUND
    volts = layout.board.supplies.get(cable.carries)
    return None if volts is None else HIGH if volts > layout.board.volts else LOW

"""Generator of a temperature walk through a schoolyard: six groups, five places, three readings each; nobody walked."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from makerwagen.sensors.packs.simulated_form import as_table

WALK_COLUMNS = "gruppe,ort,zeit,nummer,temperatur"
# 10 o'clock by the school's clock, on a sunny Tuesday in June.
BEGIN = datetime(2026, 6, 23, 8, tzinfo=UTC)
# Name and by how much the group's thermometer is off, in degrees; no DHT22 must be better than half a degree.
GROUPS = (("Amsel", 0.2), ("Dohle", -0.4), ("Elster", 0.1), ("Meise", 0.4), ("Spatz", -0.2), ("Star", 0.0))
# By how many degrees the air at 1 m differs from the lawn's; in shade and sun it is a few degrees, never ten.
PLACES = (("Asphalt", 1.3), ("Linde", -1.3), ("Rutsche", 0.8), ("Wand", 1.7), ("Wiese", 0.0))
WITHOUT_SHADE = "ohne Schirm"
AIR, WARMING_PER_MINUTE, NOISE = 26.4, 0.02, 0.1
SUN_ON_SENSOR = (8.4, 9.1, 9.6)
MINUTES_PER_PLACE = 4
HAND_WARM = (1.9, 1.0, 0.4)


def schoolyard_walk(random: Random) -> str:
    """Return the walk as a table; each group begins at another place, the last stop is the asphalt without shade."""
    return as_table(WALK_COLUMNS, _rows(random))


def _rows(random: Random) -> Iterator[tuple[object, ...]]:
    for number, (group, off) in enumerate(GROUPS):
        first = number % len(PLACES)
        way = (*PLACES[first:], *PLACES[:first], (WITHOUT_SHADE, PLACES[0][1]))
        for stop, (place, differs) in enumerate(way):
            for reading in range(3):
                minutes = stop * MINUTES_PER_PLACE + 2 + reading / 3
                degrees = AIR + WARMING_PER_MINUTE * minutes + differs + off + random.gauss(0, NOISE)
                degrees += _fault(group, place, reading)
                shown = "" if (group, place, reading) == ("Spatz", "Linde", 2) else f"{degrees:.1f}"  # not written down
                at = BEGIN + timedelta(seconds=round(minutes * 60))
                yield group, place, at.isoformat(), reading + 1, shown


def _fault(group: str, place: str, reading: int) -> float:
    if place == WITHOUT_SHADE or (group, place) == ("Elster", "Rutsche"):  # Elster forgot the cardboard
        return SUN_ON_SENSOR[reading]
    if (group, place) == ("Meise", "Wiese"):  # Meise did not wait: the sensor is still warm from a hand
        return HAND_WARM[reading]
    return 0.0

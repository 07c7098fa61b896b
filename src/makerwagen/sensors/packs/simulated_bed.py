"""Generator of a hot day in a raised bed: two moisture sensors, one of them watered, and once pulled out."""

import math
from datetime import UTC, datetime, timedelta
from random import Random

from makerwagen.sensors.packs.simulated_form import Record, as_answer

MORNING = datetime(2026, 6, 26, 4, tzinfo=UTC)  # 6 o'clock in Dortmund, a Friday with school
EVERY = timedelta(minutes=10)
READINGS = 85
WATERED, PULLED = 52, (22, 23)  # 14:40; 9:40 and 9:50, the long break
# Name, reading in dry and in wet soil (every sensor has its own), percent at 6 o'clock, share of the sun's thirst.
SENSORS = (("vorn", 46_000, 23_000, 60.0, 1.0), ("hinten", 43_500, 20_500, 47.0, 0.5))
AIR = -11.0  # air is drier than dry soil
NOTE = "Simuliert vom Makerwagen. Das Beet und seine Fühler gibt es nicht."


def school_bed(random: Random) -> str:
    """Return raw readings of both sensors, every ten minutes, with the two numbers that calibrate each."""
    records: list[Record] = []
    percents = [start for _, _, _, start, _ in SENSORS]
    for number in range(READINGS):
        at = MORNING + number * EVERY
        for place, (name, dry, wet, _, share) in enumerate(SENSORS):
            percents[place] = _after_ten_minutes(percents[place], number, share, watered=place == 0)
            pulled = place == 0 and number in PULLED
            shown = (AIR if pulled else percents[place]) + random.gauss(0, 0.5)
            raw = round(dry - shown / 100 * (dry - wet))
            time = at.isoformat(timespec="seconds")
            records.append({"zeit": time, "fuehler": name, "rohwert": raw, "trocken": dry, "nass": wet})
    return as_answer(records, NOTE)


def _after_ten_minutes(percent: float, number: int, share: float, *, watered: bool) -> float:
    hour = 6 + number / 6
    sun = max(0.0, math.sin((hour - 5.5) / 16 * math.pi))
    percent -= share * (0.12 + 0.85 * sun)
    if watered and number == WATERED:
        return percent + 55
    # What the soil cannot hold runs through within the hour.
    return percent - max(0.0, percent - 68) * 0.25 if watered and number > WATERED else percent

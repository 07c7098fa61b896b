"""Generator of a summer beside a young street tree: moisture each morning, and what neighbours poured."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from makerwagen.sensors.packs.simulated_form import as_table
from makerwagen.sensors.packs.simulated_weather import LOST_DAYS, SUMMER, SUMMER_DAYS, summer_days

WEATHER_SEED = 20260601  # of the pack dwd-sommer: both packs tell of the same invented summer
BEGIN = 34.0
PER_WATERING = 50
WATERED = (12, 17, 25, 34, 41, 48, 52, 70, 82)  # evenings on which neighbours poured 50 litres, as their list says
FORGOTTEN = 77  # poured as well, but nobody wrote it down
LOOSE = (37, 38)  # the sensor hung in the air
COLUMNS = "tag;feuchte;gegossen"


def tree_soil(random: Random) -> str:
    """Return for each day the moisture at 8 o'clock in percent and the litres poured in the evening."""
    return as_table(COLUMNS, _rows(random))


def _rows(random: Random) -> Iterator[tuple[object, ...]]:
    moist = BEGIN
    for number, (high, rain) in enumerate(_weather()):
        poured = PER_WATERING if number in WATERED else 0
        shown = "" if number in LOOSE else f"{moist + random.gauss(0, 0.35):.1f}"
        yield f"{SUMMER + timedelta(days=number):%Y-%m-%d}", shown, poured
        moist = _next_morning(moist, high, rain) + (6.5 if poured or number == FORGOTTEN else 0.0)


def _next_morning(moist: float, high: float, rain: float) -> float:
    """Wetter soil gives more away; the first two millimetres stay in the crown, and a downpour runs off dry soil."""
    thirst = (0.35 + 0.10 * max(0.0, high - 15)) * (0.35 + moist / 40)
    soaks_in = min(max(0.0, rain - 2), 7.0) * 0.7
    return max(6.0, moist - thirst + soaks_in)


def _weather() -> Iterator[tuple[float, float]]:
    rows = [line.split(";") for line in summer_days(Random(WEATHER_SEED)).splitlines()[1:]]
    for number in range(SUMMER_DAYS):
        high, rain = float(rows[2 * number][3]), float(rows[2 * number + 1][3])
        if number in LOST_DAYS:  # nobody knows the weather of these days; here it was like most of June
            high, rain = 22.0, 0.0
        yield (high / 10 if high > 60 else high), rain

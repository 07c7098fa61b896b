"""Generators of weather in the shapes of the Deutscher Wetterdienst; the station does not exist."""

import math
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from makerwagen.sensors.packs.simulated_form import as_table

STATION = 99999
WEEK = datetime(2026, 7, 13, tzinfo=UTC)
HOURS = 7 * 24
NOTHING = -999
# Mean temperature of the seven days: it gets hotter until a thunderstorm breaks the heat on the fifth evening.
DAY_MEANS = (19.5, 21.5, 23.8, 25.6, 26.4, 19.8, 18.6)
STORM = 4 * 24 + 17
# Rain in mm in the hours after the storm breaks, and a drizzle on the last day.
STORM_RAIN = (7.4, 12.9, 5.1, 1.2, 0.3)
DRIZZLE = {6 * 24 + 6: 0.2, 6 * 24 + 7: 0.6, 6 * 24 + 8: 0.4, 6 * 24 + 9: 0.1}
SUMMER = date(2026, 6, 1)
SUMMER_DAYS = 92
LOST_DAYS = (20, 21, 22)


def hourly_temperature(random: Random) -> str:
    """Return a hot week in the form of produkt_tu_stunde: temperature and humidity each hour, UTC."""
    rows: list[tuple[object, ...]] = []
    noise = 0.0
    for hour in range(HOURS):
        noise = 0.7 * noise + random.gauss(0, 0.35)
        warm = _temperature(hour) + noise
        damp = max(25.0, min(98.0, 132 - 2.9 * warm + random.gauss(0, 2.5)))
        lost = hour in range(52, 56)  # four hours without a value
        stuck = hour in range(125, 130)  # the thermometer hangs
        warm = float(str(rows[124][3])) if stuck else warm
        values = (NOTHING, NOTHING) if lost else (f"{warm:.1f}", f"{damp:.1f}")
        rows.append((STATION, f"{WEEK + timedelta(hours=hour):%Y%m%d%H}", 1 if stuck else 3, *values, "eor"))
    del rows[80:82]  # two hours are missing altogether
    return as_table("STATIONS_ID;MESS_DATUM;QN_9;TT_TU;RF_TU;eor", rows)


def _temperature(hour: int) -> float:
    day, clock = divmod(hour, 24)
    tomorrow = DAY_MEANS[min(day + 1, len(DAY_MEANS) - 1)]
    mean = DAY_MEANS[day] + (tomorrow - DAY_MEANS[day]) * max(0, clock - 18) / 6
    swing = 2.5 if hour > STORM else 6.2
    return mean + swing * math.cos((clock - 14) / 24 * 2 * math.pi)  # warmest at 14 UTC


def hourly_rain(random: Random) -> str:
    """Return the same week in the form of produkt_rr_stunde: rain each hour, UTC."""
    fallen = dict(enumerate(STORM_RAIN, STORM)) | DRIZZLE
    rows: list[tuple[object, ...]] = []
    for hour in range(HOURS):
        rain = fallen.get(hour, 0.0) * random.uniform(0.9, 1.1)
        shown, wet = f"{rain:.1f}", int(rain >= 0.05)
        if hour in (30, 31):
            shown, wet = str(NOTHING), NOTHING
        if hour == STORM + 4:
            wet = 0  # rain in the gauge, and the sign for rain says no
        rows.append((STATION, f"{WEEK + timedelta(hours=hour):%Y%m%d%H}", 3, shown, wet, NOTHING, "eor"))
    return as_table("STATIONS_ID;MESS_DATUM;QN_8;R1;RS_IND;WRTR;eor", rows)


def summer_days(random: Random) -> str:
    """Return a summer in the form of the climate portal: the day's highest temperature and its rain, one a row."""
    header = "Produkt_Code;SDO_ID;Zeitstempel;Wert;Qualitaet_Niveau;Qualitaet_Byte"
    return as_table(header, _summer_rows(random))


def _summer_rows(random: Random) -> Iterator[tuple[object, ...]]:
    deviation, dry = 0.0, 0
    for number in range(SUMMER_DAYS):
        day = SUMMER + timedelta(days=number)
        # Weather lasts: today is much like yesterday, and a dry spell goes on until it ends.
        deviation = 0.75 * deviation + random.gauss(0, 2.4)
        rains = random.random() < (0.30 if dry < 9 else 0.18)
        rain = random.expovariate(1 / 5.5) if rains else 0.0
        dry = 0 if rain > 1 else dry + 1
        high = 23.5 + 2.5 * math.sin(math.pi * number / SUMMER_DAYS) + deviation - (2.0 if rain > 2 else 0.0)
        shown_high, shown_rain = f"{high:.1f}", f"{rain:.1f}"
        if number in LOST_DAYS:
            shown_high = shown_rain = str(NOTHING)
        if number == 60:
            shown_high = f"{high * 10:.0f}"  # a forgotten point
        yield "OBS_DEU_P1D_T2M_X", STATION, f"{day:%Y-%m-%d}", shown_high, 3, 1
        yield "OBS_DEU_P1D_RR", STATION, f"{day:%Y-%m-%d}", shown_rain, 3, 1

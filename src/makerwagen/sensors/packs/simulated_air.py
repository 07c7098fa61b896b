"""Generators in the shapes of openSenseMap and Sensor.Community; boxes and sensors do not exist."""

import math
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from makerwagen.sensors.packs.simulated_form import as_table

BOX_COLUMNS = "createdAt,value,lat,lon,boxId,boxName,exposure,sensorId,phenomenon,unit,sensorType"
BOX_DAY = datetime(2026, 7, 14, tzinfo=UTC)
# name, lat, lon (rounded: no box stands at anybody's door), degrees that the sun adds at noon.
BOXES = (("Schulhof Sonne (simuliert)", 51.51, 7.46, 9.0), ("Schulhof Linde (simuliert)", 51.51, 7.46, 0.5))
PHENOMENA = (("Temperatur", "°C", "HDC1080"), ("rel. Luftfeuchte", "%", "HDC1080"), ("PM2.5", "µg/m³", "SDS 011"))

DUST_COLUMNS = "sensor_id;sensor_type;location;lat;lon;timestamp;P1;durP1;ratioP1;P2;durP2;ratioP2"
EVENING = datetime(2025, 12, 31, 16, 0, 12, tzinfo=UTC)
MIDNIGHT = datetime(2025, 12, 31, 23, tzinfo=UTC)
DUST_ROWS = 192
SENSOR, PLACE = 99999, 99999


def school_boxes(random: Random) -> str:
    """Return a hot day at two boxes in one schoolyard, one in the sun and one under a lime tree."""
    return as_table(BOX_COLUMNS, _box_rows(random))


def _box_rows(random: Random) -> Iterator[tuple[object, ...]]:
    boxes = [(box, _identity(random), [_identity(random) for _ in PHENOMENA]) for box in BOXES]
    for hour in range(24):
        air = 22 + 6.5 * math.cos((hour - 14) / 24 * 2 * math.pi)
        for (name, lat, lon, sun), box, sensors in boxes:
            warm = air + sun * max(0.0, math.cos((hour - 12) / 12 * math.pi)) + random.gauss(0, 0.25)
            damp = max(20.0, min(99.0, 128 - 3 * warm + random.gauss(0, 2)))
            dust = max(1.0, 7 + 3 * math.exp(-(((hour - 6) / 2) ** 2)) + random.gauss(0, 0.8))
            shown = _with_faults((warm, damp, dust), hour, shady=sun < 1)
            if shown is None:
                continue
            at = BOX_DAY + timedelta(hours=hour, seconds=random.randint(0, 50), milliseconds=random.randint(0, 999))
            time = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            for value, sensor, (phenomenon, unit, kind) in zip(shown, sensors, PHENOMENA, strict=True):
                yield time, f"{value:.2f}", lat, lon, box, name, "outdoor", sensor, phenomenon, unit, kind


def _with_faults(values: tuple[float, float, float], hour: int, *, shady: bool) -> tuple[float, ...] | None:
    warm, damp, dust = values
    if shady and hour in (9, 10, 11):
        return None  # the box under the tree had no network
    if shady and hour >= 19:
        damp = 99.9  # wet, and hangs at its end stop
    if not shady and hour == 16:
        dust = 999.9  # a spider in the intake
    if not shady and hour == 3:
        warm = -127.0  # what a loose wire says
    return warm, damp, dust


def _identity(random: Random) -> str:
    return f"{random.getrandbits(96):024x}"


def fireworks(random: Random) -> str:
    """Return particulate matter on New Year's Eve, in the archive's form, in UTC (midnight is at 23:00)."""
    return as_table(DUST_COLUMNS, _dust_rows(random))


def _dust_rows(random: Random) -> Iterator[tuple[object, ...]]:
    at, last = EVENING, ("", "")
    for number in range(DUST_ROWS):
        after = (at - MIDNIGHT).total_seconds() / 60
        bang = 0.0 if after < 0 else 900 * (1 - math.exp(-after / 8)) * math.exp(-after / 45)
        early = 25 * math.exp(-(((after + 60) / 70) ** 2))
        coarse = (14 + early + bang) * random.uniform(0.88, 1.12)
        fine = coarse * random.uniform(0.52, 0.62)
        shown = f"{coarse:.2f}", f"{fine:.2f}"
        if number == 60:
            shown = shown[1], shown[0]  # PM2.5 above PM10: impossible
        if number == 95:
            shown = "1999.90", "999.90"  # the sensor's end stop, three hours before anything burns
        if number in (120, 121, 122):
            shown = last  # hangs
        if not 130 <= number < 137:  # a quarter of an hour of silence
            yield SENSOR, "SDS011", PLACE, 51.51, 7.46, f"{at:%Y-%m-%dT%H:%M:%S}", shown[0], "", "", shown[1], "", ""
        last = shown
        at += timedelta(seconds=150 + random.randint(-3, 3))

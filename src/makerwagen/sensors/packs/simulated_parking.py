"""The generator of the parking pack: twelve invented houses on one Saturday."""

import math
from datetime import UTC, datetime
from random import Random
from typing import Any

from makerwagen.sensors.packs.simulated_form import Record, as_answer

# name, kind, places, lon, lat, then the share that is taken: at night, in addition at the peak, hour of it, its width.
HOUSES = (
    ("Bienenstock", "Parkhaus", 220, 7.466, 51.514, 0.06, 1.12, 14.5, 3.4),
    ("Dachsbau", "Tiefgarage", 340, 7.462, 51.513, 0.08, 0.70, 15.0, 4.0),
    ("Fuchsbau", "Tiefgarage", 180, 7.459, 51.516, 0.10, 0.80, 11.5, 3.2),
    ("Maulwurf", "Tiefgarage", 460, 7.464, 51.511, 0.09, 0.62, 14.0, 4.0),
    ("Storchennest", "Parkhaus", 310, 7.458, 51.512, 0.00, 0.74, 15.0, 3.8),
    ("Ameisenhügel", "Parkhaus", 0, 7.470, 51.510, 0.0, 0.0, 0.0, 1.0),
    ("Spechtturm", "Parkhaus", 250, 7.464, 51.517, 0.07, 0.84, 13.0, 3.4),
    ("Igelwiese", "Parkplatz", 95, 7.469, 51.518, 0.15, 0.70, 12.5, 3.6),
    ("Froschteich", "Parkplatz", 60, 7.461, 51.509, 0.20, 0.94, 13.5, 3.6),
    ("Kranich", "Park and Ride", 520, 7.430, 51.490, 0.10, 0.30, 14.0, 4.5),
    ("Zugvogel", "Park and Ride", 280, 7.480, 51.545, 0.12, 0.42, 13.0, 4.5),
    ("Eulenhorst", "Parkhaus", 400, 7.470, 51.513, 0.12, 0.68, 20.0, 3.6),
)
HOURS = range(7, 22)
PARKING_NOTE = "SIMULIERT: erfundene Häuser und Zahlen im Aufbau des Datensatzes parkhauser, keine Messung"
# What the counters say wrongly: (house, hour) to free places.
MISCOUNTED = {
    ("Bienenstock", 13): -4,
    ("Bienenstock", 14): -9,
    ("Bienenstock", 15): -12,
    ("Bienenstock", 16): -7,
    ("Dachsbau", 18): -437,
    ("Storchennest", 7): 313,
}
SILENT = ("Igelwiese", (11, 12, 13), 10)


def parking(random: Random) -> str:
    """Return the twelve houses at each full hour from 7 to 21 o'clock."""
    records: list[Record] = []
    for hour in HOURS:
        for number, house in enumerate(HOUSES, 1):
            places = house[2]
            taken = round(places * min(1.0, _share(house, hour) + random.gauss(0, 0.012))) if places else 0
            records.append({"id": f"P{number:02}"} | _state(house, hour, places - taken))
    _silence(records)
    return as_answer(records, PARKING_NOTE)


def _share(house: tuple[Any, ...], hour: int) -> float:
    low, peak, when, width = house[5:]
    return float(low + peak * math.exp(-(((hour - when) / width) ** 2)))


def _state(house: tuple[Any, ...], hour: int, free: int) -> Record:
    name, kind, places, lon, lat = house[:5]
    free = MISCOUNTED.get((name, hour), free)
    taken, short = places - free, round(places * 0.8)
    return {
        "name": name,
        "type": kind,
        "capacity": places,
        "short": short,
        "other": places - short,
        "stand": f"14.11.2026 {hour:02}:00:00",
        "parkeinrichtung": "geöffnet" if places else "geschlossen",
        "dyntotal": places,
        "dynshort": short,
        "dynother": places - short,
        "dtotalo": taken,
        "dshorto": round(taken * 0.8),
        "dothero": taken - round(taken * 0.8),
        "frei": free,
        # Dortmund is one hour ahead of UTC in November.
        "zeitstempel": datetime(2026, 11, 14, hour - 1, tzinfo=UTC).isoformat(),
        "geo_point_2d": {"lon": lon, "lat": lat},
    }


def _silence(records: list[Record]) -> None:
    """Let one house send no time for three hours, with the figures of the hour before."""
    name, hours, since = SILENT
    of_house = dict(zip(HOURS, (record for record in records if record["name"] == name), strict=True))
    for hour in hours:
        of_house[hour].update(of_house[since] | {"stand": "Keine aktuellen Daten", "zeitstempel": None})

"""What the wagon's stations measured, as a table for the notebook that says where it comes from."""

from datetime import datetime
from typing import Any

import numpy as np

from makerwagen.learn.packs import Table, set_up_notebook
from makerwagen.learn.seeing.errors import SeeingError, one_of
from makerwagen.learn.seeing.labels import remember
from makerwagen.learn.wagon import WagonAwayError, ask
from makerwagen.sensors.properties import PROPERTIES
from makerwagen.sensors.words import ZONE, age, clock_time

Answer = dict[str, Any]
SOME = "1 h"


def observations(station: str, what: str = "", since: str = SOME) -> Any:
    """Return what a station measured since a while ago (`90 min`, `2 h`, `3 d`) or a time, one row for each value.

    Columns: time (clock time of Europe/Berlin), the property (e.g. temperature), possible (False for a value that no
    sensor can mean), simulated. What the hub noticed about the station is printed.
    """
    told = ask_station(station, what, since)
    observed, rows = str(told["observed"]), told["observations"]
    if not rows:
        raise SeeingError(_nothing(told, since))
    table = Table(
        {
            "time": [datetime.fromtimestamp(row[0], ZONE).replace(tzinfo=None) for row in rows],
            observed: np.array([row[1] for row in rows], dtype=float),
            "possible": [bool(row[2]) for row in rows],
            "simulated": [bool(row[4]) for row in rows],
        }
    )
    titles = {"time": "Zeit", observed: told["title"], "possible": "möglich", "simulated": "simuliert"}
    remember(table, source_of(told), titles, {observed: told["unit"]})
    set_up_notebook()
    for sentence in told["findings"]:
        print(f"Das fällt auf: {sentence}")
    return table


def ask_station(station: str, what: str = "", since: str = SOME) -> Answer:
    """Return the wagon's answer about one datastream; raise SeeingError that says what a child can do."""
    try:
        wanted = {"station": station, "property": _property(what), "since": since}
        status, told = ask("/api/observations", {name: text for name, text in wanted.items() if text})
    except WagonAwayError as error:
        raise SeeingError(str(error)) from None
    if status == 200:
        return told
    known = told.get("known")
    if not isinstance(known, list) or "Seit wann?" in str(told.get("message")):
        raise SeeingError(str(told.get("message", "Der Wagen hat die Frage nicht verstanden.")))
    stations = list(dict.fromkeys(one["thing"] for one in known))
    if not stations:
        raise SeeingError("Beim Wagen ist noch kein Messwert angekommen. Läuft die Station schon?")
    one_of(station, stations, "Station", "Die")
    there = [one["observed"] for one in known if one["thing"] == station]
    if what:
        one_of(_property(what), there, "Messgröße", "Die")
    examples = " oder ".join(f'observations("{station}", "{one}")' for one in there[:2])
    raise SeeingError(f"„{station}“ misst mehrere Größen: {', '.join(there)}. Schreib dazu, welche: {examples}")


def source_of(told: Answer) -> str:
    """Return the line under every table and plot made from an answer."""
    station = told["thing"] if told["name"] == told["thing"] else f"{told['name']} ({told['thing']})"
    where = f", {told['place']}" if told["place"] else ""
    label = f"{told['title']}, Station {station}{where}, abgerufen {clock_time(told['now'], day=True)} Uhr"
    flags = [bool(row[4]) for row in told["observations"]]
    if all(flags):
        return f"Simulierte Daten – {label} (keine Messung)"
    return f"Zum Teil simulierte Daten – {label}" if any(flags) else f"Eigene Messung: {label}"


def _property(what: str) -> str:
    """Return the name of a property; its German title will do too."""
    titles = {known.title.lower(): name for name, known in PROPERTIES.items()}
    return titles.get(what.strip().lower(), what.strip())


def _nothing(told: Answer, since: str) -> str:
    last = told["now"] - told["last"][0]
    hours = int(last // 3600) + 1
    return (
        f"Seit „{since}“ kam von „{told['thing']}“ nichts. Der letzte Wert ist {age(last)} gekommen. "
        f'Für ihn: since="{hours} h"'
    )

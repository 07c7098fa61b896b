"""A map of the neighbourhood that needs no net: a grid in metres, a few known places, and points for the values.

It is called `show_map` because `map` is a word of Python itself: a notebook that overwrites it breaks `map(int, …)`.
"""

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import yaml
from matplotlib.axes import Axes

from makerwagen.errors import MakerwagenError
from makerwagen.learn.home import content_root
from makerwagen.learn.packs import set_up_notebook
from makerwagen.learn.seeing.clean import numbers_in
from makerwagen.learn.seeing.errors import SeeingError, column_of, kind_of, one_of, table_of
from makerwagen.learn.seeing.labels import TAKEN_OUT, axis_label, cleaned_of, label_of, remark_of, write_below
from makerwagen.learn.seeing.maps_drawing import Spot, View, draw_base, write_names
from makerwagen.learn.seeing.maps_marks import draw_alike, draw_kinds, draw_numbers
from makerwagen.learn.seeing.style import german, short
from makerwagen.learn.seeing.words import tell

# Mean radius of the earth after the IUGG, in metres.
EARTH_M = 6_371_008.8
# What a map shows at least across, in metres, and how much room it leaves around the outermost points.
LEAST_M, ROOM = 40.0, 0.14
MOST_AWAY_M = 40_000.0
MOST_POINTS, MOST_NAMED, MOST_TRIES = 500, 25, 4
LEGEND_WIDTH, MOST_TOLD = 22, 12
# Width of the map itself on the picture, and what stands above and below it.
MAP_INCHES, AROUND_INCHES = 4.9, 1.35
NO_SOURCE = "Quelle: nicht angegeben. Schreib sie dazu: source=„eigene Messung, Schulhof, 3. Mai 2027“"
WINDS = ("Norden", "Nordosten", "Osten", "Südosten", "Süden", "Südwesten", "Westen", "Nordwesten")
Point = tuple[float, float]


@dataclass(frozen=True)
class Place:
    """A known place of the city: its name, latitude and longitude in degrees (WGS84)."""

    name: str
    lat: float
    lon: float


def show_map(  # noqa: PLR0913, one line of a child's notebook says it all
    table: Any,
    value: str | None = None,
    *,
    label: str | None = None,
    title: str = "",
    city: str = "dortmund",
    source: str = "",
) -> Axes:
    """Draw the rows of `table` where its columns `lat` and `lon` say, larger and darker the larger `value` is.

    Where `value` holds names, each has its own colour and mark; without `value` all points are alike. A cross is a row
    without a value, a hollow mark one that `clean` took out. `label` is the column with the names.
    The grid counts metres (or kilometres) to the east and north from the lower left corner.
    """
    for column in ("lat", "lon", *filter(None, (value, label))):
        column_of(table_of(table), column)
    points = _points(table)
    places, view = places_of(city), _view(points)
    spots = np.array([view.metres(lat, lon) for lat, lon in points])
    set_up_notebook()
    ax = plt.subplots(figsize=(8.0, MAP_INCHES * view.half_height / view.half_width + AROUND_INCHES))[1]
    near = draw_base(ax, view, [(place.name, *view.metres(place.lat, place.lon)) for place in places])
    _draw_values(ax, table, value, spots)
    ax.set_title(title, wrap=True)
    notes = [*_notes(table, points, [] if near else places), source or label_of(table) or NO_SOURCE]
    _write_all(ax, _named(table, label, spots), near, spots, notes)
    tell(ax, _in_words(table, value, label, view), what="Karte")
    return ax


def distance_m(here: Any, there: Any, *, city: str = "dortmund") -> float:
    """Return how many metres lie between two points as the crow flies.

    A point is a row with `lat` and `lon`, a pair (lat, lon), or the name of a place on the map. Great circle on a
    sphere (haversine formula); the earth is a little flat, which makes it wrong by 0.5 % at most.
    """
    (lat1, lon1), (lat2, lon2) = (_point(one, city) for one in (here, there))
    half_lat, half_lon = math.radians(lat2 - lat1) / 2, math.radians(lon2 - lon1) / 2
    part = (
        math.sin(half_lat) ** 2 + math.cos(math.radians(lat1)) * math.cos(math.radians(lat2)) * math.sin(half_lon) ** 2
    )
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(part)))


@cache
def places_of(city: str) -> tuple[Place, ...]:
    """Return the known places of a city from curriculum/maps."""
    folder = content_root() / "curriculum" / "maps"
    one_of(city, sorted(path.stem for path in folder.glob("*.yml")), "Karte", "Die")
    return read_places(folder / f"{city}.yml")


def read_places(path: Path) -> tuple[Place, ...]:
    """Return the places in a file; raise MakerwagenError that names the file when it is not of that form."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))["places"]
        return tuple(Place(str(one["name"]), *_degrees(one["lat"], one["lon"])) for one in found)
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError, MakerwagenError) as error:
        raise MakerwagenError(f"{path}: not a list of places with name, lat and lon: {error}; mend the file") from None


def _write_all(ax: Axes, points: Sequence[Spot], near: Sequence[Spot], spots: Any, notes: Sequence[str]) -> None:
    """Write names and notes; which names found no room is a note too, and a further note leaves less room."""
    nameless: list[str] = []
    for _ in range(MOST_TRIES):
        more = [f"Ohne Namen, weil es dort zu eng ist: {', '.join(nameless)}."] if nameless else []
        write_below(ax, "\n".join([*more, *notes]))
        found = write_names(ax, points, near, spots)
        if found == nameless:
            return
        nameless = found


def _draw_values(ax: Axes, table: Any, value: str | None, spots: Any) -> None:
    if value is None:
        draw_alike(ax, spots)
        return
    if _is_number(table, value):
        beside = f"{value}{TAKEN_OUT}"
        taken = numbers_in(table, beside) if beside in table.columns else np.full(len(table), np.nan)
        handles = draw_numbers(ax, spots, numbers_in(table, value), taken)
    else:
        handles = draw_kinds(ax, spots, table[value], value)
    look: dict[str, Any] = {"fontsize": 12, "title_fontsize": 12, "alignment": "left", "labelspacing": 0.7}
    title = textwrap.fill(axis_label(table, value), LEGEND_WIDTH)
    ax.legend(handles=handles, title=title, loc="upper left", bbox_to_anchor=(1.0, 1.01), **look)


def _is_number(table: Any, column: str) -> bool:
    return bool(table[column].dtype.kind in "iuf")


def _named(table: Any, label: str | None, spots: Any) -> list[Spot]:
    """Return each name once, where it is first met."""
    found: dict[str, Spot] = {}
    for name, spot in zip(table[label] if label else (), spots, strict=bool(label)):
        if not np.isnan(spot[0]) and isinstance(name, str):
            found.setdefault(name, (name, float(spot[0]), float(spot[1])))
    return list(found.values()) if len(found) <= MOST_NAMED else []


def _point(one: Any, city: str) -> Point:
    if isinstance(one, str):
        places = {place.name: place for place in places_of(city)}
        place = places[one_of(one, places, "Ort auf der Karte", "Den")]
        return place.lat, place.lon
    if isinstance(one, Mapping) or hasattr(one, "index") and hasattr(one, "dtype"):
        if "lat" not in one or "lon" not in one:
            raise SeeingError("Ein Punkt braucht lat und lon. Diese Zeile hat sie nicht.")
        return _degrees(one["lat"], one["lon"])
    if hasattr(one, "columns"):
        raise SeeingError("Das ist eine Tabelle mit vielen Zeilen. Nimm eine davon: tabelle.iloc[0]")
    if isinstance(one, Sequence) and len(one) == 2:
        return _degrees(*one)
    raise SeeingError(f"Ein Punkt ist eine Zeile, ein Paar (lat, lon) oder ein Name, nicht {kind_of(one)}.")


def _degrees(lat: Any, lon: Any) -> Point:
    try:
        north, east = float(lat), float(lon)
    except (TypeError, ValueError):
        raise SeeingError(f"lat und lon sind Zahlen, hier steht: {lat!r}, {lon!r}.") from None
    if math.isnan(north) or math.isnan(east):
        raise SeeingError("Für diesen Punkt ist nicht bekannt, wo er liegt: lat oder lon fehlt.")
    if not -90 <= north <= 90 or not -180 <= east <= 180:
        raise SeeingError(
            f"lat {short(north)} und lon {short(east)} gibt es auf der Erde nicht. In Dortmund: 51,5 und 7,5."
        )
    return north, east


def _points(table: Any) -> list[Point]:
    points = list(zip(numbers_in(table, "lat"), numbers_in(table, "lon"), strict=True))
    known = [point for point in points if not any(map(math.isnan, point))]
    if not known:
        raise SeeingError("Keine Zeile hat einen Ort: Die Spalten lat und lon sind leer.")
    if len(points) > MOST_POINTS:
        raise SeeingError(f"{len(points)} Punkte sind zu viele für eine Karte. Wähle höchstens {MOST_POINTS} aus.")
    for lat, lon in known:
        _degrees(lat, lon)
    middle = tuple(np.nanmedian(np.array(points), axis=0))
    far = [row for row, point in zip(table.index, points, strict=True) if _is_far(point, middle)]
    if far:
        lat, lon = points[list(table.index).index(far[0])]
        raise SeeingError(
            f"Zeile {far[0]} liegt {distance_m((lat, lon), middle) / 1000:.0f} km von den anderen entfernt "
            f"(lat {german(lat)}, lon {german(lon)}). Sind die beiden vertauscht? So weit weg: {len(far)} "
            f"{'Zeile' if len(far) == 1 else 'Zeilen'}. Lass sie weg: tabelle.drop({far[:5]})"
        )
    return points


def _is_far(point: Point, middle: Any) -> bool:
    return not any(map(math.isnan, point)) and distance_m(point, middle) > MOST_AWAY_M


def _view(points: Sequence[Point]) -> View:
    """Return the part of the earth to show: all points, with room around them."""
    lats, lons = (np.array([point[axis] for point in points]) for axis in (0, 1))
    centre = (float(np.nanmin(lats) + np.nanmax(lats)) / 2, float(np.nanmin(lons) + np.nanmax(lons)) / 2)
    metres = math.radians(1) * EARTH_M
    across = (np.nanmax(lons) - np.nanmin(lons)) * metres * math.cos(math.radians(centre[0]))
    along = (np.nanmax(lats) - np.nanmin(lats)) * metres
    half_width, half_height = (max(LEAST_M, float(size)) * (0.5 + ROOM) for size in (across, along))
    half_height = max(half_height, half_width * 0.6)
    half_width = max(half_width, half_height * 1.1)
    return View(centre, metres, half_width, half_height)


def _notes(table: Any, points: Sequence[Point], far: Sequence[Place]) -> list[str]:
    notes = [f"Aufgeräumt: {said}" for said in cleaned_of(table)[-1:]]
    lost = sum(any(map(math.isnan, point)) for point in points)
    if lost:
        notes.append(
            f"{'1 Zeile fehlt' if lost == 1 else f'{lost} Zeilen fehlen'} auf der Karte: Ihr Ort ist nicht bekannt."
        )
    if far:
        middle = np.nanmean(np.array(points), axis=0)
        nearest = min(far, key=lambda place: distance_m(tuple(middle), (place.lat, place.lon)))
        away = distance_m(tuple(middle), (nearest.lat, nearest.lon))
        wind = WINDS[round(_bearing(tuple(middle), (nearest.lat, nearest.lon)) / 45) % 8]
        notes.append(f"Von hier {away / 1000:.1f} km nach {wind}: {nearest.name}.".replace(".", ",", 1))
    if remark := remark_of(table, "lat"):
        notes.append(f"Ort der Punkte: {remark}.")
    notes.append("Schematische Karte: Straßen und Häuser sind nicht gezeichnet.")
    return notes


def _bearing(here: Point, there: Point) -> float:
    east = (there[1] - here[1]) * math.cos(math.radians(here[0]))
    return math.degrees(math.atan2(east, there[0] - here[0])) % 360


def _in_words(table: Any, value: str | None, label: str | None, view: View) -> tuple[str, ...]:
    names = (
        [str(name) for name in table[label]] if label else [f"Punkt {number}" for number in range(1, len(table) + 1)]
    )
    if value is None:
        return view.in_words, f"{len(table)} Punkte: {_listed(names)}" if label else f"{len(table)} Punkte"
    if _is_number(table, value):
        numbers = numbers_in(table, value)
        if not label and len(numbers) > MOST_TOLD:
            there = numbers[~np.isnan(numbers)]
            span = f" von {short(there.min())} bis {short(there.max())}" if len(there) else ""
            lost = f", {len(numbers) - len(there)} ohne Wert" if len(there) < len(numbers) else ""
            return f"{view.in_words}, Farbe und Zeichen: {axis_label(table, value)}", f"{len(there)} Punkte{span}{lost}"
        said = ["fehlt" if np.isnan(number) else short(number) for number in numbers_in(table, value)]
    else:
        said = [one if isinstance(one, str) else "fehlt" for one in table[value]]
        if not label and len(said) > MOST_TOLD:
            counted = [f"{said.count(one)}-mal {one}" for one in dict.fromkeys(said)]
            return f"{view.in_words}, Farbe und Zeichen: {axis_label(table, value)}", _listed(counted)
    pairs = [f"{name} {text}" for name, text in zip(names, said, strict=True)]
    return f"{view.in_words}, Farbe und Zeichen: {axis_label(table, value)}", _listed(pairs)


def _listed(texts: Sequence[str]) -> str:
    return ", ".join(texts[:MOST_NAMED]) + (" …" if len(texts) > MOST_NAMED else "")

"""Where data come from and what they are called: the label under every plot and table, titles and units of columns."""

import re
import textwrap
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from makerwagen.content.pack import DataPack
from makerwagen.content.typed import text_in
from makerwagen.learn.seeing.errors import SeeingError
from makerwagen.learn.seeing.style import german_axes

# What a table carries in its .attrs. observations and packs set them; who makes a table by hand may leave them out.
LABEL, TITLES, UNITS, CLEANED = "label", "titles", "units", "cleaned"
# The number that a pack writes where nothing was measured, e.g. -999.
NOT_MEASURED = "not_measured"
# Letters of the small print that fit beside one another, for each inch of the figure.
LETTERS_PER_INCH = 11.6
# A figure grows by this for each line under it after the first, so that words do not press the picture flat.
LINE_INCHES = 0.19
TAKEN_OUT = "_entfernt"
PRESCRIBED = ("Quelle: ", "Datenbasis: ")
# Which column names the unit of which.
UNIT_COLUMNS = {"value": "unit", "wert": "einheit", "result": "unit"}
# What was loaded in this notebook: pandas drops .attrs in some steps, and a table or plot is never without its label.
_labels: list[str] = []
_titles: dict[str, set[str]] = {}
_units: dict[str, set[str]] = {}


def remember(table: Any, label: str, titles: dict[str, str], units: dict[str, str]) -> None:
    """Write onto `table` where it comes from and what its columns are called; tables made from it inherit that."""
    table.attrs |= {LABEL: label, TITLES: titles, UNITS: units}
    if label not in _labels:
        _labels.append(label)
    for told, known in ((titles, _titles), (units, _units)):
        for column, text in told.items():
            known.setdefault(column, set()).add(text)


def forget() -> None:
    """Forget all that was loaded, as a new notebook does."""
    for known in (_labels, _titles, _units):
        known.clear()


def source_label(pack: DataPack, lang: str = "de") -> str:
    """Return the line under every table and plot made from `pack`."""
    title = f"{text_in(pack.title, lang).removesuffix(' (simuliert)')}, Stand {pack.date:%d.%m.%Y}"
    if pack.simulated:
        return f"Simulierte Daten – {title} (keine Messung)"
    whose = text_in(pack.attribution, lang)
    # The DWD prescribes its words: "Quelle: …" or "Datenbasis: …".
    begin = whose if whose.startswith(PRESCRIBED) else f"Daten: {whose}"
    return f"{begin} – {title}, Lizenz {pack.license}"


def label_of(data: Any) -> str:
    """Return the label of a table, else those of everything that was loaded; "" when nothing was."""
    own = data.attrs.get(LABEL) if data is not None else None
    label = str(own or "\n".join(_labels))
    if data is not None and "simul" not in label.lower() and _has_simulated_rows(data):
        label = f"Zum Teil simulierte Daten – {label}".removesuffix(" – ")
    return label


def label_source(ax: Axes, data: Any = None) -> None:
    """Write under the plot where its data come from; without `data`, that of all that was loaded."""
    label = label_of(data)
    if not label:
        raise SeeingError('Ich weiß nicht, woher die Daten kommen. Lade sie zuerst: daten = load_pack("parkhauser")')
    write_below(ax, label)
    german_axes(ax)


def write_below(ax: Axes, text: str) -> None:
    """Write lines under the whole figure, on the left."""
    figure = ax.get_figure(root=True)
    if isinstance(figure, Figure):
        width, height = figure.get_size_inches()
        letters = int(LETTERS_PER_INCH * width)
        lines = [wrapped for line in text.split("\n") for wrapped in textwrap.wrap(line, letters)]
        before = figure.get_supxlabel().count("\n")
        figure.set_size_inches(width, height + LINE_INCHES * (len(lines) - 1 - before))
        figure.supxlabel("\n".join(lines), x=0.01, ha="left", fontsize=11)


def title_of(table: Any, column: str) -> str:
    """Return what a column is called, without its unit: the pack's title, else the column's own name."""
    told = re.sub(r"\s*\(.*?\)", "", _told(table, TITLES, _titles, column)).strip()
    return told or f"{column[:1].upper()}{column[1:]}".replace("_", " ")


def remark_of(table: Any, column: str) -> str:
    """Return what a column's title says in brackets, e.g. "hier erfunden"."""
    found = re.search(r"\((.*?)\)", _told(table, TITLES, _titles, column))
    return found[1] if found else ""


def unit_of(table: Any, column: str) -> str:
    """Return a column's unit, or "" when none or more than one is known.

    Long tables, as openSenseMap sends them, name it in each row: then it counts when all rows shown agree.
    """
    if told := _told(table, UNITS, _units, column):
        return told
    beside = UNIT_COLUMNS.get(column)
    if beside is None or beside not in getattr(table, "columns", ()):
        return ""
    named = set(table[beside].dropna())
    return str(named.pop()) if len(named) == 1 else ""


def axis_label(table: Any, column: str) -> str:
    """Return a column's title with its unit, e.g. "Temperatur in °C" or "freie Plätze"."""
    title, unit = title_of(table, column), unit_of(table, column)
    title = re.sub(r",? Einheit.*", "", title) if unit else title
    return f"{title} in {unit}" if unit and unit.lower() not in title.lower() else title


def with_unit(text: str, unit: str) -> str:
    """Return a number with its unit behind it, or without when there is none."""
    return f"{text} {unit}" if unit else text


def not_measured(table: Any) -> float | None:
    """Return the number that means in `table`: nothing was measured."""
    number: float | None = table.attrs.get(NOT_MEASURED)
    return number


def cleaned_of(table: Any) -> list[str]:
    """Return the sentences about what was taken out of a table."""
    return list(table.attrs.get(CLEANED, []))


def _told(table: Any, key: str, known: dict[str, set[str]], column: str) -> str:
    own = table.attrs.get(key, {}).get(column)
    loaded = known.get(column, set())
    return str(own if own is not None else next(iter(loaded)) if len(loaded) == 1 else "")


def _has_simulated_rows(data: Any) -> bool:
    return "simulated" in getattr(data, "columns", ()) and bool((data["simulated"] == True).any())  # noqa: E712

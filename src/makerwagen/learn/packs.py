"""Data packs in a child's notebook: a table that says where it comes from, shown as people write numbers."""

from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from IPython import get_ipython
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib_inline.backend_inline import configure_inline_support, set_matplotlib_formats

from makerwagen.content.pack import DataPack
from makerwagen.content.typed import text_in
from makerwagen.errors import MakerwagenError
from makerwagen.learn.home import content_root
from makerwagen.learn.seeing.errors import SeeingError, one_of
from makerwagen.learn.seeing.labels import NOT_MEASURED, label_of, label_source, remember, source_label
from makerwagen.learn.seeing.style import STYLE
from makerwagen.learn.seeing.words import describe
from makerwagen.sensors.packs.reading import PACK_FILE, read_pack

__all__ = ["Table", "describe", "label_source", "load_pack", "set_up_notebook", "source_label"]
Table = pd.DataFrame
INLINE = "module://matplotlib_inline.backend_inline"
TIME_ZONE = "Europe/Berlin"
MAX_ROWS = 16
MISSING = "fehlt"


def load_pack(name: str) -> pd.DataFrame:
    """Return the data pack `name` as a table, and set up plots and tables that name their source.

    Times are clock times of Europe/Berlin, days are times at 0 o'clock, `geo_point_2d` becomes the columns `lat` and
    `lon`, and `.attrs["label"]` says whose data it is, from when, and whether it is simulated. A number that means "not
    measured" stays in the table: `plot` and `clean` say so, and taking it out is the child's own step.
    """
    folder = _folder(name)
    try:
        data = read_pack(folder)
    except MakerwagenError as error:
        raise SeeingError(
            f"Mit dem Datenpaket „{name}“ stimmt etwas nicht. Hol eine erwachsene Person und zeig ihr das: {error}"
        ) from error
    table = _table(data.pack, data.records)
    titles = {column.name: text_in(column.title, "de") for column in data.pack.columns}
    titles |= {
        name: text_in(one.title, "de") for one in data.pack.columns if one.type == "point" for name in ("lat", "lon")
    }
    units = {column.name: column.unit or "" for column in data.pack.columns}
    remember(table, source_label(data.pack), titles, units)
    if data.pack.missing is not None:
        table.attrs[NOT_MEASURED] = data.pack.missing
    set_up_notebook()
    return table


def set_up_notebook() -> None:
    """Make plots vector graphics without a date and tables carry their label; outside a notebook only set the style."""
    mpl.rcParams.update(STYLE)
    shell = get_ipython()
    if shell is None:
        return
    # What %matplotlib inline does, less the event loop, which a shell without a kernel does not have.
    mpl.use(INLINE)
    mpl.interactive(True)
    configure_inline_support(shell, INLINE)
    # IPython's own defaults are set with the backend, so ours come after it.
    mpl.rcParams.update(STYLE)
    set_matplotlib_formats("svg", metadata={"Date": None, "Creator": None})
    formatters = shell.display_formatter.formatters
    formatters["text/html"].for_type(pd.DataFrame, _table_html)
    formatters["text/html"].for_type(pd.Series, lambda series: _table_html(series.to_frame()))
    formatters["text/plain"].for_type(pd.DataFrame, _table_text)
    formatters["text/plain"].for_type(Figure, lambda figure, printer, _cycle: printer.text(describe(figure)))
    formatters["text/plain"].for_type(pd.Series, lambda series, *rest: _table_text(series.to_frame(), *rest))
    # A cell that ends with plot(…) shows the picture, not also the name of an object.
    shell.display_formatter.ipython_display_formatter.for_type(Axes, lambda ax: None)


def _folder(name: str) -> Path:
    """Return the pack's folder: a child's own copy comes first, then the lesson's, then a shared one."""
    own = Path("data") / name
    if (own / PACK_FILE).is_file():
        return own
    root = content_root()
    known = {path.parent.name: path.parent for path in sorted(root.glob(f"lessons/*/data/*/{PACK_FILE}"))}
    known |= {path.parent.name: path.parent for path in sorted(root.glob(f"curriculum/data/*/{PACK_FILE}"))}
    return known[one_of(name, sorted(known), "Datenpaket", "Das")]


def _table(pack: DataPack, records: Any) -> pd.DataFrame:
    table = pd.DataFrame([dict(record) for record in records])
    for column in pack.columns:
        if column.type == "point":
            points = table.pop(column.name)
            table["lat"] = [point["lat"] if point else None for point in points]
            table["lon"] = [point["lon"] if point else None for point in points]
        elif column.type == "time":
            # Then without the zone: Matplotlib refuses a missing time that has one, and a child reads one clock.
            local = pd.to_datetime(table[column.name], utc=True).dt.tz_convert(TIME_ZONE)
            table[column.name] = local.dt.tz_localize(None)
        elif column.type == "date":
            table[column.name] = pd.to_datetime(table[column.name])
        elif column.type in ("number", "integer") and table[column.name].isna().all():
            table[column.name] = table[column.name].astype(float)  # no value at all: still a column of numbers
    return table


def _table_html(table: pd.DataFrame) -> str:
    formats: Any = {"float_format": _one_decimal, "formatters": _formats(table), "na_rep": MISSING}
    body = table.to_html(max_rows=MAX_ROWS, border=0, decimal=",", show_dimensions=False, **formats)
    return f"{body}\n<p>{_caption(table).replace(chr(10), '<br>')}</p>"


def _table_text(table: pd.DataFrame, printer: Any, _cycle: bool = False) -> None:
    formats: Any = {"float_format": _one_decimal, "formatters": _formats(table), "na_rep": MISSING}
    body = table.to_string(max_rows=MAX_ROWS, decimal=",", show_dimensions=False, **formats)
    printer.text(f"{body}\n{_caption(table)}")


def _formats(table: pd.DataFrame) -> dict[Any, Any]:
    """Return formats for columns that one decimal does not suit.

    A column that became decimal only because values are missing says 202, not 202,0; a place on earth needs more.
    """
    floats = [name for name in table.columns if isinstance(table[name], pd.Series) and table[name].dtype.kind == "f"]
    counts = [name for name in floats if (table[name].dropna() % 1 == 0).all()]
    whole = dict.fromkeys(counts, lambda value: MISSING if pd.isna(value) else f"{value:.0f}")
    places = [name for name in floats if name in ("lat", "lon")]
    return whole | dict.fromkeys(places, lambda value: MISSING if pd.isna(value) else f"{value:.4f}".replace(".", ","))


def _one_decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _caption(table: pd.DataFrame) -> str:
    rows = "1 Zeile" if len(table) == 1 else f"{len(table)} Zeilen"
    label = label_of(table)
    return f"{rows}. {label}" if label else f"{rows}."

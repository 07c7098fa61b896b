"""Data packs in a child's notebook: a table that says where it comes from, and plots that say it too."""

import textwrap
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from cycler import cycler
from IPython import get_ipython
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, ScalarFormatter
from matplotlib_inline.backend_inline import configure_inline_support, set_matplotlib_formats

from makerwagen.content.pack import DataPack
from makerwagen.content.typed import text_in
from makerwagen.errors import MakerwagenError
from makerwagen.learn.home import content_root
from makerwagen.sensors.packs import PACK_FILE, read_pack

INLINE = "module://matplotlib_inline.backend_inline"
TIME_ZONE = "Europe/Berlin"
LABEL = "label"
LABEL_WIDTH = 88
MAX_ROWS = 16
# Each line differs in dash and marker as well as in colour, so that a copy in black and white still tells them apart.
LINES = (
    cycler(color=["#0b3c6f", "#b34700", "#1a1a1a", "#1b7f4b", "#7a2a84", "#6b5b00"])
    + cycler(linestyle=["-", "--", ":", "-.", (0, (6, 1, 1, 1, 1, 1)), (0, (3, 3))])
    + cycler(marker=["o", "s", "^", "D", "v", "x"])
)
STYLE: dict[Any, Any] = {
    "axes.edgecolor": "#444444",
    "axes.grid": True,
    "axes.prop_cycle": LINES,
    "axes.titlesize": 16,
    "date.autoformatter.hour": "%H Uhr",
    "figure.constrained_layout.use": True,
    "figure.figsize": (8.0, 4.8),
    "font.size": 13,
    "grid.color": "#cccccc",
    "hatch.linewidth": 1.2,
    "lines.linewidth": 2.2,
    "lines.markersize": 6,
    "svg.fonttype": "path",
    "svg.hashsalt": "makerwagen",
}
# The label of the pack that was loaded last: pandas drops .attrs in some steps, and a table or plot is never without.
_last: dict[str, str] = {}


def load_pack(name: str) -> pd.DataFrame:
    """Return the data pack `name` as a table, and set up plots and tables that name their source.

    Times are clock times of Europe/Berlin, `geo_point_2d` becomes the columns `lat` and `lon`, and `.attrs["label"]`
    says whose data it is, from when, and whether it is simulated.
    """
    data = read_pack(_folder(name))
    table = _table(data.pack, data.records)
    table.attrs[LABEL] = _last[LABEL] = source_label(data.pack)
    mpl.rcParams.update(STYLE)
    _set_up_notebook()
    return table


def source_label(pack: DataPack, lang: str = "de") -> str:
    """Return the line under every table and plot made from `pack`."""
    title = f"{text_in(pack.title, lang).removesuffix(' (simuliert)')}, Stand {pack.date:%d.%m.%Y}"
    if pack.simulated:
        return f"Simulierte Daten – {title} (keine Messung)"
    return f"Daten: {text_in(pack.attribution, lang)} – {title}, Lizenz {pack.license}"


def label_source(ax: Axes, data: pd.DataFrame | None = None) -> None:
    """Write under the plot where its data come from; without `data`, those of the pack that was loaded last."""
    label = _label_of(data)
    if not label:
        raise MakerwagenError(
            'Ich weiß nicht, woher die Daten kommen. Lade sie zuerst: daten = load_pack("parkhauser")'
        )
    figure = ax.get_figure(root=True)
    if isinstance(figure, Figure):
        figure.supxlabel(textwrap.fill(label, LABEL_WIDTH), x=0.01, ha="left", fontsize=11)
    for axis in (ax.xaxis, ax.yaxis):
        if isinstance(axis.get_major_formatter(), ScalarFormatter):
            axis.set_major_formatter(FuncFormatter(_german))


def describe(figure: Figure) -> str:
    """Return in words what a plot shows, for those who cannot see it: title, axis, each curve's ends and extremes."""
    words = []
    for ax in figure.axes:
        words += [f"Diagramm „{ax.get_title()}“" if ax.get_title() else "Diagramm", ax.get_ylabel()]
        curves = [(str(line.get_label()), np.asarray(line.get_ydata(), dtype=float)) for line in ax.get_lines()]
        words += [_curve(name, values) for name, values in curves if len(values) > 2]
    words.append(figure.get_supxlabel().replace("\n", " "))
    return ". ".join(word for word in words if word)


def _curve(name: str, values: Any) -> str:
    who = "Kurve" if name.startswith("_") else name
    first, last, low, high = (_german(value) for value in (values[0], values[-1], np.nanmin(values), np.nanmax(values)))
    return f"{who}: beginnt bei {first}, endet bei {last}, kleinster Wert {low}, größter {high}"


def _label_of(data: pd.DataFrame | pd.Series | None) -> str:
    own = data.attrs.get(LABEL) if data is not None else None
    return str(own or _last.get(LABEL, ""))


def _german(value: float, _position: int | None = None) -> str:
    return f"{round(value, 6):g}".replace(".", ",").replace("-", "−")


def _folder(name: str) -> Path:
    """Return the pack's folder: a child's own copy comes first, then the lesson's, then a shared one."""
    own = Path("data") / name
    if (own / PACK_FILE).is_file():
        return own
    root = content_root()
    known = {path.parent.name: path.parent for path in sorted(root.glob(f"lessons/*/data/*/{PACK_FILE}"))}
    known |= {path.parent.name: path.parent for path in sorted(root.glob(f"curriculum/data/*/{PACK_FILE}"))}
    if name not in known:
        there = ", ".join(sorted(known)) or "keine"
        raise MakerwagenError(
            f"Das Datenpaket „{name}“ gibt es nicht. Vorhanden: {there}. Prüfe, wie du es geschrieben hast."
        )
    return known[name]


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
    return table


def _set_up_notebook() -> None:
    """Make plots vector graphics without a date and tables carry their label; outside a notebook do nothing."""
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


def _table_html(table: pd.DataFrame) -> str:
    body = table.to_html(max_rows=MAX_ROWS, border=0, decimal=",", float_format=_one_decimal, show_dimensions=False)
    return f"{body}\n<p>{_caption(table)}</p>"


def _table_text(table: pd.DataFrame, printer: Any, _cycle: bool = False) -> None:
    body = table.to_string(max_rows=MAX_ROWS, decimal=",", float_format=_one_decimal, show_dimensions=False)
    printer.text(f"{body}\n{_caption(table)}")


def _one_decimal(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")


def _caption(table: pd.DataFrame) -> str:
    rows = "1 Zeile" if len(table) == 1 else f"{len(table)} Zeilen"
    label = _label_of(table)
    return f"{rows}. {label}" if label else f"{rows}."

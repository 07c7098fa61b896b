"""What goes wrong in a child's line of code, said in one sentence and with a guess at what was meant."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from makerwagen.errors import MakerwagenError


class SeeingError(MakerwagenError):
    """An error that a notebook shows as its sentence alone: the lines of the engine help no child."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def column_of(table: Any, name: str) -> str:
    """Return `name` if it is a column of `table`; raise SeeingError with the nearest name otherwise."""
    return one_of(name, [str(column) for column in table.columns], "Spalte", "Die")


def one_of(name: str, known: Iterable[str], what: str, article: str) -> str:
    """Return `name` if it is among `known`; raise SeeingError that names the nearest one and all there are."""
    there = list(known)
    if name in there:
        return name
    lower = {one.lower(): one for one in there}
    close = get_close_matches(str(name).lower(), lower, n=1, cutoff=0.6)
    guess = f" Meinst du „{lower[close[0]]}“?" if close else ""
    raise SeeingError(f"{article} {what} „{name}“ gibt es nicht.{guess} Es gibt: {', '.join(there) or 'keine'}.")


def table_of(table: Any) -> Any:
    """Return `table` if it is one; raise SeeingError that says what it is instead."""
    if hasattr(table, "columns") and hasattr(table, "iloc"):
        return table
    if hasattr(table, "to_frame"):
        raise SeeingError(
            'Das ist nur eine Spalte. Gib die ganze Tabelle und den Namen der Spalte: plot(tabelle, "zeit", "spalte")'
        )
    raise SeeingError(f"Vorn muss eine Tabelle stehen, hier steht {kind_of(table)}. Lade sie zuerst mit load_pack.")


def kind_of(value: Any) -> str:
    """Return in a child's words what kind of thing a value is."""
    kinds = {str: "ein Text", int: "eine Zahl", float: "eine Zahl", list: "eine Liste", type(None): "nichts"}
    return kinds.get(type(value), f"etwas anderes ({type(value).__name__})")

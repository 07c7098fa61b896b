"""The few functions that a child's notebook imports; each is loaded only when it is used."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from makerwagen.learn.board import board
    from makerwagen.learn.feedback import check
    from makerwagen.learn.packs import label_source, load_pack
    from makerwagen.learn.part import customize
    from makerwagen.learn.seeing.judge import compare, judge, split
    from makerwagen.learn.seeing.maps import distance_m, show_map
    from makerwagen.learn.seeing.plot import clean, plot
    from makerwagen.learn.shown import show
    from makerwagen.learn.stations import observations
    from makerwagen.learn.stations_live import live
    from makerwagen.learn.tile_program import tiles

__all__ = [
    "board",
    "check",
    "clean",
    "compare",
    "customize",
    "distance_m",
    "judge",
    "label_source",
    "live",
    "load_pack",
    "observations",
    "plot",
    "show",
    "show_map",
    "split",
    "tiles",
]
HOMES = {
    "board": "board",
    "check": "feedback",
    "clean": "seeing.plot",
    "compare": "seeing.judge",
    "customize": "part",
    "distance_m": "seeing.maps",
    "judge": "seeing.judge",
    "label_source": "packs",
    "live": "stations_live",
    "load_pack": "packs",
    "observations": "stations",
    "plot": "seeing.plot",
    "show": "shown",
    "show_map": "seeing.maps",
    "split": "seeing.judge",
    "tiles": "tile_program",
}


def __getattr__(name: str) -> Any:
    """Import a function of the notebook when it is first asked for: CadQuery alone takes seconds."""
    if name not in HOMES:
        raise AttributeError(f"makerwagen.learn has no {name!r}")
    from importlib import import_module

    return getattr(import_module(f"makerwagen.learn.{HOMES[name]}"), name)

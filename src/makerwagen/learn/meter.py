"""The budget meter: what a part costs in minutes and grams, and what is one child's fair share of today's outing."""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from makerwagen.content.outing import Outing, Share, fair_share, minutes_left
from makerwagen.content.printer import Printer
from makerwagen.errors import MakerwagenError
from makerwagen.load.outing_loader import load_outing
from makerwagen.load.yaml_reader import read_yaml
from makerwagen.models.built import Limits


@dataclass(frozen=True)
class Cost:
    """What a part takes; `measured` by the slicer, else estimated from its volume and surface."""

    minutes: float
    grams: float
    measured: bool = False


def share_of_today(root: Path, now: datetime.datetime | None = None) -> Share | None:
    """Return one child's fair share from now on, or None where no printer comes along."""
    outing = _outing(root)
    if outing is None or not outing.printers:
        return None
    return fair_share(outing, now or datetime.datetime.now()).each


def limits_of_today(root: Path) -> Limits:
    """Return what every printer of today's outing can do, so that a part fits whichever is free."""
    outing = _outing(root)
    beds = [printer.bed.size_mm for printer in printers_of_today(root)]
    if outing is None or not beds:
        return Limits()
    smallest = (min(bed[0] for bed in beds), min(bed[1] for bed in beds), min(bed[2] for bed in beds))
    return Limits(bed_mm=smallest, minutes=minutes_left(outing, datetime.datetime.now()))


def meter_state(cost: Cost, share: Share | None) -> dict[str, Any]:
    """Return the meter as the view takes it."""
    most = {"minutes": round(share.minutes, 1), "grams": round(share.grams, 1)} if share else None
    return {
        "minutes": round(cost.minutes, 2),
        "grams": round(cost.grams, 2),
        "measured": cost.measured,
        "share": most,
    }


def _outing(root: Path) -> Outing | None:
    try:
        return load_outing(root)
    except MakerwagenError:  # an outing that nobody can read is the educator's to mend; the child goes on without meter
        return None


def printers_of_today(root: Path) -> list[Printer]:
    """Return the limits of the printers that come along, as far as they can be read."""
    outing = _outing(root)
    found = (_printer(root, printer.profile) for printer in outing.printers) if outing else ()
    return [printer for printer in found if printer]


def _printer(root: Path, profile: str) -> Printer | None:
    path = f"curriculum/printers/{profile}.yml"
    try:
        data, source = read_yaml(path, (root / path).read_text(encoding="utf-8"))
        printer = Printer.model_validate(data)
    except (OSError, ValueError, MakerwagenError):
        return None
    printer.located(slug=profile, source=source)
    return printer

"""What the hub notices about a station: silence, one value for ever, impossible values, a wrong clock."""

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from makerwagen.sensors.properties import PROPERTIES
from makerwagen.sensors.store import Datastream, Observation
from makerwagen.sensors.words import amount, clock_time, span

# What is looked at: the newest values of a datastream.
LOOKED_AT = 120
SILENT_AFTER_S, SILENT_AFTER_INTERVALS = 60.0, 5
SAME_VALUES, SAME_FOR_S = 30, 300.0
# These may well stand still.
MAY_REST = {"count"}


def findings(stream: Datastream, newest: Sequence[Observation], now: float) -> list[str]:
    """Return what is odd about a datastream, in German sentences; `newest` are its last values in order of time."""
    if not newest:
        return []
    found = (_silent(newest, now), _same(stream, newest), _impossible(stream, newest), _clock(newest))
    return [sentence for sentence in found if sentence]


def usual_interval(times: Sequence[float]) -> float:
    """Return the seconds that usually lie between values, 0 when there are too few to say."""
    return median(b - a for a, b in pairwise(times)) if len(times) > 2 else 0.0


def _silent(newest: Sequence[Observation], now: float) -> str:
    times = [one.phenomenon_time for one in newest]
    quiet = now - times[-1]
    if quiet < max(SILENT_AFTER_S, SILENT_AFTER_INTERVALS * usual_interval(times)):
        return ""
    return f"Seit {span(quiet, dative=True)} kommt nichts mehr. Hat die Station Strom und WLAN?"


def _same(stream: Datastream, newest: Sequence[Observation]) -> str:
    last = newest[-1].result
    same = []
    for one in reversed(newest):
        if one.result != last:
            break
        same.append(one)
    lasted = same[0].phenomenon_time - same[-1].phenomenon_time
    if stream.observed in MAY_REST or len(same) < SAME_VALUES or lasted < SAME_FOR_S or not same[0].possible:
        return ""
    shown, whole = amount(last, stream.unit), len(same) == len(newest)
    since = f"mindestens {span(lasted, dative=True)}" if whole else span(lasted, dative=True)
    return f"Seit {since} immer derselbe Wert: {shown}. Steckt der Sensor fest, oder ist ein Kabel lose?"


def _impossible(stream: Datastream, newest: Sequence[Observation]) -> str:
    wrong = [one for one in newest if not one.possible]
    if not wrong:
        return ""
    known, last = PROPERTIES[stream.observed], wrong[-1]
    how_many = "Ein Wert kann" if len(wrong) == 1 else f"{len(wrong)} Werte können"
    limits = f"{amount(known.low, '')} bis {amount(known.high, stream.unit)}"
    when = f"{amount(last.result, stream.unit)} um {clock_time(last.phenomenon_time)} Uhr"
    return f"{how_many} nicht stimmen (zuletzt {when}; möglich ist {limits}). Sitzt der Sensor richtig?"


def _clock(newest: Sequence[Observation]) -> str:
    clocks = [one.clock for one in newest]
    if "wrong" in clocks:
        return "Die Uhr der Station geht falsch. Darum gilt hier die Uhr des Wagens."
    if guessed := clocks.count("guessed"):
        values = "einem Wert" if guessed == 1 else f"{guessed} Werten"
        return f"Bei {values} ist die Zeit nur geschätzt: Die Station war zwischendurch aus."
    return ""

"""Times, ages and numbers of readings in German words, and spans of time as people write them."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from makerwagen.errors import MakerwagenError

ZONE = ZoneInfo("Europe/Berlin")
SPAN = re.compile(r"^(\d+(?:[.,]\d+)?)\s*([a-zäöü]+)$", re.IGNORECASE)
MINUTE, HOUR, DAY = 60.0, 3600.0, 86400.0
UNITS = {
    **dict.fromkeys(("s", "sek", "sekunde", "sekunden"), 1.0),
    **dict.fromkeys(("min", "minute", "minuten"), MINUTE),
    **dict.fromkeys(("h", "std", "stunde", "stunden"), HOUR),
    **dict.fromkeys(("d", "tag", "tage", "tagen"), DAY),
}
LONGEST_S = 50 * 366 * DAY


def read_since(text: str, now: float) -> float:
    """Return the moment that is meant, in seconds since 1970: a while ago (1 h, 90 min, 3 d) or a time in ISO form."""
    if (found := SPAN.match(text.strip())) and found[2].lower() in UNITS:
        seconds = float(found[1].replace(",", ".")) * UNITS[found[2].lower()]
        return now - min(seconds, LONGEST_S)
    try:
        moment = datetime.fromisoformat(text.strip())
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZONE)).timestamp()
    except (ValueError, OverflowError):
        raise MakerwagenError(
            f"Seit wann? „{text[:40]}“ verstehe ich nicht. So geht es: 90 min, 2 h, 3 d oder 2026-11-24T08:00"
        ) from None


def age(seconds: float) -> str:
    """Return an age, e.g. "vor 5 min"."""
    if seconds < 2:
        return "gerade eben"
    return f"vor {span(seconds, dative=True)}"


def span(seconds: float, *, dative: bool = False) -> str:
    """Return a span of time in its largest fitting unit."""
    if seconds < 2 * MINUTE:
        return f"{seconds:.0f} s"
    if seconds < 2 * HOUR:
        return f"{seconds / MINUTE:.0f} min"
    if seconds < 2 * DAY:
        return f"{seconds / HOUR:.0f} h"
    return f"{seconds / DAY:.0f} {'Tagen' if dative else 'Tage'}"


def number(value: float) -> str:
    """Return a number as it is written in German, with at most four digits behind the comma."""
    text = f"{value:.4f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else f"{value:g}"
    return ("0" if text == "-0" else text).replace(".", ",").replace("-", "−")


def amount(value: float, unit: str) -> str:
    """Return a number with its unit."""
    return f"{number(value)} {unit}".rstrip().replace(" ", "\N{NO-BREAK SPACE}")


def clock_time(at: float, *, day: bool = False, seconds: bool = False) -> str:
    """Return the clock time of Dortmund, with the day if wanted."""
    form = ("%d.%m. " if day else "") + ("%H:%M:%S" if seconds else "%H:%M")
    return f"{datetime.fromtimestamp(at, ZONE):{form}}"


def iso(at: float) -> str:
    """Return a moment in ISO form with its zone, to the millisecond."""
    return datetime.fromtimestamp(at, ZONE).isoformat(timespec="milliseconds")

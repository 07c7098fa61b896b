"""An outing: one visit of the wagon, and what of its printers is a seat's fair share."""

import datetime
from dataclasses import dataclass

from pydantic import Field, model_validator

from makerwagen.content.typed import Content, Line, Located, Slug


class OutingPrinter(Content):
    """A 3D printer that comes along: which machine of the register, what it is called, how it is set."""

    printer: Slug = Field(description="Id in the register (curriculum/equipment.yml)")
    name: Slug = Field(description="What is written on it, e.g. prusa-1")
    profile: Slug = Field(description="File in curriculum/printers, e.g. printer-mk3s")
    grams_left: float = Field(ge=0, description="Filament on the spool")


class Outing(Located):
    """One visit of the wagon (outings/<date>-<place>.yml on the wagon; curriculum/example-outing.yml)."""

    place: Line
    date: datetime.date | None = Field(default=None, description="Without a date it is an example: its clock stands")
    start: datetime.time = Field(description='On the wall clock, quoted: "10:00"')
    end: datetime.time = Field(description="Before `start` when it goes past midnight")
    lessons: tuple[Slug, ...] = Field(min_length=1)
    seats: int = Field(ge=1, le=100)
    children_per_seat: int = Field(default=2, ge=1, le=6)
    reserve_minutes: int = Field(default=10, ge=0, description="For cooling, taking off and tidying at the end")
    printers: tuple[OutingPrinter, ...] = ()
    paper_printer: Slug | None = Field(default=None, description="Id in the register")

    @model_validator(mode="after")
    def _is_possible(self) -> "Outing":
        if self.start == self.end:
            raise ValueError("start and end are the same")
        if self.start.tzinfo or self.end.tzinfo:
            raise ValueError("start and end are times on the wall clock, without a zone")
        names = [printer.name for printer in self.printers]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise ValueError(f"two printers are called '{twice}'")
        return self

    @property
    def minutes(self) -> int:
        """Return how long the outing is; an end before the start is on the next day."""
        return ((self.end.hour - self.start.hour) * 60 + self.end.minute - self.start.minute) % (24 * 60)

    @property
    def children(self) -> int:
        """Return how many children have a place."""
        return self.seats * self.children_per_seat

    @property
    def printing_minutes(self) -> int:
        """Return how long each printer can print in the whole outing."""
        return max(0, self.minutes - self.reserve_minutes)

    def begins(self, date: datetime.date) -> datetime.datetime:
        """Return when it starts, on its own date or else on `date`."""
        return datetime.datetime.combine(self.date or date, self.start)

    def ends(self, date: datetime.date) -> datetime.datetime:
        """Return when it ends, on its own date (or the day after) or else counted from `date`."""
        return self.begins(date) + datetime.timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Share:
    """What one seat may print: minutes and grams, and the same for each of its children."""

    minutes: float
    grams: float
    children: int = 1

    @property
    def each(self) -> "Share":
        """Return one child's part of it."""
        return Share(self.minutes / self.children, self.grams / self.children)


def fair_share(outing: Outing, now: datetime.datetime | None = None) -> Share:
    """Return a seat's share: printers times the minutes still left for printing, by seats; grams likewise.

    Without `now`, or for an example without a date, it is the share of the whole outing.
    """
    minutes = minutes_left(outing, now) * len(outing.printers) / outing.seats
    grams = sum(printer.grams_left for printer in outing.printers) / outing.seats
    return Share(minutes, grams, outing.children_per_seat)


def minutes_left(outing: Outing, now: datetime.datetime | None = None) -> float:
    """Return the minutes each printer can still print: until the end, less the reserve, and never below 0."""
    if now is None or outing.date is None:
        return float(outing.printing_minutes)
    last = outing.ends(outing.date) - datetime.timedelta(minutes=outing.reserve_minutes)
    left = (last - max(now.replace(tzinfo=None), outing.begins(outing.date))).total_seconds() / 60
    return max(0.0, left)

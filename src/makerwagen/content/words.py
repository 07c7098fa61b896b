"""The closed sets of words that content may use."""

from enum import StrEnum


class Strand(StrEnum):
    """The three strands of the curriculum."""

    CAD = "cad"
    MICROCONTROLLER = "microcontroller"
    SMART_CITY = "smart-city"


class Format(StrEnum):
    """How a lesson is met: in class, over a project, or dropping in at a festival."""

    CLASS = "class"
    PROJECT = "project"
    DROP_IN = "drop-in"


class Status(StrEnum):
    """A draft's problems are warnings; only published lessons reach the website."""

    DRAFT = "draft"
    PUBLISHED = "published"


class Role(StrEnum):
    """What a lesson does with a competency."""

    TEACHES = "teaches"
    ASSESSES = "assesses"
    REQUIRES = "requires"


class Per(StrEnum):
    """Who shares a piece of equipment."""

    CHILD = "child"
    PAIR = "pair"
    GROUP = "group"
    CLASS = "class"


class Supervision(StrEnum):
    """How closely an adult watches (RISU-NRW table of machines): A next to the child, TS in view, S as usual."""

    A = "A"
    TS = "TS"
    S = "S"


class Hazard(StrEnum):
    """What can hurt in a lesson."""

    HEAT = "heat"
    CUT = "cut"
    ELECTRIC = "electric"
    BATTERY = "battery"
    FUME = "fume"
    NOISE = "noise"
    LASER = "laser"
    MOVING_PART = "moving-part"
    SMALL_PART = "small-part"
    DATA = "data"


class PhaseKind(StrEnum):
    """A phase of the German lesson plan (Verlaufsplan)."""

    EINSTIEG = "einstieg"
    HINFUEHRUNG = "hinfuehrung"
    SICHERHEIT = "sicherheit"
    ERARBEITUNG = "erarbeitung"
    ERPROBUNG = "erprobung"
    SICHERUNG = "sicherung"
    PRAESENTATION = "praesentation"
    REFLEXION = "reflexion"
    PAUSE = "pause"
    AUFRAEUMEN = "aufraeumen"


class Sozialform(StrEnum):
    """Who works with whom in a phase, in the usual German abbreviations."""

    EA = "EA"
    PA = "PA"
    GA = "GA"
    PL = "PL"
    UG = "UG"
    LV = "LV"
    SV = "SV"
    ST = "ST"


class Confidence(StrEnum):
    """How sure a fact is; `memory` and `own` are never shown as somebody's words."""

    VERIFIED = "verified"
    SECONDARY = "verified-secondary"
    MEMORY = "memory"
    OWN = "own"


class CellTag(StrEnum):
    """Who sees a notebook cell; `lines-N` (N writing lines on paper) is allowed besides."""

    TEACHER = "teacher"
    SOLUTION = "solution"
    HINT = "hint"
    CHECK = "check"
    EXTRA = "extra"
    SCREEN_ONLY = "screen-only"
    PAPER_ONLY = "paper-only"
    HIDE_INPUT = "hide-input"
    # Jupyter's own word for a cell with a mistake on purpose; the type check of board programs leaves it alone.
    RAISES_EXCEPTION = "raises-exception"

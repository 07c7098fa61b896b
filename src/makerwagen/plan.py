"""`makerwagen plan`: says whether lessons fit an outing, in minutes, printers, grams and euros, in German."""

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from makerwagen.boards.wiring.holes import WiringError
from makerwagen.boards.wiring.kit import kit_of
from makerwagen.checks.closest import did_you_mean
from makerwagen.content.equipment import Kind, Register
from makerwagen.content.lesson import Lesson
from makerwagen.content.outing import Outing
from makerwagen.content.repository import Repository
from makerwagen.content.typed import text_in
from makerwagen.content.words import Per, Status
from makerwagen.errors import MakerwagenError
from makerwagen.load.outing_loader import load_outing
from makerwagen.load.repository_loader import load_repository

FITS, DOES_NOT_FIT = 0, 1
FILAMENT = "pla"
# 102 slices of 13 models on both printers of the example wagon took 260 to 650 s a gram, small thick parts the most.
SECONDS_PER_GRAM = 330.0
# An adult takes the part off, looks at it, and starts the next.
CHANGE_MINUTES = 2.0


@dataclass(frozen=True)
class PartCount:
    """A part of an exercise's wiring: how many all groups need, how many the wagon carries; `listed` by a lesson."""

    title: str
    needed: int
    carried: int
    listed: bool


@dataclass(frozen=True)
class Plan:
    """A visit worked out: who comes, what it takes, what does not fit, and what to think of."""

    lessons: tuple[Lesson, ...]
    outing: Outing
    children: int
    minutes: int
    needed_minutes: int
    printing_minutes: float
    needed_printing: float
    filament_g: float
    euros: float
    parts: tuple["PartCount", ...]
    conflicts: tuple[str, ...]
    hints: tuple[str, ...]


def run_plan(options: argparse.Namespace, root: Path) -> int:
    """Print the plan; 0 it fits, 1 it does not; raises MakerwagenError when it cannot be worked out."""
    repository, _ = load_repository(root)
    outing = load_outing(root)
    children = outing.children if options.children is None else options.children
    minutes = outing.minutes if options.minutes is None else options.minutes
    if children < 1 or minutes < 1:
        raise MakerwagenError("--children and --minutes must be 1 or more; see: makerwagen plan --help")
    plan = make_plan([_lesson(repository, slug) for slug in options.lessons], repository, outing, (children, minutes))
    print("\n".join(plan_text(plan)))
    return DOES_NOT_FIT if plan.conflicts else FITS


def _lesson(repository: Repository, slug: str) -> Lesson:
    if slug in repository.lessons:
        return repository.lessons[slug]
    if f"lessons/{slug}/lesson.yml" in repository.broken:
        raise MakerwagenError(f"lesson '{slug}' cannot be read; see: makerwagen check")
    remedy = did_you_mean(slug, repository.lessons, "see the folders in lessons/")
    raise MakerwagenError(f"there is no lesson '{slug}'; {remedy}")


def make_plan(lessons: Iterable[Lesson], repository: Repository, outing: Outing, room: tuple[int, int]) -> Plan:
    """Return the plan of lessons held one after the other for `room` = (children, minutes)."""
    wanted, (children, minutes) = tuple(lessons), room
    amounts = _amounts(wanted, children)
    filament = amounts.get(FILAMENT, 0.0)
    pieces = children * sum(1 for lesson in wanted if any(use.ref == FILAMENT for use in lesson.consumables))
    register = repository.register
    parts, wrong = _parts_of_exercises(wanted, repository, children)
    euros = sum(amount * _price(register, ref) for ref, amount in amounts.items())
    plan = Plan(
        lessons=wanted,
        outing=outing,
        children=children,
        minutes=minutes,
        needed_minutes=sum(lesson.minutes.in_class for lesson in wanted if lesson.minutes),
        printing_minutes=float(max(0, minutes - outing.reserve_minutes) * len(outing.printers)),
        needed_printing=filament * SECONDS_PER_GRAM / 60 + pieces * CHANGE_MINUTES,
        filament_g=filament,
        euros=euros,
        parts=parts,
        conflicts=(),
        hints=(),
    )
    conflicts = (*_time_conflicts(plan), *_place_conflicts(plan), *_printing_conflicts(plan))
    if register:
        conflicts += (
            *_equipment_conflicts(plan, register),
            *wrong,
            *_part_conflicts(plan),
            *_stock_conflicts(amounts, register),
        )
    hints = tuple(_hints(plan, register))
    return Plan(**{**plan.__dict__, "conflicts": tuple(conflicts), "hints": hints})


def _amounts(lessons: Iterable[Lesson], children: int) -> dict[str, float]:
    amounts: dict[str, float] = {}
    for lesson in lessons:
        for use in lesson.consumables:
            amounts[use.ref] = amounts.get(use.ref, 0.0) + use.amount * _sharers(lesson, use.per, children)
    return amounts


def _sharers(lesson: Lesson, per: Per, children: int) -> int:
    if per is Per.CLASS:
        return 1
    together = {Per.CHILD: 1, Per.PAIR: 2}.get(per, lesson.group_size or 2)
    return ceil(children / together)


def _price(register: Register | None, ref: str) -> float:
    entry = register.find_consumable(ref) if register else None
    return entry.euros_per_unit if entry else 0.0


def _title(lesson: Lesson) -> str:
    return text_in(lesson.title, "de")


def _time_conflicts(plan: Plan) -> Iterator[str]:
    for lesson in plan.lessons:
        if lesson.minutes is None:
            yield f"„{_title(lesson)}“ nennt keine Minuten. Trag sie in lesson.yml ein."
    if plan.needed_minutes > plan.minutes:
        less = "Lass eine Lektion weg oder plane" if len(plan.lessons) > 1 else "Plane"
        too_much = plan.needed_minutes - plan.minutes
        yield (
            f"Die Zeit reicht nicht: {plan.needed_minutes} Minuten nötig, {plan.minutes} Minuten da. "
            f"{less} {too_much} Minuten mehr ein."
        )


def _place_conflicts(plan: Plan) -> Iterator[str]:
    outing = plan.outing
    if plan.children > outing.children:
        yield (
            f"Die Plätze reichen nicht: {plan.children} Kinder, aber {outing.seats} Plätze für je "
            f"{outing.children_per_seat}, also {outing.children}. Teile die Gruppe."
        )
    for lesson in plan.lessons:
        if lesson.children is not None and plan.children > lesson.children:
            yield f"„{_title(lesson)}“ ist für höchstens {lesson.children} Kinder gemacht, es kommen {plan.children}."


def _printing_conflicts(plan: Plan) -> Iterator[str]:
    if not plan.filament_g:
        return
    if not plan.outing.printers:
        yield "Es wird gedruckt, aber kein 3D-Drucker fährt mit. Nimm einen mit oder eine andere Lektion."
        return
    if plan.needed_printing > plan.printing_minutes:
        each = plan.printing_minutes / plan.children
        have = f"{plan.printing_minutes:.0f} da ({_printers(plan)}), {_number(each, 0)} je Kind"
        yield (
            f"Die Druckzeit reicht nicht: etwa {plan.needed_printing:.0f} Minuten nötig, {have}. "
            "Macht die Teile kleiner oder druckt später nach."
        )
    grams_left = sum(printer.grams_left for printer in plan.outing.printers)
    if plan.filament_g > grams_left:
        have = f"{_number(grams_left, 0)} g auf den Spulen"
        yield f"Das Filament reicht nicht: {_number(plan.filament_g, 0)} g nötig, {have}. Leg eine neue Spule ein."


def _equipment_conflicts(plan: Plan, register: Register) -> Iterator[str]:
    on_board = [printer.printer for printer in plan.outing.printers]
    # Lessons follow one another, so they share a thing; one lesson that lists it twice needs both.
    for lesson in plan.lessons:
        needed: dict[str, int] = {}
        for need in lesson.equipment:
            needed[need.ref] = needed.get(need.ref, 0) + need.count * _sharers(lesson, need.per, plan.children)
        for ref, count in needed.items():
            entry = register.find(ref)
            name = text_in(entry.title, "de") if entry else ref
            prints = entry is not None and entry.kind is Kind.PRINTER_3D
            comes = on_board.count(ref) if prints else entry.count if entry else 0
            if count > comes and not (entry and entry.at_school):
                remedy = "Nimm mehr Drucker mit." if prints else "Teile die Gruppe, oder mehr Kinder teilen sich eins."
                yield f"„{_title(lesson)}“ braucht {count} × {name}, dabei: {comes}. {remedy}"


def _parts_of_exercises(
    lessons: Iterable[Lesson], repository: Repository, children: int
) -> tuple[tuple[PartCount, ...], list[str]]:
    """Return the parts of all wirings, as lessons follow one another, and the lessons that cannot be wired."""
    most: dict[str, int] = {}
    listed: set[str] = set()
    wrong = []
    for lesson in lessons:
        try:
            kit = kit_of(lesson, repository)
        except WiringError as error:
            wrong.append(f"„{_title(lesson)}“: Die Schaltung einer Übung geht so nicht ({error}).")
            continue
        listed |= {need.ref for need in lesson.equipment}
        for ref, count in kit.items():
            most[ref] = max(most.get(ref, 0), count * _sharers(lesson, Per.GROUP, children))
    register = repository.register
    found = ((ref, register.find(ref) if register else None) for ref in most)
    return tuple(
        PartCount(text_in(entry.title, "de") if entry else ref, most[ref], entry.count if entry else 0, ref in listed)
        for ref, entry in found
    ), wrong


def _part_conflicts(plan: Plan) -> Iterator[str]:
    for part in plan.parts:
        # What a lesson lists itself is counted with its equipment already.
        if part.needed > part.carried and not part.listed:
            yield (
                f"Für die Schaltungen fehlen Teile: {part.needed} × {part.title} nötig, dabei: {part.carried}. "
                "Bildet größere Gruppen, oder nehmt mehr mit."
            )


def _stock_conflicts(amounts: dict[str, float], register: Register) -> Iterator[str]:
    for ref, amount in amounts.items():
        entry = register.find_consumable(ref)
        if entry is None:
            yield f"Das Verbrauchsmaterial „{ref}“ steht nicht im Verzeichnis des Wagens."
        elif amount > entry.stock and ref != FILAMENT:
            name = text_in(entry.title, "de")
            yield f"{name} reicht nicht: {_number(amount, 0)} {entry.unit} nötig, {_number(entry.stock, 0)} da."


def _hints(plan: Plan, register: Register | None) -> Iterator[str]:
    known: set[str] = set()
    for lesson in plan.lessons:
        if missing := [skill for skill in lesson.needs if skill not in known]:
            yield f"„{_title(lesson)}“ setzt voraus, was vorher keine dieser Lektionen zeigt: {', '.join(missing)}."
        known |= {*lesson.teaches, *lesson.needs}
        if lesson.status is Status.DRAFT:
            yield f"„{_title(lesson)}“ ist noch ein Entwurf."
    refs = dict.fromkeys(need.ref for lesson in plan.lessons for need in lesson.equipment)
    entries = [entry for ref in refs if register and (entry := register.find(ref)) and entry.at_school]
    if entries:
        yield f"Fragt die Schule nach: {'; '.join(text_in(entry.title, 'de') for entry in entries)}."
    if plan.filament_g and plan.outing.printers:
        yield "Die Druckzeit zählt vom Anfang an. Lasst die Drucker gleich mit einem Muster loslaufen."
    if plan.outing.date is None:
        yield "Das ist der Beispielausflug. Für einen echten schreib outings/<Datum>-<Ort>.yml."


def plan_text(plan: Plan) -> Iterator[str]:
    """Yield the lines that a person reads."""
    outing = plan.outing
    yield f"Ausflug: {outing.place}, {outing.start:%H:%M} bis {outing.end:%H:%M} Uhr, {plan.children} Kinder"
    yield ""
    for lesson in plan.lessons:
        minutes = f"{lesson.minutes.in_class:4} min" if lesson.minutes else "   ? min"
        before = f", vorher {lesson.minutes.prepare} min vorbereiten" if lesson.minutes else ""
        yield f"{minutes}  {_title(lesson)}{before}"
    yield ""
    yield f"Zeit       {plan.needed_minutes} von {plan.minutes} Minuten"
    if plan.filament_g:
        grams_left = sum(printer.grams_left for printer in outing.printers)
        each = plan.printing_minutes / plan.children
        yield (
            f"3D-Druck   etwa {plan.needed_printing:.0f} von {plan.printing_minutes:.0f} Minuten ({_printers(plan)}), "
            f"{_number(each, 0)} je Kind"
        )
        yield f"Filament   {_number(plan.filament_g, 0)} g von {_number(grams_left, 0)} g"
    for number, part in enumerate(plan.parts):
        yield f"{'Teile' if number == 0 else '':<11}{part.needed} von {part.carried} × {part.title}"
    yield f"Kosten     {_number(plan.euros, 2)} €, {_number(plan.euros / plan.children, 2)} € je Kind"
    yield ""
    yield "Passt." if not plan.conflicts else "Passt nicht:"
    yield from (f"- {conflict}" for conflict in plan.conflicts)
    if plan.hints:
        yield ""
        yield "Denkt daran:"
        yield from (f"- {hint}" for hint in plan.hints)


def _printers(plan: Plan) -> str:
    count = len(plan.outing.printers)
    return "1 Drucker" if count == 1 else f"{count} Drucker"


def _number(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",")

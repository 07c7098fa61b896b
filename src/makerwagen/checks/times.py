"""Rules about minutes: what a lesson promises adds up, and it can be cut where a bell rings."""

from collections.abc import Iterator
from itertools import accumulate

from makerwagen.content.repository import Repository
from makerwagen.content.words import Format, PhaseKind
from makerwagen.problems import Problem

NEEDS_TIDYING_MINUTES = 45


def minutes_fill_the_splits(repository: Repository) -> Iterator[Problem]:
    """LES105: teaching, work, waiting for the printer and tidying up fill the lesson's splits.

    Why: A teacher plans with the splits; minutes that are missing or too many are noticed only in class.
    Bad:
        minutes: {prepare: 10, teach: 20, work: 50, tidy: 5}
        splits: [90]
    Good:
        minutes: {prepare: 10, teach: 25, work: 55, tidy: 10}
        splits: [90]
    """
    for lesson in repository.lessons.values():
        if lesson.minutes and lesson.splits and lesson.minutes.in_class != sum(lesson.splits):
            minutes = lesson.minutes
            added = f"{minutes.teach} + {minutes.work} + {minutes.print_wait} + {minutes.tidy} = {minutes.in_class}"
            what = f"teach + work + print_wait + tidy is {added} minutes, the splits have {sum(lesson.splits)}"
            yield Problem(lesson.at("minutes"), "LES105", what, "change the minutes or the splits")


def phases_fill_the_splits(repository: Repository) -> Iterator[Problem]:
    """LES106: the phases of the plan fill the lesson's splits.

    Why: The plan on the teacher's sheet must end when the bell rings.
    Bad:
        splits: [45]
        phases: [{minutes: 10, …}, {minutes: 20, …}]
    Good:
        splits: [45]
        phases: [{minutes: 10, …}, {minutes: 35, …}]
    """
    for lesson in repository.lessons.values():
        planned = sum(phase.minutes for phase in lesson.phases)
        if lesson.phases and lesson.splits and planned != sum(lesson.splits):
            what = f"the phases take {planned} minutes, the splits have {sum(lesson.splits)}"
            yield Problem(lesson.at("phases"), "LES106", what, "change the minutes of a phase or the splits")


def phases_can_be_cut_at_the_splits(repository: Repository) -> Iterator[Problem]:
    """LES107: a phase ends where a split ends.

    Why: With two bells in a lesson, no phase may run over the first.
    Bad:
        splits: [45, 45]
        phases: [{minutes: 30, …}, {minutes: 30, …}, {minutes: 30, …}]
    Good:
        splits: [45, 45]
        phases: [{minutes: 30, …}, {minutes: 15, …}, {minutes: 45, …}]
    """
    for lesson in repository.lessons.values():
        ends = list(accumulate(phase.minutes for phase in lesson.phases))
        if not ends or ends[-1] != sum(lesson.splits):
            continue
        for cut in list(accumulate(lesson.splits))[:-1]:
            if cut not in ends:
                number = next(index for index, end in enumerate(ends) if end > cut)
                start = ends[number] - lesson.phases[number].minutes
                what = f"the phase from minute {start} to {ends[number]} runs over the split at minute {cut}"
                yield Problem(lesson.at("phases", number), "LES107", what, "end a phase at the split")


def lessons_leave_time_to_tidy(repository: Repository) -> Iterator[Problem]:
    """LES124: a lesson of 45 minutes or more has a phase "aufraeumen".

    Why: Parts are counted back and work is saved, or the next group starts with half a kit.
    Bad:
        phases: [{minutes: 45, phase: erarbeitung, …}]
    Good:
        phases: [{minutes: 40, phase: erarbeitung, …}, {minutes: 5, phase: aufraeumen, …}]
    """
    for lesson in repository.lessons.values():
        long = sum(phase.minutes for phase in lesson.phases) >= NEEDS_TIDYING_MINUTES
        tidies = any(phase.phase is PhaseKind.AUFRAEUMEN for phase in lesson.phases)
        if long and not tidies and lesson.format is not Format.DROP_IN:
            what = f"the plan of {sum(phase.minutes for phase in lesson.phases)} minutes has no phase 'aufraeumen'"
            yield Problem(lesson.at("phases"), "LES124", what, "plan some minutes for it at the end")

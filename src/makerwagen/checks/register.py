"""Rules about the lists that lessons refer to: the register of the wagon and the glossary."""

from collections.abc import Iterator

from makerwagen.checks.closest import did_you_mean
from makerwagen.content.repository import Repository
from makerwagen.content.typed import Key, Located
from makerwagen.problems import Problem


def list_entries_are_unique(repository: Repository) -> Iterator[Problem]:
    """LES130: every thing of the register, word of the glossary, briefing, subject and school type is listed once.

    Why: Content refers to it by its id; of two with one id, the second is never found.
    Bad:
        terms: [{id: resistor, …}, {id: resistor, …}]
    Good:
        terms: [{id: resistor, …}, {id: breadboard, …}]
    """
    for content, field, ids in _lists(repository):
        for number, name in enumerate(ids):
            if name in ids[:number]:
                place = content.at(field, number, "id")
                yield Problem(place, "LES130", f"'{name}' is here twice", "remove one, or give it another id")


def boards_of_the_register_exist(repository: Repository) -> Iterator[Problem]:
    """LES131: the board that a kit of the register holds is described under microcontroller/boards.

    Why: Wiring pictures and the simulator take the pins from there.
    Bad:
        {id: pico-w, kind: board, board: pico, …}
    Good:
        {id: pico-w, kind: board, board: pico-w, …}
    """
    for number, entry in enumerate(repository.register.equipment if repository.register and repository.boards else ()):
        broken = f"microcontroller/boards/{entry.board}.yml" in repository.broken
        if repository.register and entry.board and entry.board not in repository.boards and not broken:
            remedy = did_you_mean(entry.board, repository.boards, "add it to microcontroller/boards")
            place = repository.register.at("equipment", number, "board")
            yield Problem(place, "LES131", f"board '{entry.board}' of '{entry.id}' does not exist", remedy)


def _lists(repository: Repository) -> Iterator[tuple[Located, Key, list[str]]]:
    if register := repository.register:
        yield register, "equipment", [entry.id for entry in register.equipment]
        yield register, "consumables", [entry.id for entry in register.consumables]
    if glossary := repository.glossary:
        yield glossary, "terms", [term.id for term in glossary.terms]
    if safety := repository.safety:
        yield safety, "briefings", [briefing.id for briefing in safety.briefings]
    if grades := repository.grades:
        yield grades, "subjects", [subject.id for subject in grades.subjects]
        yield grades, "school_types", [kind.id for kind in grades.school_types]
        yield grades, "bands", [band.id for band in grades.bands]

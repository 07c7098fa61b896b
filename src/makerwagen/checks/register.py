"""Rules about the lists that lessons refer to: the register of the wagon and the glossary."""

from collections.abc import Iterator

from makerwagen.checks.cells import lesson_is_known
from makerwagen.checks.closest import did_you_mean
from makerwagen.content.equipment import Kind, Register
from makerwagen.content.outing import Outing
from makerwagen.content.printer import Printer
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


def outings_take_what_there_is(repository: Repository) -> Iterator[Problem]:
    """LES132: the example outing takes lessons, printers and profiles that exist, and no more than the wagon has.

    Why: Minutes, grams and the fair share of a seat are worked out from it.
    Bad:
        printers: [{printer: printer-mk3, name: prusa-1, profile: printer-mk3s, grams_left: 800}]
    Good:
        printers: [{printer: printer-mk3s, name: prusa-1, profile: printer-mk3s, grams_left: 800}]
    """
    outing = repository.outing
    for number, slug in enumerate(outing.lessons if outing else ()):
        if outing and not lesson_is_known(repository, slug):
            remedy = did_you_mean(slug, repository.lessons, "add the lesson, or remove it here")
            yield Problem(outing.at("lessons", number), "LES132", f"lesson '{slug}' does not exist", remedy)
    for number, one in enumerate(outing.printers if outing else ()):
        broken = f"curriculum/printers/{one.profile}.yml" in repository.broken
        if outing and one.profile not in repository.printers and not broken:
            remedy = did_you_mean(one.profile, repository.printers, "add it to curriculum/printers")
            place = outing.at("printers", number, "profile")
            yield Problem(place, "LES132", f"profile '{one.profile}' does not exist", remedy)
    if outing and repository.register:
        yield from _printers_on_the_wagon(outing, repository.register)


def limits_fit_the_register(repository: Repository) -> Iterator[Problem]:
    """LES133: limits belong to a 3D printer of the register, keep to its bed, and have settings beside them.

    Why: The G-code gate trusts the limits; a bed written too large lets the head run against the frame.
    Bad:
        bed: {x_mm: [0, 250], …}      # the register: x_mm: 220
    Good:
        bed: {x_mm: [5, 215], …}
    """
    equipment = repository.register.equipment if repository.register else ()
    known = {entry.id: entry for entry in equipment if entry.kind is Kind.PRINTER_3D}
    for slug, printer in repository.printers.items() if repository.register else ():
        entry = known.get(slug)
        if entry is None:
            remedy = did_you_mean(slug, known, "add it to curriculum/equipment.yml, or rename the file")
            yield Problem(printer.at(), "LES133", f"'{slug}' is no 3D printer of the register", remedy)
        elif entry.bed and _is_larger(printer, (entry.bed.x_mm, entry.bed.y_mm, entry.bed.z_mm)):
            what = f"the bed is larger than that of '{slug}' in the register"
            yield Problem(printer.at("bed"), "LES133", what, "measure it, and mend one of them")
        if f"curriculum/printers/{slug}.ini" not in repository.files:
            what = f"the slicer's settings curriculum/printers/{slug}.ini are missing"
            yield Problem(printer.at("profile"), "LES133", what, "write them: makerwagen profiles")


def _printers_on_the_wagon(outing: Outing, register: Register) -> Iterator[Problem]:
    fields = [(("printers", number, "printer"), one.printer) for number, one in enumerate(outing.printers)]
    wanted: list[tuple[tuple[Key, ...], str, Kind]] = [(keys, ref, Kind.PRINTER_3D) for keys, ref in fields]
    if outing.paper_printer:
        wanted.append((("paper_printer",), outing.paper_printer, Kind.PRINTER_PAPER))
    taken: dict[str, int] = {}
    for keys, ref, kind in wanted:
        ids = [entry.id for entry in register.equipment if entry.kind is kind]
        entry = register.find(ref)
        if entry is None or ref not in ids:
            remedy = did_you_mean(ref, ids, "add it to curriculum/equipment.yml")
            yield Problem(outing.at(*keys), "LES132", f"'{ref}' is no {kind.value} of the register", remedy)
            continue
        taken[ref] = taken.get(ref, 0) + 1
        if taken[ref] > entry.count:
            what = f"{taken[ref]} × '{ref}', the wagon carries {entry.count}"
            yield Problem(outing.at(*keys), "LES132", what, "take fewer")


def _is_larger(printer: Printer, most: tuple[float, float, float]) -> bool:
    low = (printer.bed.x_mm[0], printer.bed.y_mm[0], printer.bed.z_mm[0])
    high = (printer.bed.x_mm[1], printer.bed.y_mm[1], printer.bed.z_mm[1])
    return min(low) < 0 or any(value > limit for value, limit in zip(high, most, strict=True))


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

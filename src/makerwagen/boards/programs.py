"""All board programs of the repository, and the problems that their type check finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from makerwagen.boards.known import USUAL
from makerwagen.boards.type_words import for_authors
from makerwagen.boards.typecheck import LIBRARY, open_type_check
from makerwagen.content.exercise import Exercise
from makerwagen.content.notebook import BOARD_MAGIC
from makerwagen.content.repository import Repository
from makerwagen.content.words import CellTag
from makerwagen.errors import MakerwagenError
from makerwagen.problems import Place, Problem

CODE = "MCU301"
MEMORY = Path("build/.cache/types")
# wrong/ holds what children get wrong; that is its job.
OF_AN_EXERCISE = ("main.py", "solution.py")
# What runs on every board before the child's program.
BOOT = "microcontroller/boot"


@dataclass(frozen=True)
class Program:
    """A program for a board: a file, or a cell of a lesson."""

    place: Place
    board: str
    source: str


def programs_of(repository: Repository) -> Iterator[Program]:
    """Yield every program that is meant to be right, in lessons and exercises."""
    for name in repository.boards:
        yield from _of_folder(repository, BOOT, name)
    for exercise in repository.exercises.values():
        yield from _of_exercise(repository, exercise)
    for lesson in repository.lessons.values():
        for notebook in lesson.notebooks.values():
            for cell in notebook.cells:
                if cell.runs_on_board and not cell.has(CellTag.RAISES_EXCEPTION):
                    board = board_of_cell(cell.source, repository)
                    yield Program(notebook.at(cell), board, cell.source)


def board_of_cell(source: str, repository: Repository) -> str:
    """Return the board that a cell's first line asks for, itself or through its exercise."""
    words = source.lstrip().partition("\n")[0].removeprefix(BOARD_MAGIC).split()
    told = dict(word.partition("=")[::2] for word in words)
    exercise = repository.exercises.get(told.get("exercise", ""))
    return told.get("board") or (exercise.board if exercise else USUAL)


def check_types(repository: Repository) -> list[Problem]:
    """Return what the type check of all programs finds; raise MakerwagenError when it cannot be done."""
    by_port: dict[str, dict[str, Program]] = {}
    for program in programs_of(repository):
        # A board that does not exist is MCU101's to report; a cell that names one is told when it runs.
        if board := repository.boards.get(program.board):
            by_port.setdefault(board.port, {})[str(program.place)] = program
    problems: set[Problem] = set()
    for port, programs in by_port.items():
        problems.update(_of_port(repository, port, programs))
    return sorted(problems)


def _of_port(repository: Repository, port: str, programs: dict[str, Program]) -> Iterator[Problem]:
    check = open_type_check(repository.root, port, repository.root / MEMORY)
    if not check.ready:
        raise MakerwagenError(f"no mypy, or no type stubs for boards of port '{port}'; try: make setup")
    found = check.findings({name: program.source for name, program in programs.items()})
    for name, findings in found.items():
        place = programs[name].place if name in programs else Place((LIBRARY / name).as_posix())
        for finding in findings:
            what, remedy = for_authors(finding)
            yield Problem(Place(place.path, place.cell, finding.line), CODE, what, remedy)


def _of_exercise(repository: Repository, exercise: Exercise) -> Iterator[Program]:
    folder = exercise.origin.path.rpartition("/")[0]
    for program in _of_folder(repository, folder, exercise.board):
        if program.place.path.removeprefix(folder + "/").startswith(OF_AN_EXERCISE):
            yield program
    yield from _of_folder(repository, f"{folder}/right", exercise.board)


def _of_folder(repository: Repository, folder: str, board: str) -> Iterator[Program]:
    for path in sorted(path for path in repository.files if path.rpartition("/")[0] == folder and path.endswith(".py")):
        source = (repository.root / path).read_text(encoding="utf-8", errors="replace")
        yield Program(Place(path), board, source)

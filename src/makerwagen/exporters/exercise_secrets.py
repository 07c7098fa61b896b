"""What children may not see of exercises: lines of solutions, and of wrong programs, which are nearly solutions."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from makerwagen.boards.exercises import EXERCISES
from makerwagen.content.repository import Repository
from makerwagen.exporters.leaks import Secret, program_secrets, squash
from makerwagen.exporters.pages_exercises import simulator_files

PUBLIC = ("exercise.yml", "main.py", "scenario.yml")
PROGRAMS = ("solution.py", "right/*.py", "wrong/*.py")


@dataclass(frozen=True)
class ProgramSecrets:
    """The secret lines of one program of an exercise; `solves` says that it is a right one."""

    exercise: str
    solves: bool
    secrets: tuple[Secret, ...]


def exercise_secrets(repository: Repository) -> tuple[ProgramSecrets, ...]:
    """Return the secret lines of every exercise's programs: those in no start program, scenario or simulator module."""
    folders = [folder for folder in sorted((repository.root / EXERCISES).glob("*")) if folder.is_dir()]
    public = squash("\n".join(_public(repository.root, folders)))
    return tuple(
        ProgramSecrets(folder.name, path.parent.name != "wrong", tuple(_secrets(path, folder, repository.root, public)))
        for folder in folders
        for pattern in PROGRAMS
        for path in sorted(folder.glob(pattern))
    )


def kept_from(programs: Iterable[ProgramSecrets], shown: Sequence[str]) -> Iterator[Secret]:
    """Yield the secrets that hold although lessons show children the texts `shown`.

    A line that a lesson teaches anyway is none. But a lesson that shows a whole solution gives the exercise away.
    """
    texts = [squash(text) for text in shown]
    every = "\n".join(texts)
    for program in programs:
        whole = program.solves and len(program.secrets) > 1
        given_away = whole and any(all(secret.squashed in text for secret in program.secrets) for text in texts)
        yield from (secret for secret in program.secrets if given_away or secret.squashed not in every)


def _public(root: Path, folders: Iterable[Path]) -> Iterator[str]:
    for folder in folders:
        # As they stand and without comments, which a solution may lack.
        yield from (_text(folder / name) for name in PUBLIC)
        yield "".join(line.partition("#")[0] for line in _text(folder / "main.py").split("\n"))
    for modules in simulator_files(root).values():
        yield from modules.values()


def _secrets(path: Path, folder: Path, root: Path, public: str) -> Iterator[Secret]:
    program, start = _text(path), _text(folder / "main.py")
    return program_secrets(path.relative_to(root).as_posix(), program, start=start, public=public)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""

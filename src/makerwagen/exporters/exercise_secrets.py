"""What children may not see of exercises: lines of solutions, and of wrong programs, which are nearly solutions."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from makerwagen.boards.exercises import EXERCISES
from makerwagen.boards.wiring.holes import WiringError
from makerwagen.boards.wiring.words import wiring_steps
from makerwagen.content.repository import Repository
from makerwagen.exporters.leaks import Secret, Secrets, program_secrets, squash
from makerwagen.exporters.pages_exercises import simulator_files

PUBLIC = ("exercise.yml", "main.py", "scenario.yml")
PROGRAMS = ("solution.py", "right/*.py", "wrong/*.py")


@dataclass(frozen=True)
class ProgramSecrets:
    """The secret lines of one program of an exercise; `solves` says that it is a right one."""

    exercise: str
    solves: bool
    secrets: tuple[Secret, ...]


@dataclass(frozen=True)
class ExerciseSecrets:
    """The programs of all exercises, and the texts that their pages show to everybody."""

    programs: tuple[ProgramSecrets, ...] = ()
    shown: tuple[str, ...] = ()

    def of(self, exercises: Sequence[str]) -> "ExerciseSecrets":
        """Return the same for some exercises only."""
        return ExerciseSecrets(tuple(each for each in self.programs if each.exercise in exercises), self.shown)

    def not_shown(self, secrets: Iterable[Secret]) -> list[Secret]:
        """Return those of a lesson's secrets that the exercises' pages do not show anyway."""
        found = list(secrets)
        public = {secret.squashed for secret in Secrets(found).found_in("\n".join(self.shown))}
        return [secret for secret in found if secret.squashed not in public]

    def kept_from(self, lessons: Sequence[str]) -> Iterator[Secret]:
        """Yield the secrets that hold although `lessons` show children these texts.

        A line that a lesson teaches anyway is none. But a lesson that shows a whole solution gives the exercise away.
        """
        texts = [squash(text) for text in lessons]
        every = "\n".join(texts)
        for program in self.programs:
            whole = program.solves and len(program.secrets) > 1
            given_away = whole and any(all(secret.squashed in text for secret in program.secrets) for text in texts)
            yield from (secret for secret in program.secrets if given_away or secret.squashed not in every)


def exercise_secrets(repository: Repository) -> ExerciseSecrets:
    """Return the secret lines of every exercise's programs: those in no start program, scenario or simulator module."""
    folders = [folder for folder in sorted((repository.root / EXERCISES).glob("*")) if folder.is_dir()]
    shown = tuple(text for folder in folders for text in _shown(folder))
    modules = (text for files in simulator_files(repository.root).values() for text in files.values())
    public = squash("\n".join([*shown, *modules]))
    programs = tuple(
        ProgramSecrets(folder.name, path.parent.name != "wrong", tuple(_secrets(path, folder, repository.root, public)))
        for folder in folders
        for pattern in PROGRAMS
        for path in sorted(folder.glob(pattern))
    )
    return ExerciseSecrets(programs, (*shown, *_wiring(repository)))


def _shown(folder: Path) -> Iterator[str]:
    yield from (_text(folder / name) for name in PUBLIC)
    # Without comments, too, which a solution may lack.
    yield "".join(line.partition("#")[0] for line in _text(folder / "main.py").split("\n"))


def _wiring(repository: Repository) -> Iterator[str]:
    for exercise in repository.exercises.values():
        board = repository.boards.get(exercise.board)
        if board and repository.parts and exercise.wiring:
            with suppress(WiringError):
                yield " ".join(wiring_steps(board, exercise, repository.parts))


def _secrets(path: Path, folder: Path, root: Path, public: str) -> Iterator[Secret]:
    program, start = _text(path), _text(folder / "main.py")
    return program_secrets(path.relative_to(root).as_posix(), program, start=start, public=public)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""

"""Measure judging programs: the whole command for one of each exercise, and thirty seats at once."""

from collections.abc import Iterator

from benchmarks.measuring import CHECKOUT, WORK, Contender, in_turn
from benchmarks.questions import CLI, Measured, Scale, driver, empty
from makerwagen.boards.exercises import EXERCISES, slugs_in

SEATS = 30
SEATS_EXERCISE = "pedestrian-light"
ONE_COMMAND, MANY_COMMANDS = "one command for all", "a command for each seat, all at once"


def measure_judging(scale: Scale) -> Iterator[Measured]:
    """Measure `makerwagen exercise check`, from the start of the command to its end."""
    slugs = slugs_in(CHECKOUT)
    solutions = {slug: right_program(slug) for slug in slugs}
    contenders = [Contender(slug, command(slug, path)) for slug, path in solutions.items()]
    rows = in_turn("judge-one", contenders, rounds=scale.rounds(5))
    yield Measured("judge-one", "Judge the solution of each exercise, one command each", len(slugs), rows)
    seats = scale.lessons(SEATS)
    files = seat_files(seats)
    contenders = [
        Contender(ONE_COMMAND, command(SEATS_EXERCISE, *files)),
        Contender(MANY_COMMANDS, driver("judge_seats", CLI, CHECKOUT, SEATS_EXERCISE, *files)),
    ]
    rows = in_turn("judge-seats", contenders, rounds=scale.rounds())
    yield Measured("judge-seats", f"Judge {seats} programs at once", seats, rows)


def right_program(slug: str) -> str:
    """Return the program that passes: an exercise's solution, or that of a sensor node, which is complete."""
    solution = CHECKOUT / EXERCISES / slug / "solution.py"
    return str(solution if solution.exists() else solution.with_name("main.py"))


def command(slug: str, *files: str) -> tuple[str, ...]:
    """Return the command that judges files."""
    return (CLI, "--root", str(CHECKOUT), "exercise", "check", slug, *files)


def seat_files(count: int) -> list[str]:
    """Write as many programs as there are seats; no two are the same, so that nothing could be remembered."""
    folder = empty(WORK / "seats")
    source = (CHECKOUT / EXERCISES / SEATS_EXERCISE / "solution.py").read_text(encoding="utf-8")
    files = []
    for number in range(count):
        path = folder / f"seat-{number}.py"
        path.write_text(f"{source}# {number}\n", encoding="utf-8")
        files.append(str(path))
    return files

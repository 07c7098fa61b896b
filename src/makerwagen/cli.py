"""The command line: parses, calls, prints; each sub-command imports what it needs when it runs."""

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from makerwagen import __version__
from makerwagen.boards.exercise_options import add_arguments as add_exercise_options
from makerwagen.boards.real_options import add_arguments as add_board_options
from makerwagen.errors import MakerwagenError
from makerwagen.lab.options import add_arguments as add_lab_options
from makerwagen.models.options import add_arguments as add_model_options
from makerwagen.sensors.options import add_arguments as add_sensor_options
from makerwagen.sensors.options import add_state_options
from makerwagen.sensors.packs.options import add_arguments as add_data_options

CLEAN, PROBLEMS, COULD_NOT_RUN = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 fine, 1 problems, 2 could not run."""
    _write_anything()
    options = parser().parse_args(arguments)
    try:
        code = int(options.run(options))
        sys.stdout.flush()
        return code
    except MakerwagenError as error:
        return fail(str(error))
    except (OSError, ModuleNotFoundError) as error:
        return _stopped_by(error, options.extra)
    except KeyboardInterrupt:
        return COULD_NOT_RUN


def _write_anything() -> None:
    """Let a terminal that knows no „ show \\u201e instead of ending the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _stopped_by(error: OSError | ModuleNotFoundError, extra: str) -> int:
    """Say what the machine lacks: a right, room on the disk, or a package of ours that is not installed."""
    if isinstance(error, BrokenPipeError):  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_RUN
    if isinstance(error, OSError):
        where = f"'{error.filename}': " if error.filename else ""
        return fail(f"{where}{error.strerror or error}; look at its permissions, and for free space on the disk")
    if (error.name or "").startswith("makerwagen"):
        raise error
    return fail(f"'{error.name}' is not installed; try: pip install 'makerwagen[{extra}]'")


def fail(why: str) -> int:
    """Say on standard error why the command could not run, and return the exit code for that."""
    print(f"error: {why}", file=sys.stderr)
    return COULD_NOT_RUN


def parser() -> argparse.ArgumentParser:
    """Return the parser of all sub-commands."""
    top = argparse.ArgumentParser(prog="makerwagen", description="Lessons for a mobile maker space.")
    top.add_argument("--version", action="version", version=__version__)
    top.add_argument(
        "--root", type=Path, default=None, help="the checkout (default: the folder above that holds lessons/)"
    )
    top.set_defaults(extra="build")
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="check all content, or the files below PATH")
    check.add_argument("paths", nargs="*", metavar="PATH")
    check.add_argument("--format", choices=["plain", "github", "json"], default="plain")
    check.add_argument("--select", metavar="CODE[,CODE]", help="report only these rules")
    check.add_argument("--types", action="store_true", help="also check programs for boards against their firmware")
    check.set_defaults(run=run_check)

    explain = commands.add_parser("explain", help="explain a rule")
    explain.add_argument("code", metavar="CODE")
    explain.set_defaults(run=run_explain)

    build = commands.add_parser("build", help="build notebooks, sheets and the website into build/")
    build.add_argument("slugs", nargs="*", metavar="SLUG", help="only these lessons' notebooks and sheets")
    build.add_argument("--lang", default="", help="languages, e.g. de,en (default: all)")
    build.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    build.add_argument("--timeout", type=float, default=60, metavar="SECONDS", help="for one notebook (default: 60)")
    build.set_defaults(run=run_build)

    _add_wagon_commands(commands)

    lab = commands.add_parser("lab", help="JupyterLab for a child's seat, open on today's lesson")
    add_lab_options(lab)
    lab.set_defaults(run=run_lab, extra="lab")

    add_model(commands)
    add_board(commands)
    add_exercise(commands)
    add_data(commands)
    _add_outing_commands(commands)

    schemas = commands.add_parser("schemas", help="write the JSON Schemas for editors into curriculum/schemas")
    schemas.set_defaults(run=run_schemas)
    return top


def _add_wagon_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    wagon = commands.add_parser("wagon", help="serve the website on the wagon's server, and listen to sensors")
    wagon.add_argument("--host", default="127.0.0.1")
    wagon.add_argument("--port", type=int, default=8000)
    wagon.add_argument("--prove", action="store_true", help="ask for every page once, say what answered, and end")
    add_state_options(wagon)
    wagon.set_defaults(run=run_wagon, extra="wagon")

    sensors = commands.add_parser("sensors", help="list sensor stations, say where they stand, export their readings")
    add_sensor_options(sensors)
    sensors.set_defaults(run=run_sensors, extra="wagon")


def _add_outing_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    plan = commands.add_parser("plan", help="say whether lessons fit the outing: minutes, printers, grams, euros")
    plan.add_argument("lessons", nargs="+", metavar="LESSON")
    plan.add_argument("--children", type=int, metavar="N", help="default: as many as the outing has places for")
    plan.add_argument("--minutes", type=int, metavar="M", help="default: as long as the outing is")
    plan.set_defaults(run=run_plan)

    profiles = commands.add_parser("profiles", help="write the slicer's settings of all printers from its bundles")
    profiles.set_defaults(run=run_profiles)


def add_model(commands: Any) -> None:
    """Add `model` with its own sub-commands."""
    model = commands.add_parser("model", help="list, describe and export CAD models")
    add_model_options(model)
    model.set_defaults(run=run_model, extra="lab")


def add_board(commands: Any) -> None:
    """Add `board` with its own sub-commands."""
    board = commands.add_parser("board", help="find real boards, run programs on them, put them back in order")
    add_board_options(board)
    board.set_defaults(run=run_board, extra="lab")


def add_exercise(commands: Any) -> None:
    """Add `exercise` with its own sub-commands."""
    exercise = commands.add_parser("exercise", help="list exercises, and check programs on the simulated board")
    add_exercise_options(exercise)
    exercise.set_defaults(run=run_exercise, extra="lab")


def add_data(commands: Any) -> None:
    """Add `data` with its own sub-commands."""
    data = commands.add_parser("data", help="list, check, simulate, refresh and serve data packs")
    add_data_options(data)
    data.set_defaults(run=run_data, extra="wagon")


def root_of(options: argparse.Namespace) -> Path:
    """Return the checkout: --root, or the nearest folder with lessons above this one or above what is named."""
    if options.root is not None:
        return Path(options.root)
    here = Path.cwd()
    starts = (here, *(Path(path).resolve() for path in getattr(options, "paths", ())))
    above = (folder for start in starts for folder in (start, *start.parents))
    return next((folder for folder in above if (folder / "lessons").is_dir()), here)


def run_check(options: argparse.Namespace) -> int:
    """Check the content and print every problem."""
    from makerwagen.checks.report import render
    from makerwagen.checks.rules import check_repository, soften_drafts
    from makerwagen.load.repository_loader import CONTENT_FOLDERS, load_repository
    from makerwagen.problems import Severity

    gc.disable()  # one pass over the content and done: collecting would only cost time
    root, paths = root_of(options), [Path(path) for path in options.paths]
    if len(paths) == 1 and options.root is None and any((paths[0] / folder).is_dir() for folder in CONTENT_FOLDERS):
        root, paths = paths[0], []
    repository, problems = load_repository(root)
    if options.types:
        from makerwagen.boards.programs import check_types

        problems = [*problems, *check_types(repository)]
    codes = set(options.select.split(",")) if options.select else None
    problems = [problem for problem in problems if codes is None or problem.code in codes]
    problems = sorted([*soften_drafts(repository, problems), *check_repository(repository, codes)])
    if paths:
        wanted = [inside(path, root) for path in paths]
        problems = [one for one in problems if any(Path(one.place.path).is_relative_to(path) for path in wanted)]
    print(render(problems, options.format, repository))
    return PROBLEMS if any(problem.severity is Severity.PROBLEM for problem in problems) else CLEAN


def inside(path: Path, root: Path) -> str:
    """Return `path` relative to the checkout; raise when it does not exist or lies elsewhere."""
    if not path.exists():
        raise MakerwagenError(f"'{path}' does not exist; see: makerwagen check --help")
    try:
        return path.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        raise MakerwagenError(f"'{path}' is not in the checkout '{root}'; name it with --root") from None


def run_explain(options: argparse.Namespace) -> int:
    """Print a rule's page."""
    from makerwagen.checks.explain import explain

    print(explain(options.code))
    return CLEAN


def run_build(options: argparse.Namespace) -> int:
    """Build everything and print what was found."""
    from makerwagen.checks.report import render
    from makerwagen.exporters.unchanged import nothing_new

    gc.disable()  # one pass over the content and done: collecting would only cost time
    root = root_of(options)
    langs = [lang for lang in options.lang.split(",") if lang]
    if not options.slugs and nothing_new(root, langs):
        print(f"nothing changed since the last build; see {root / 'build'}")
        return CLEAN
    from makerwagen.exporters.build import BuildOptions, build

    report = build(root, BuildOptions(options.slugs, langs, options.jobs, options.timeout))
    if report.problems:
        print(render(report.problems, "plain", report.repository))
    for slug in dict.fromkeys(report.left_out):
        print(f"left out: {slug}; what was built of it earlier is kept")
    print(f"built {len(report.built)} lessons into {root / 'build'}")
    return PROBLEMS if report.failed else CLEAN


def run_wagon(options: argparse.Namespace) -> int:
    """Serve what was built, and what sensors measure."""
    from makerwagen.commands.sensors import wagon_sensors
    from makerwagen.wagon.server import prove, serve

    site = root_of(options) / "build/site"
    if not (site / "index.html").exists():
        raise MakerwagenError(f"there is no website in '{site}'; build it first: makerwagen build")
    if options.prove:
        return prove(site, options.host, options.port)
    serve(site, options.host, options.port, sensors=wagon_sensors(options))
    return CLEAN


def run_sensors(options: argparse.Namespace) -> int:
    """List, place or export sensor stations."""
    from makerwagen.commands.sensors import run_sensors

    return run_sensors(options)


def run_lab(options: argparse.Namespace) -> int:
    """Open a seat, renew all seats, or take work home."""
    from makerwagen.lab.commands import run_lab

    return run_lab(options, root_of(options))


def run_model(options: argparse.Namespace) -> int:
    """List, describe or export models."""
    from makerwagen.commands.model import run_model

    return run_model(options, root_of(options))


def run_board(options: argparse.Namespace) -> int:
    """Find, run or restore boards."""
    from makerwagen.commands.board import run_board

    return run_board(options, root_of(options))


def run_exercise(options: argparse.Namespace) -> int:
    """List exercises, or judge programs."""
    from makerwagen.commands.exercise import run_exercise

    return run_exercise(options, root_of(options))


def run_data(options: argparse.Namespace) -> int:
    """List, check, simulate, refresh or serve packs."""
    from makerwagen.commands.data import run_data

    return run_data(options, root_of(options))


def run_plan(options: argparse.Namespace) -> int:
    """Print whether lessons fit the outing."""
    from makerwagen.plan import run_plan

    return run_plan(options, root_of(options))


def run_profiles(options: argparse.Namespace) -> int:
    """Write the slicer's settings and name them."""
    from makerwagen.commands.profiles import write_profiles

    for path in write_profiles(root_of(options)):
        print(path)
    return CLEAN


def run_schemas(options: argparse.Namespace) -> int:
    """Write the schemas and name them."""
    from makerwagen.load.schemas import write_schemas

    for path in write_schemas(root_of(options) / "curriculum/schemas"):
        print(path)
    return CLEAN


if __name__ == "__main__":
    sys.exit(main())

"""Rules about sensor nodes: they watch things, not people; they say what they cannot tell; passwords stay at home."""

import ast
from collections.abc import Iterator

from makerwagen.checks.python_source import tree_of, tree_of_file
from makerwagen.content.exercise import Exercise, ExerciseKind
from makerwagen.content.repository import Repository
from makerwagen.problems import Place, Problem

# What finds other people's devices, and what records sound or pictures.
FINDS_DEVICES = {"bluetooth", "ubluetooth", "aioble", "espnow", "aioespnow"}
RECORDS = {"I2S", "camera", "wave"}
# On these a scan() looks for sensors on wires; on everything else it could be the radio.
WIRED_BUSES = {"I2C", "SoftI2C", "OneWire", "DS18X20"}
SECRETS = {"password", "wifi_password", "key", "pswd"}
SETTINGS = "settings.py"
TAKE_LESS = "measure a level or count; take no more than that"


def programs_watch_no_persons(repository: Repository) -> Iterator[Problem]:
    """SEN101: no program for a board looks for phones and other radios, or records sound or pictures.

    Why: Addresses, voices and pictures are personal data (GDPR, Art. 4 (1)). What is never taken cannot leak.
    Bad:
        for netz in wlan.scan():
    Good:
        wlan.connect(settings.WIFI, settings.WIFI_PASSWORD)
    """
    for exercise in repository.exercises.values():
        for path, tree in _programs(repository, exercise):
            for line, what in sorted(_watching(tree)):
                yield Problem(Place(path, line=line), "SEN101", what, TAKE_LESS)
    for place, tree in _cells(repository):
        for line, what in sorted(_watching(tree)):
            yield Problem(Place(place.path, place.cell, line), "SEN101", what, TAKE_LESS)


def nodes_say_how_far_to_trust_them(repository: Repository) -> Iterator[Problem]:
    """SEN102: a sensor node has calibration steps, and says in German what its readings cannot tell.

    Why: A number with a unit looks true. Who reads it must know how it was calibrated, and where it ends.
    Bad:
        kind: node
    Good:
        kind: node
        calibration: [{de: Halte den Sensor zu und schreib die Zahl bei DUNKEL hin.}]
        cannot_tell: [{de: Es sagt nur heller oder dunkler.}]
    """
    for exercise in repository.exercises.values():
        if exercise.kind is not ExerciseKind.NODE:
            continue
        for name, texts in (("calibration", exercise.calibration), ("cannot_tell", exercise.cannot_tell)):
            if not any("de" in text for text in texts):
                yield Problem(exercise.at(), "SEN102", f"'{name}' is missing", f"add '{name}:' in German")


def nodes_keep_no_passwords(repository: Repository) -> Iterator[Problem]:
    """SEN103: no password stands in a node's program, and no settings.py lies in the repository.

    Why: What is once committed stays readable for ever. A board has its settings.py; the repository has an example.
    Bad:
        station = Station("hof-1", password="geheim")
    Good:
        station = Station(settings.STATION, password=settings.PASSWORD)
    """
    for path in sorted(repository.files):
        if path.startswith("microcontroller/exercises/") and path.endswith(f"/{SETTINGS}"):
            what = f"{SETTINGS} is in the repository"
            yield Problem(Place(path), "SEN103", what, "remove it; it belongs on the board")
    for exercise in repository.exercises.values():
        if exercise.kind is ExerciseKind.NODE:
            for path, tree in _programs(repository, exercise):
                for line, name in sorted(_secrets(tree)):
                    what = f"'{name}' is written into the program"
                    yield Problem(Place(path, line=line), "SEN103", what, "take it from settings.py: settings.PASSWORD")


def _programs(repository: Repository, exercise: Exercise) -> Iterator[tuple[str, ast.Module]]:
    # Those in wrong/ too: they are read, copied and run like the others.
    folder = exercise.origin.path.rpartition("/")[0] + "/"
    for path in sorted(repository.files):
        if path.startswith(folder) and path.endswith(".py"):
            tree = tree_of_file(repository.root / path)
            if isinstance(tree, ast.Module):
                yield path, tree


def _cells(repository: Repository) -> Iterator[tuple[Place, ast.Module]]:
    for lesson in repository.lessons.values():
        for notebook in lesson.notebooks.values():
            for cell in notebook.cells:
                # The first line, the magic, stays as a blank: the numbers of the lines are to hold.
                tree = tree_of("\n" + cell.source.partition("\n")[2]) if cell.runs_on_board else None
                if isinstance(tree, ast.Module):
                    yield notebook.at(cell), tree


def _watching(tree: ast.Module) -> Iterator[tuple[int, str]]:
    buses = set(_made_of(tree, WIRED_BUSES))
    for node in ast.walk(tree):
        for name in _imported(node):
            if name in FINDS_DEVICES:
                yield getattr(node, "lineno", 1), f"'{name}' can find the devices of people nearby"
            elif name in RECORDS:
                yield getattr(node, "lineno", 1), f"'{name}' can record"
        if isinstance(node, ast.Attribute) and node.attr in RECORDS:
            yield node.lineno, f"'{node.attr}' can record"
        if isinstance(node, ast.Attribute) and node.attr == "scan" and not _is_bus(node.value, buses):
            yield node.lineno, "'.scan' looks for radios nearby"


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        yield (node.module or "").partition(".")[0]
        yield from (alias.name for alias in node.names)


def _is_bus(value: ast.expr, buses: set[str]) -> bool:
    return _called(value) in WIRED_BUSES or (isinstance(value, ast.Name) and value.id in buses)


def _made_of(tree: ast.Module, classes: set[str]) -> Iterator[str]:
    """Yield the names that a program gives to objects of these classes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and _called(node.value) in classes:
            yield from (target.id for target in node.targets if isinstance(target, ast.Name))


def _called(value: ast.expr) -> str:
    """Return the name of the class or function that a call calls, '' for anything else."""
    if not isinstance(value, ast.Call):
        return ""
    if isinstance(value.func, ast.Attribute):
        return value.func.attr
    return value.func.id if isinstance(value.func, ast.Name) else ""


def _secrets(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in SECRETS and _is_text(node.value):
            yield node.value.lineno, node.arg or ""
        elif isinstance(node, ast.Assign) and _is_text(node.value):
            names = (target.id for target in node.targets if isinstance(target, ast.Name))
            yield from ((node.lineno, name) for name in names if "passw" in name.lower() or name.lower() in SECRETS)


def _is_text(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value != ""

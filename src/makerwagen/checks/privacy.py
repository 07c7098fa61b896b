"""The rule that no lesson can record a person: its cells import nothing that hears, sees or searches."""

import ast
from collections.abc import Iterator

from makerwagen.checks.cells import code_cells
from makerwagen.checks.python_source import Wrong, tree_of
from makerwagen.content.repository import Repository
from makerwagen.problems import Place, Problem

# Modules of laptops and boards, by what they would take from a child.
MODULES = {
    **dict.fromkeys(("sounddevice", "soundcard", "pyaudio", "alsaaudio", "speech_recognition", "whisper"), "voices"),
    **dict.fromkeys(("cv2", "picamera", "picamera2", "camera", "v4l2", "imageio"), "pictures"),
    **dict.fromkeys(("face_recognition", "mediapipe", "dlib", "deepface"), "faces"),
    **dict.fromkeys(("bluetooth", "aioble", "ubluetooth", "bleak", "bluepy", "scapy"), "device addresses"),
    **dict.fromkeys(("pynput", "keyboard", "mss", "pyautogui"), "what somebody types or shows"),
}
# Calls on a network card; i2c.scan() finds our own sensors and is welcome.
SEARCHES = {"scan", "gap_scan", "sniffer", "promiscuous"}
RADIO = {"WLAN", "BLE"}
# Programs of exercises are SEN101's; those of the simulator stand in for hardware and meet no child.
LIBRARY = "microcontroller/lib/"
TAKE_LESS = "measure a level or a count instead"


def lessons_record_no_persons(repository: Repository) -> Iterator[Problem]:
    """SEN104: no cell of a lesson and no library for boards records voices or pictures, or looks for people's devices.

    Why: Privacy by construction: what no program can record, nobody has to protect. Noise is one number for its
    loudness, a light barrier counts, and a station knows only its own network.
    Bad:
        netze = network.WLAN(network.STA_IF).scan()
    Good:
        station.send("loudness", laut.read_u16() * 100 / 65535, "%")
    """
    for notebook, cell in code_cells(repository):
        for line, what in _found(cell.source):
            yield Problem(notebook.at(cell, line), "SEN104", what, TAKE_LESS)
    for path in sorted(repository.files):
        if path.endswith(".py") and path.startswith(LIBRARY):
            for line, what in _found(_text(repository, path)):
                yield Problem(Place(path, line=line), "SEN104", what, TAKE_LESS)


def _text(repository: Repository, path: str) -> str:
    try:
        return (repository.root / path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""  # the loader or MCU103 reports it


def _found(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and words for everything in a program that would record persons."""
    if not _may_matter(source):
        return
    tree = tree_of(source)
    if isinstance(tree, Wrong):
        return
    radios = {name for node in ast.walk(tree) for name in _named_radios(node)}
    for node in ast.walk(tree):
        yield from _of(node, radios)


def _of(node: ast.AST, radios: set[str]) -> Iterator[tuple[int, str]]:
    for module in _imported(node):
        if what := MODULES.get(module.partition(".")[0]):
            yield getattr(node, "lineno", 1), f"'{module}' can record {what}"
    if isinstance(node, ast.Attribute) and node.attr == "RX" and _last_name(node.value) == "I2S":
        yield node.lineno, "I2S.RX records sound"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SEARCHES:
        on = node.func.value
        if _is_radio(on) or _last_name(on) in radios:
            yield node.lineno, f"'{node.func.attr}' looks for other people's devices and networks"


def _may_matter(source: str) -> bool:
    """Say whether a program could break the rule at all: most hold none of its words, and need no tree."""
    return any(word in source for word in (*MODULES, *RADIO, "I2S"))


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    if isinstance(node, ast.ImportFrom) and node.level == 0:
        return [node.module or ""]
    if isinstance(node, ast.Call) and _last_name(node.func) in ("__import__", "import_module") and node.args:
        first = node.args[0]
        return [first.value] if isinstance(first, ast.Constant) and isinstance(first.value, str) else []
    return []


def _named_radios(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Assign) and _is_radio(node.value):
        return [_last_name(target) for target in node.targets]
    if isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None and _is_radio(node.value):
        return [_last_name(node.target)]
    return []


def _is_radio(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _last_name(node.func) in RADIO


def _last_name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""

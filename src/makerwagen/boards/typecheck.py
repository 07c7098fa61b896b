"""Checks board programs against the type stubs of their board's firmware, all programs of a port in one run of mypy."""

import ast
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from makerwagen.errors import MakerwagenError

# Beside the packages of the environment, never among them: there the stubs would stand before Python's own modules.
TYPINGS = Path(sys.prefix, "typings")
LIBRARY = Path("microcontroller/lib")
TIMEOUT_S = 60.0
# What a sensor node imports as `settings`: only boards have the real one.
EXAMPLE = "settings_example.py"
# Learners' programs never ask for annotations, and a name may hold something else later on.
SETTINGS = """[mypy]
custom_typeshed_dir = {stubs}
check_untyped_defs = True
strict_optional = False
strict_equality = True
allow_redefinition = True
no_site_packages = True
explicit_package_bases = True
disable_error_code = var-annotated, assignment, no-redef, union-attr
enable_error_code = method-assign
"""
# The stubs ask for Timer's number; firmware 1.29 takes Timer() and Timer(period=…) on the rp2 port too.
TIMER_WITHOUT_NUMBER = re.compile(r"\bTimer\(\s*(\)|[a-z_]+\s*=)")
# A name that starts as None and gets its value later, in a function: fine in MicroPython.
STARTS_AS_NONE = '"None" has no attribute'

NEVER_CALLED = "never-called"
READS_A_PIN = "value"


@dataclass(frozen=True, order=True)
class Finding:
    """What mypy says about a line, in its own words, with its code for the kind of mistake."""

    line: int
    code: str
    message: str


@dataclass(frozen=True)
class TypeCheck:
    """The stubs of a port, our own modules for boards, and the folder in which mypy remembers what it read."""

    stubs: Path
    library: Path
    memory: Path
    timeout_s: float = TIMEOUT_S

    @cached_property
    def ready(self) -> bool:
        """Say whether mypy and the stubs are there."""
        return find_spec("mypy") is not None and (self.stubs / "machine.pyi").is_file()

    def findings(self, programs: Mapping[str, str]) -> dict[str, list[Finding]]:
        """Return name -> findings of `programs` (name -> source), and of the library's files by their path in it.

        What is no valid Python at all has none: others tell that, and mypy would look at nothing else.
        Raises MakerwagenError when mypy or the stubs are missing, or when mypy gives up.
        """
        programs = {name: source for name, source in programs.items() if _tree(source)}
        if not self.ready:
            raise MakerwagenError(f"no mypy, or no type stubs in '{self.stubs}'; try: make setup")
        with tempfile.TemporaryDirectory(prefix="makerwagen-types-") as name:
            folder = Path(name).resolve()
            # A name by the program's own, so that mypy's memory of it holds from run to run.
            files = {f"program_{sha256(known.encode()).hexdigest()[:16]}.py": known for known in programs}
            for file, known in files.items():
                _write(folder / file, programs[known])
            if (self.library / EXAMPLE).is_file():
                _write(folder / "settings.py", (self.library / EXAMPLE).read_text(encoding="utf-8"))
            (folder / "settings.ini").write_text(SETTINGS.format(stubs=self.stubs), encoding="utf-8")
            reported = self._mypy(folder, [*files, *map(str, self._library_files())])
        known_as = files | {str(path): path.relative_to(self.library).as_posix() for path in self._library_files()}
        found = {known: set(_never_called(programs.get(known, ""))) for known in known_as.values()}
        for file, finding in reported:
            if file in known_as and not _is_wrong(finding, programs.get(known_as[file], "")):
                found[known_as[file]].add(finding)
        return {known: sorted(findings) for known, findings in found.items()}

    def _library_files(self) -> list[Path]:
        return sorted(self.library.rglob("*.py"))

    def _mypy(self, folder: Path, files: Sequence[str]) -> Iterable[tuple[str, Finding]]:
        command = [sys.executable, "-m", "mypy", "--config-file", "settings.ini", "--output", "json"]
        command += ["--cache-dir", str(self.memory), *files]
        # Python's own variables would change what mypy sees; the user's others are none of its business.
        paths = {"MYPYPATH": f"{self.stubs}{os.pathsep}{self.library}", "PATH": os.defpath, "HOME": str(folder)}
        try:
            done = subprocess.run(
                command, cwd=folder, env=paths, capture_output=True, text=True, timeout=self.timeout_s, check=False
            )
        except subprocess.TimeoutExpired:
            raise MakerwagenError(f"mypy took more than {self.timeout_s:.0f} s; try: makerwagen check") from None
        if done.returncode not in (0, 1, 2) or (done.returncode and not done.stdout.startswith("{")):
            said = (done.stderr or done.stdout).strip().split("\n")[-1]
            raise MakerwagenError(f"mypy gave up: {said}; try: make clean setup")
        rows = (json.loads(row) for row in done.stdout.splitlines() if row.startswith("{"))
        return [
            (row["file"], Finding(max(row["line"], 1), row["code"] or "", row["message"]))
            for row in rows
            if row["severity"] == "error"
        ]


def open_type_check(root: Path, port: str, memory: Path) -> TypeCheck:
    """Return the check for boards of `port`, with the modules of the repository at `root`."""
    return TypeCheck((TYPINGS / port).absolute(), (root / LIBRARY).resolve(), memory.absolute() / port)


def _write(path: Path, source: str) -> None:
    """Write a program, with a date that follows from its text.

    mypy takes a file of the same size and second for unchanged, and a child corrects one letter within a second.
    """
    path.write_text(source, encoding="utf-8")
    second = int(sha256(source.encode()).hexdigest()[:7], 16)
    os.utime(path, (second, second))


def _tree(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _never_called(source: str) -> Iterator[Finding]:
    """Yield methods that stand there without brackets, which mypy lets pass: `led.on`, `if taster.value:`."""
    nodes = list(ast.walk(_tree(source) or ast.Module([], [])))
    asked = [node.test for node in nodes if isinstance(node, ast.If | ast.While | ast.IfExp)]
    asked += [node.operand for node in nodes if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)]
    asked += [value for node in nodes if isinstance(node, ast.BoolOp) for value in node.values]
    alone = [node.value for node in nodes if isinstance(node, ast.Expr)]
    for node in (*asked, *alone):
        if isinstance(node, ast.Attribute) and (node.attr == READS_A_PIN or node in alone):
            yield Finding(node.lineno, NEVER_CALLED, f'Method "{node.attr}" is not called')


def _is_wrong(finding: Finding, source: str) -> bool:
    """Say whether it is the stubs or mypy's caution that err here, not the program."""
    if STARTS_AS_NONE in finding.message:
        return True
    lines = source.split("\n")
    line = lines[finding.line - 1] if finding.line <= len(lines) else ""
    return '"Timer"' in finding.message and finding.code == "call-overload" and bool(TIMER_WITHOUT_NUMBER.search(line))

"""Measure whole processes in turn, so that a machine that slows down slows down all of them."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
CHECKOUT = HERE.parent
WORK = HERE / ".work"
LAST_LINES = 6
TIMEOUT_S = 1800.0


def nothing(number: int) -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Contender:
    """A command to measure; `prepare` is called with the number of the round before each run and is not measured."""

    who: str
    command: tuple[str, ...]
    folder: Path = CHECKOUT
    prepare: Callable[[int], None] = nothing
    timeout_s: float = TIMEOUT_S


@dataclass(frozen=True)
class Cost:
    """What one run cost; `failed` holds the reason and the last lines when it did not work."""

    wall_s: float
    cpu_s: float
    memory_mb: float
    failed: str = ""


@dataclass
class Row:
    """All runs of one contender."""

    who: str
    runs: list[Cost] = field(default_factory=list)
    note: str = ""

    def as_json(self) -> dict:
        """Return runs and their median, least and most."""
        good = [run for run in self.runs if not run.failed]
        summary = {key: spread([getattr(run, key) for run in good]) for key in ("wall_s", "cpu_s", "memory_mb")}
        failed = next((run.failed for run in self.runs if run.failed), "" if good else "never run")
        runs = [asdict(run) for run in self.runs]
        return {"who": self.who, "failed": failed, "note": self.note, **(summary if good else {}), "runs": runs}


def spread(values: list[float]) -> dict[str, float]:
    """Return median, least and most of `values`."""
    if not values:
        return {}
    found = {"median": statistics.median(values), "min": min(values), "max": max(values)}
    return {name: round(value, 3) for name, value in found.items()}


def environment(extra: Mapping[str, str] = {}) -> dict[str, str]:  # noqa: B006
    """Return the environment of every measured command: byte code allowed, no notice of MkDocs, no shared history."""
    # Where byte code is forbidden, each start of a kernel costs four times as much.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept.pop("VIRTUAL_ENV", None)
    return kept | {"NO_MKDOCS_2_WARNING": "1", "IPYTHONDIR": str(WORK / "ipython"), **extra}


def in_turn(task: str, contenders: Iterable[Contender], *, rounds: int) -> list[Row]:
    """Run all contenders one after the other, `rounds` times (A B A B …); one that fails is not run again."""
    contenders = list(contenders)
    rows = {contender.who: Row(contender.who) for contender in contenders}
    for number in range(rounds):
        for contender in contenders:
            row = rows[contender.who]
            if row.runs and row.runs[-1].failed:
                continue
            row.runs.append(once(task, contender, number))
            last = row.runs[-1]
            told = last.failed or f"{last.wall_s:.2f} s, {last.cpu_s:.2f} s CPU, {last.memory_mb:.0f} MB"
            print(f"  {task}, run {number + 1}: {contender.who}: {told}", flush=True)
    return list(rows.values())


def once(task: str, contender: Contender, number: int) -> Cost:
    """Run a contender once and return what it cost."""
    name = "".join(letter if letter.isalnum() else "-" for letter in f"{task}-{contender.who}-{number}")
    result, log = WORK / "logs" / f"{name}.json", WORK / "logs" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    result.unlink(missing_ok=True)
    try:
        contender.prepare(number)
        if not Path(contender.command[0]).exists():
            return Cost(0, 0, 0, f"'{contender.command[0]}' does not exist")
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        return Cost(0, 0, 0, f"could not be prepared: {error}")
    account = [sys.executable, "-I", str(HERE / "accounting.py"), str(result), str(log), str(contender.timeout_s)]
    subprocess.run([*account, *contender.command], cwd=contender.folder, env=environment(), check=False)
    if not result.exists():
        return Cost(0, 0, 0, "the measuring process itself ended early")
    cost = json.loads(result.read_text())
    code = cost.pop("code")
    if code == 0:
        return Cost(**cost)
    why = f"took longer than {contender.timeout_s:.0f} s" if code is None else f"exit code {code}"
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-LAST_LINES:]
    return Cost(**cost, failed="\n".join([why, *lines]))

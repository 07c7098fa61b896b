"""Runs the portable judge on MicroPython's unix port, as pages run it on the wasm port."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PORTABLE = Path(__file__).resolve().parents[1] / "src/makerwagen/boards"
PROGRAM = """
import json, sys
from portable.judge import judge, schedule, spoken
cases = json.loads(sys.stdin.read())
answers = []
for scenario, events, source, inputs in cases:
    verdict = judge(scenario, events, source)
    answers.append([verdict, spoken(verdict, 2), schedule(scenario, None, []), schedule(scenario, events, inputs)])
print(json.dumps(answers))
"""


def on_micropython(cases: list[Any]) -> list[Any]:
    """Return verdict, its words and the schedules of each (scenario, events, source, inputs)."""
    port = Path(sys.executable).parent / "micropython"
    command = [str(port), "-X", "heapsize=64M", "-c", PROGRAM]
    done = subprocess.run(
        command,
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=False,
        env={"MICROPYPATH": str(PORTABLE)},
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return json.loads(done.stdout)


def on_cpython(cases: list[Any]) -> list[Any]:
    """Return the same from this interpreter, as JSON would give it back."""
    from makerwagen.boards.portable.judge import judge, schedule, spoken

    answers = []
    for scenario, events, source, inputs in cases:
        verdict = judge(scenario, events, source)
        again = schedule(scenario, events, inputs)
        answers.append([verdict, spoken(verdict, 2), schedule(scenario, None, []), again])
    return json.loads(json.dumps(answers))

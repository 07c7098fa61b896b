"""The warm process: imports what is heavy once, then forks a fresh child for every notebook it is given.

It is started as `python -m makerwagen.notebooks.warm MODULE…`, reads batches as JSON lines from standard input and
answers with one JSON line per notebook. A child that hangs, grows or crashes is killed alone.
"""

import importlib
import json
import os
import selectors
import signal
import sys
import time
from dataclasses import dataclass, field
from typing import IO, Any

from makerwagen.notebooks.child import PreparedShell, run_notebook

KILLED_BY = {signal.SIGKILL: "memory", signal.SIGXCPU: "timeout"}


@dataclass
class Running:
    """A child at work: its process, what it has written, and until when it may go on."""

    job: dict[str, Any]
    pid: int
    pipe: int
    deadline: float
    received: bytearray = field(default_factory=bytearray)
    late: bool = False


def main(modules: list[str]) -> None:
    """Serve batches until standard input ends."""
    # Whatever an import prints must not mix with the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    shell = PreparedShell.instance()
    for module in modules:
        importlib.import_module(module)
    for line in sys.stdin:
        batch = json.loads(line)
        serve(batch["jobs"], batch["parallel"], shell, answers)
        print(json.dumps({"done": True}), file=answers, flush=True)


def serve(jobs: list[dict[str, Any]], parallel: int, shell: PreparedShell, answers: IO[str]) -> None:
    """Run all jobs, at most `parallel` at once, answering each as it ends."""
    waiting = list(reversed(jobs))
    running: dict[int, Running] = {}
    with selectors.DefaultSelector() as selector:
        while waiting or running:
            while waiting and len(running) < parallel:
                child = fork(waiting.pop(), shell)
                running[child.pipe] = child
                selector.register(child.pipe, selectors.EVENT_READ)
            for child in ended(selector, running):
                selector.unregister(child.pipe)
                os.close(child.pipe)
                del running[child.pipe]
                print(json.dumps(answer(child)), file=answers, flush=True)


def fork(job: dict[str, Any], shell: PreparedShell) -> Running:
    """Start a child on `job`."""
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        status = 1
        try:
            with os.fdopen(theirs, "w", encoding="utf-8") as pipe:
                run_notebook(job, shell, pipe)
            status = 0
        finally:
            os._exit(status)
    os.close(theirs)
    return Running(job, pid, ours, time.monotonic() + job["timeout_s"])


def ended(selector: selectors.BaseSelector, running: dict[int, Running]) -> list[Running]:
    """Wait for news; return the children that ended or had to be killed."""
    soonest = min(child.deadline for child in running.values())
    finished = []
    for key, _ in selector.select(max(0.0, soonest - time.monotonic())):
        child = running[key.fd]
        if news := os.read(child.pipe, 1 << 16):
            child.received += news
        else:
            finished.append(child)
    for child in running.values():
        if child not in finished and time.monotonic() >= child.deadline:
            child.late = True
            finished.append(child)
    return finished


def answer(child: Running) -> dict[str, Any]:
    """Return what the child found, as far as it came."""
    try:
        # The whole group goes, in case the notebook started programs of its own.
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(child.pid, signal.SIGKILL)
    _, status = os.waitpid(child.pid, 0)
    outputs: dict[str, Any] = {}
    started, failure, complete = 0, None, False
    for line in child.received.decode("utf-8", "replace").splitlines():
        try:
            event = json.loads(line)
        except json.JSONDecodeError:
            break
        started = event.get("start", started)
        if "id" in event:
            outputs[event["id"]] = event["outputs"]
        failure = event.get("failure", failure)
        complete = event.get("end", complete)
    if child.late:
        late = f"longer than {child.job['timeout_s']:g} s"
        failure = {"number": started, "line": 0, "kind": "timeout", "message": late}
    elif not complete and failure is None:
        kind = KILLED_BY.get(signal.Signals(os.WTERMSIG(status)), "crashed") if os.WIFSIGNALED(status) else "crashed"
        failure = {"number": started, "line": 0, "kind": kind, "message": describe(status)}
    return {"key": child.job["key"], "outputs": outputs, "failure": failure}


def describe(status: int) -> str:
    """Return how the child's process ended, in words."""
    if os.WIFSIGNALED(status):
        return f"the process was ended by {signal.Signals(os.WTERMSIG(status)).name}"
    return f"the process ended by itself with status {os.WEXITSTATUS(status)}"


if __name__ == "__main__":
    main(sys.argv[1:])

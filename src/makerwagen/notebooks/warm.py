"""The warm process: imports what is heavy once, then forks a fresh child for every notebook it is given.

It is started as `python -m makerwagen.notebooks.warm MODULE…`, reads batches as JSON lines from standard input and
answers with one JSON line per notebook. A child that hangs, grows or crashes is killed alone.
"""

import contextlib
import ctypes
import importlib
import json
import os
import selectors
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from makerwagen.notebooks.child import PreparedShell, run_notebook

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
# Outputs are cut at two million characters; more than this is not written by us.
MOST_RECEIVED = 50_000_000
EVENTS = ({"start"}, {"id", "outputs"}, {"failure"}, {"end"})
FAILURE = {"number", "line", "kind", "message"}
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

    @property
    def floods(self) -> bool:
        """Say whether it wrote more than any notebook's outputs are."""
        return len(self.received) > MOST_RECEIVED


def main(modules: list[str]) -> None:
    """Serve batches until standard input ends."""
    # Whatever an import prints must not mix with the answers.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    # What a notebook leaves running in a session of its own comes to us, to be ended.
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    # A build that is killed takes us along, and we the notebooks.
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    shell = PreparedShell.instance()
    for module in modules:
        importlib.import_module(module)
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for line in sys.stdin:
        batch = json.loads(line)
        serve(batch["jobs"], batch["parallel"], shell, answers)
        print(json.dumps({"done": True}), file=answers, flush=True)


def serve(jobs: list[dict[str, Any]], parallel: int, shell: PreparedShell, answers: IO[str]) -> None:
    """Run all jobs, at most `parallel` at once, answering each as it ends."""
    waiting = list(reversed(jobs))
    running: dict[int, Running] = {}
    with selectors.EpollSelector() as selector:
        while waiting or running:
            while waiting and len(running) < parallel:
                # A notebook gets no way to our answers, to other notebooks' results, or to what we wait for.
                child = fork(waiting.pop(), shell, ours=[answers.fileno(), selector.fileno(), *running])
                running[child.pipe] = child
                selector.register(child.pipe, selectors.EVENT_READ)
            for child in ended(selector, running):
                selector.unregister(child.pipe)
                os.close(child.pipe)
                del running[child.pipe]
                print(json.dumps(answer(child)), file=answers, flush=True)
                end_orphans(child.pid for child in running.values())


def fork(job: dict[str, Any], shell: PreparedShell, *, ours: Iterable[int]) -> Running:
    """Start a child on `job`, without the files in `ours`."""
    result, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            for descriptor in (result, *ours):
                os.close(descriptor)
            with os.fdopen(theirs, "w", encoding="utf-8") as pipe:
                run_notebook(job, shell, pipe)
            status = 0
        finally:
            os._exit(status)
    os.close(theirs)
    return Running(job, pid, result, time.monotonic() + job["timeout_s"])


def ended(selector: selectors.BaseSelector, running: dict[int, Running]) -> list[Running]:
    """Wait for news; return the children that ended or had to be killed."""
    soonest = min(child.deadline for child in running.values())
    finished = []
    for key, _ in selector.select(max(0.0, soonest - time.monotonic())):
        child = running[key.fd]
        if not child.floods and (news := os.read(child.pipe, 1 << 16)):
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
    outputs: dict[str, Any] = {}
    started, failure, complete = 0, None, False
    for event in events(child.received):
        started = event.get("start", started)
        if "id" in event:
            outputs[event["id"]] = event["outputs"]
        failure = event.get("failure", failure)
        complete = event.get("end", complete)
    status = end(child, by_itself=not (child.late or child.floods or complete or failure))
    if child.late:
        late = f"longer than {child.job['timeout_s']:g} s"
        failure = {"number": started, "line": 0, "kind": "timeout", "message": late}
    elif child.floods:
        failure = {"number": started, "line": 0, "kind": "crashed", "message": "the notebook wrote without an end"}
    elif not complete and failure is None:
        kind = KILLED_BY.get(signal.Signals(os.WTERMSIG(status)), "crashed") if os.WIFSIGNALED(status) else "crashed"
        failure = {"number": started, "line": 0, "kind": kind, "message": describe(status)}
    return {"key": child.job["key"], "outputs": outputs, "failure": failure}


def end(child: Running, *, by_itself: bool) -> int:
    """End a child and all that it started in its group; return the status it ended with, `by_itself` if it can."""
    ended, status = 0, 0
    for _ in range(20 if by_itself else 0):
        ended, status = os.waitpid(child.pid, os.WNOHANG)
        if ended:
            break
        time.sleep(0.005)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
    if not ended:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child.pid, signal.SIGKILL)
        _, status = os.waitpid(child.pid, 0)
    return status


def events(received: bytes | bytearray) -> Iterator[dict[str, Any]]:
    """Yield what a child reported, up to the first line that is no report: a cell may have written into the pipe."""
    for line in received.decode("utf-8", "replace").splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            return
        if not is_report(event):
            return
        yield event


def is_report(event: Any) -> bool:
    """Say whether an event has the shape of those that `child` writes."""
    if not isinstance(event, dict) or event.keys() not in EVENTS:
        return False
    outputs, failure = event.get("outputs", []), event.get("failure", dict.fromkeys(FAILURE))
    whole = isinstance(outputs, list) and all(isinstance(output, dict) for output in outputs)
    return whole and isinstance(failure, dict) and failure.keys() == FAILURE


def end_orphans(ours: Iterable[int]) -> None:
    """End every process that an ended notebook left behind, and what these leave behind in turn."""
    known = set(ours)
    while orphans := children() - known:
        for pid in orphans:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
            known.add(pid)


def children() -> set[int]:
    """Return the ids of our child processes; none where Linux does not list them."""
    try:
        with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as listed:  # noqa: PTH123
            return {int(pid) for pid in listed.read().split()}
    except OSError:
        return set()


def describe(status: int) -> str:
    """Return how the child's process ended, in words."""
    if os.WIFSIGNALED(status):
        return f"the process was ended by {signal.Signals(os.WTERMSIG(status)).name}"
    return f"the process ended by itself with status {os.WEXITSTATUS(status)}"


if __name__ == "__main__":
    main(sys.argv[1:])

"""The kernel of a seat: ends with its server, and meets too much memory or an endless loop with a kind message."""

import gc
import os
import resource
import signal
import threading
from html import escape
from types import FrameType, TracebackType
from typing import Any

from ipykernel.kernelapp import IPKernelApp

from makerwagen.lab.parent import die_with_parent

MEMORY_MB, RESERVE_MB, SECONDS = 2000, 200, 120
FULL = 0.7
SAY_IT_S = 1


class TooLongError(Exception):
    """Tell that a cell used up its seconds of computing."""


WORDS = {
    MemoryError: (
        "Der Speicher ist voll",
        "Dein Programm wollte mehr Speicher, als ein Platz hat. Deine Arbeit ist noch da. "
        "Suche eine sehr große Zahl oder eine Schleife, die immer mehr sammelt, und mach sie kleiner.",
    ),
    TooLongError: (
        "Das hat zu lange gedauert",
        "Dein Programm hat {seconds} Sekunden gerechnet und wurde angehalten. Deine Arbeit ist noch da. "
        "Hört deine Schleife irgendwann auf?",
    ),
    KeyboardInterrupt: (
        "Angehalten",
        "Du hast dein Programm angehalten. Du kannst die Zelle neu ausführen.",
    ),
}


def limit_memory(megabytes: int) -> None:
    """Allow so much address space; only the soft limit, so that a model's worker can choose its own."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    wanted = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))


def mapped_mb() -> float:
    """Return the address space in use."""
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123
        return int(statm.read().split()[0]) * resource.getpagesize() / 1_000_000


def start_clock(seconds: int) -> None:
    """Give the next cell so much computing time; code that never comes back to Python ends with the kernel."""
    # Timers, unlike RLIMIT_CPU, are not inherited by the processes that a cell starts.
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds * 1.5)


def stop_clock() -> None:
    """Stop counting: waiting for the child costs nothing."""
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def too_long(_number: int, _frame: FrameType | None) -> None:
    """Stop the cell from inside."""
    raise TooLongError


def card(kind: type[BaseException], seconds: int) -> dict[str, str]:
    """Return what a child is told, as HTML and as text."""
    head, text = next(words for one, words in WORDS.items() if issubclass(kind, one))
    text = text.format(seconds=seconds)
    html = (
        f"<div role='status' style='border:2px solid #8a1f11;border-left-width:10px;border-radius:8px;padding:.7em 1em;"
        f"max-width:38em;background:#fff;color:#1c1c1c;font-size:1.05em;line-height:1.45'>"
        f"<p style='margin:0;color:#8a1f11'><b>! {escape(head)}</b></p>"
        f"<p style='margin:.3em 0 0'>{escape(text)}</p></div>"
    )
    return {"text/html": html, "text/plain": f"{head}: {text}"}


def watch(shell: Any, *, memory_mb: int, seconds: int) -> None:
    """Set the limits of every cell and what is shown when one is reached."""

    def tell(here: Any, kind: type[BaseException], _error: BaseException, _trace: TracebackType, **_more: Any) -> None:
        stop_clock()
        limit_memory(memory_mb + RESERVE_MB)
        gc.collect()
        here.display_pub.publish(card(kind, seconds))
        if issubclass(kind, MemoryError) and mapped_mb() > FULL * memory_mb:
            # What fills the memory has a name and stays: a fresh kernel is kinder than an error in every cell.
            threading.Timer(SAY_IT_S, os._exit, [1]).start()
        else:
            limit_memory(memory_mb)

    signal.signal(signal.SIGPROF, too_long)
    shell.events.register("pre_run_cell", lambda _info: start_clock(seconds))
    shell.events.register("post_run_cell", lambda _result: stop_clock())
    shell.set_custom_exc(tuple(WORDS), tell)


def main() -> None:
    """Start the kernel that the server asked for."""
    memory_mb = int(os.environ.get("MAKERWAGEN_KERNEL_MB", MEMORY_MB))
    seconds = int(os.environ.get("MAKERWAGEN_CELL_SECONDS", SECONDS))
    die_with_parent()
    limit_memory(memory_mb)
    app: Any = IPKernelApp.instance()
    app.initialize()
    watch(app.shell, memory_mb=memory_mb, seconds=seconds)
    app.start()


if __name__ == "__main__":
    main()

"""Cells that start with `# %%micropython` run on the simulated board; `board.last` is what happened there."""

# The package's `board` and this module are one and the same, so the name means the same however it is imported.
import html
import sys
from typing import Any

from IPython import get_ipython
from IPython.display import display

from makerwagen.boards.magic import MAGIC, Options, read_options
from makerwagen.boards.messages import NOTES
from makerwagen.boards.simulator import Run, SimulatedBoard, open_board
from makerwagen.boards.timeline import describe, draw_timeline, names_of_pins
from makerwagen.errors import MakerwagenError
from makerwagen.learn.home import content_root

MIME = "application/vnd.makerwagen.run+json"
board: Any = sys.modules[__name__]
last = Run()
opened: dict[str, SimulatedBoard] = {}


def to_board(lines: list[str]) -> list[str]:
    """Return a cell's lines, or a call of `run_cell` when the cell is meant for the board."""
    if not lines or not lines[0].lstrip().startswith(MAGIC):
        return lines
    return [f"__import__('sys').modules[{__name__!r}].run_cell({''.join(lines)!r})\n"]


def run_cell(source: str) -> None:
    """Run a program on the board and show what it printed, its pins over time, and its error, if any."""
    global last
    try:
        options = read_options(source.split("\n", 1)[0])
        last = _run(source, options)
    except MakerwagenError as error:
        last = Run()
        show_card("Das Board antwortet nicht", str(error))
        return
    show(last)


def show(run: Run) -> None:
    """Show a run in the notebook."""
    if run.printed:
        print(run.printed, end="" if run.printed.endswith("\n") else "\n")
    labels = names_of_pins(run.source)
    if run.trace.pins:
        data = {
            "image/svg+xml": draw_timeline(run.trace, labels),
            "text/plain": describe(run.trace, labels),
            MIME: summary(run),
        }
        display(data, raw=True)
    for pin, what in run.trace.notes:
        show_card("Das fällt auf", f"{pin} {NOTES.get(what, what)}")
    if run.error:
        said = f"MicroPython sagt: {run.error.technical}" if run.error.technical else ""
        show_card("Dein Programm ist stehen geblieben", run.error.said, said=said)


def show_card(head: str, text: str, *, said: str = "") -> None:
    """Show a card with a message, with MicroPython's own words below."""
    own = f"<p style='margin:.4em 0 0'><code>{html.escape(said)}</code></p>" if said else ""
    card = (
        f"<div role='status' style='border:2px solid #8a1f11;border-left-width:10px;border-radius:8px;padding:.7em 1em;"
        f"max-width:38em;background:#fff;color:#1c1c1c;font-size:1.05em;line-height:1.45'>"
        f"<p style='margin:0;color:#8a1f11'><b>! {html.escape(head)}</b></p>"
        f"<p style='margin:.3em 0 0'>{html.escape(text)}</p>{own}</div>"
    )
    display({"text/html": card, "text/plain": f"{head}: {text} {said}".strip()}, raw=True)


def summary(run: Run) -> dict[str, Any]:
    """Return what a program can read from a run's output."""
    error = {"line": run.error.line, "message": run.error.message, "kind": run.error.kind} if run.error else None
    return {"ok": run.ok, "seconds": run.trace.end_s, "error": error}


def _run(source: str, options: Options) -> Run:
    if options.board not in opened:
        opened[options.board] = open_board(content_root(), options.board)
    return opened[options.board].run(source, seconds=options.seconds, presses=options.presses)


def _register() -> None:
    if shell := get_ipython():
        transformers = shell.input_transformers_cleanup
        if to_board not in transformers:
            transformers.append(to_board)


_register()

"""Cells that start with `# %%micropython` run on the simulated board; `board.last` is what happened there."""

# The package's `board` and this module are one and the same, so the name means the same however it is imported.
import html
import sys
from collections.abc import Callable
from typing import Any

from IPython import get_ipython
from IPython.display import display

from makerwagen.boards.magic import MAGIC, Place, read_options
from makerwagen.boards.messages import NOTES
from makerwagen.boards.simulator import Run
from makerwagen.boards.timeline import describe, draw_timeline
from makerwagen.errors import MakerwagenError
from makerwagen.learn.board_setup import Setup, set_up
from makerwagen.learn.home import content_root
from makerwagen.learn.kept import has_kernel, running_cell

SEVERAL = "Am Laptop stecken mehrere Boards: {names}. Nimm on=board weg und wähle eins im Bild."
MIME = "application/vnd.makerwagen.run+json"
board: Any = sys.modules[__name__]
last = Run()
panels: dict[str, Any] = {}


def to_board(lines: list[str]) -> list[str]:
    """Return a cell's lines, or a call of `run_cell` when the cell is meant for the board."""
    if not lines or not lines[0].lstrip().startswith(MAGIC):
        return lines
    return [f"__import__('sys').modules[{__name__!r}].run_cell({''.join(lines)!r})\n"]


def run_cell(source: str) -> None:
    """Run a program on the board and show what it printed, its pins over time, and its error, if any."""
    global last
    last = Run()
    try:
        setup = set_up(content_root(), source, read_options(source.split("\n", 1)[0]))
        last = _on_board(setup) if setup.options.on is Place.REAL else setup.run(setup.inputs, setup.options.seconds)
        show(last, setup)
        if setup.options.on is Place.SIMULATED and last.trace.messages:
            _forward(last)
    except MakerwagenError as error:
        show_card("So geht es noch nicht", getattr(error, "for_a_child", "") or str(error))


def show(run: Run, setup: Setup) -> None:
    """Show a run in the notebook: what it printed, its pins as a picture and in words, its error.

    Where somebody can press, a panel comes first; while it is there it hides what follows, and without a kernel that is
    what stays.
    """
    if setup.options.on is Place.SIMULATED and has_kernel() and setup.described(run):
        show_panel(lambda: _panel(run, setup))
    if run.printed and setup.options.on is Place.SIMULATED:
        print(run.printed, end="" if run.printed.endswith("\n") else "\n")
    if run.trace.pins and (run.ok or run.trace.end_s):  # of an error at once there is no picture
        words = describe(run.trace, setup.labels)
        still = {"image/svg+xml": draw_timeline(run.trace, setup.labels), "text/plain": words, MIME: summary(run)}
        display(still, raw=True)
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
    display({"text/html": card, "text/plain": "\n".join(filter(None, (f"{head}:", text, said)))}, raw=True)


def summary(run: Run) -> dict[str, Any]:
    """Return what a program can read from a run's output."""
    error = {"line": run.error.line, "message": run.error.message, "kind": run.error.kind} if run.error else None
    return {"ok": run.ok, "seconds": run.trace.end_s, "error": error}


def remember(run: Run) -> None:
    """Make `run` the last one: what checks look at."""
    global last
    last = run


def show_panel(make: Callable[[], Any]) -> None:
    """Show the panel that `make` returns and end the one that the cell had before: its output is gone."""
    try:
        panel = make()
    except ImportError:  # a kernel without widgets still shows the picture
        return
    cell = running_cell()
    if before := panels.pop(cell, None):
        before.close()
    if cell:
        panels[cell] = panel
    display(panel.bundle(), raw=True)


def _forward(run: Run) -> None:
    """Pass the run's readings on to the wagon; a notebook without one goes on as before."""
    from makerwagen.learn.forward import forward

    if told := forward(run.trace):
        print(told)


def _panel(run: Run, setup: Setup) -> Any:
    from makerwagen.learn.board_panel import BoardPanel

    return BoardPanel(setup, run, changed=remember)


def _on_board(setup: Setup) -> Run:
    """Run the program on the board at the cable; say which one it is, and print what it prints as it comes.

    A cell cannot choose among several boards, the panel can.
    """
    from makerwagen.boards.real.running import Wish, run_on_board
    from makerwagen.learn.board_panel import NOT_PLUGGED, name_of, or_failure, ports_with_boards

    found = ports_with_boards()
    if not found:
        raise MakerwagenError(NOT_PLUGGED)
    if len(found) > 1:
        raise MakerwagenError(SEVERAL.format(names=", ".join(each["name"] for each in found)))
    port = found[0]["port"]

    def meet(identity: Any) -> None:
        print(f"Dein Programm läuft auf {name_of(port, identity.sticker)}.", flush=True)

    def hear(text: str) -> None:
        print(text, end="", flush=True)

    seconds = setup.options.seconds
    wish = Wish(seconds, setup.board.board.port, hear=hear, meet=meet)
    return or_failure(run_on_board(port, setup.source, seconds, wish=wish))


def _register() -> None:
    if shell := get_ipython():
        transformers = shell.input_transformers_cleanup
        if to_board not in transformers:
            transformers.append(to_board)


_register()

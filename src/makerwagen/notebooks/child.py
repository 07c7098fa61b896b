"""One notebook in a process of its own: limits first, then cell after cell, every output caught."""

import ctypes
import json
import os
import random
import resource
import signal
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from makerwagen.landlock import confine

CLONE_NEWUSER, CLONE_NEWNET, PR_SET_PDEATHSIG = 0x10000000, 0x40000000, 1
LIBC = ctypes.CDLL(None, use_errno=True)
# Ids of widgets are random and their state needs a live kernel; what stays is the static picture and the text.
LIVE_ONLY = ("application/vnd.jupyter.widget-view+json",)
MAX_OUTPUT_CHARS = 2_000_000
CELL_FILE = "<ipython-input"


class Capture:
    """The outputs of the cell that runs now, in nbformat's shape."""

    def __init__(self) -> None:
        """Start empty."""
        self.outputs: list[dict[str, Any]] = []
        self.size = 0

    def take(self) -> list[dict[str, Any]]:
        """Return the outputs so far and start anew."""
        taken, self.outputs = self.outputs, []
        return taken

    def add(self, output: dict[str, Any]) -> None:
        """Keep an output, up to a limit that no sensible lesson reaches."""
        self.size += len(json.dumps(output, default=str))
        if self.size <= MAX_OUTPUT_CHARS:
            self.outputs.append(output)

    def stream(self, name: str, text: str) -> None:
        """Add text, joined to the stream output before it."""
        last = self.outputs[-1] if self.outputs else {}
        if last.get("output_type") == "stream" and last.get("name") == name:
            self.size += len(text)
            if self.size <= MAX_OUTPUT_CHARS:
                last["text"] += text
        else:
            self.add({"output_type": "stream", "name": name, "text": text})

    def data(self, data: dict[str, Any], metadata: dict[str, Any], *, is_value: bool = False) -> None:
        """Add rich data, without what only a live kernel could show."""
        kept = {mime: value for mime, value in data.items() if mime not in LIVE_ONLY}
        output: dict[str, Any] = {"output_type": "display_data", "data": kept, "metadata": metadata}
        if is_value:
            output |= {"output_type": "execute_result", "execution_count": None}
        self.add(output)


CAPTURE = Capture()


class Stream:
    """Standard output or error of the cell."""

    encoding = "utf-8"

    def __init__(self, name: str) -> None:
        """Remember which of the two this is."""
        self.name = name

    def write(self, text: str) -> int:
        """Catch `text`."""
        CAPTURE.stream(self.name, text)
        return len(text)

    def flush(self) -> None:
        """Do nothing: all is caught already."""

    def isatty(self) -> bool:
        """Say that nobody sits here."""
        return False


class CapturingPublisher(DisplayPublisher):
    """Catches display()."""

    def publish(self, data: Any, metadata: Any = None, *args: Any, **options: Any) -> None:
        """Keep what is displayed."""
        CAPTURE.data(data, metadata or {})

    def clear_output(self, wait: bool = False) -> None:
        """Drop what the cell showed so far."""
        CAPTURE.outputs.clear()


class CapturingHook(DisplayHook):
    """Catches the value of a cell's last line."""

    def write_output_prompt(self) -> None:
        """Write no prompt."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Keep the value's representations."""
        CAPTURE.data(dict(format_dict), md_dict or {}, is_value=True)

    def finish_displayhook(self) -> None:
        """Write no empty line after the value."""
        self._is_active = False


class PreparedShell(InteractiveShell):
    """IPython without a terminal and without a kernel; what runs in it is caught."""

    display_pub_class = Type(CapturingPublisher)
    displayhook_class = Type(CapturingHook)

    def __init__(self, **options: Any) -> None:
        """Set up pictures as reproducible SVG and no history file."""
        config = Config()
        config.HistoryManager.enabled = False
        config.InlineBackend.figure_formats = {"svg"}
        config.InlineBackend.print_figure_kwargs = {"bbox_inches": "tight", "metadata": {"Date": None}}
        os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
        super().__init__(config=config, **options)
        self.colors = "nocolor"
        self.failure: dict[str, Any] | None = None
        # The inline backend drops our description when it starts; it shows its figures after this hook.
        self.events.register("post_execute", self.describe_figures)

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        CAPTURE.add({"output_type": "error", "ename": etype.__name__, "evalue": str(evalue), "traceback": list(stb)})

    def describe_figures(self) -> None:
        """Have plots described in words."""
        formatter: Any = self.display_formatter
        formatter.formatters["text/plain"].for_type_by_name("matplotlib.figure", "Figure", describe_figure)

    def enable_gui(self, gui: Any = None) -> None:
        """Do nothing: there is no screen."""


def run_notebook(job: dict[str, Any], shell: PreparedShell, pipe: IO[str]) -> None:
    """Run the cells of `job`, writing one event per start and end of a cell; stop at the first failure."""
    shut_in(job)
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
    shell.execution_count = 1
    for cell in job["cells"]:
        emit(pipe, {"start": cell["number"]})
        result = shell.run_cell(cell["source"], store_history=False)
        shell.execution_count += 1
        emit(pipe, {"id": cell["id"], "outputs": CAPTURE.take()})
        if error := result.error_before_exec or result.error_in_exec:
            emit(pipe, {"failure": failure(cell, error)})
            return
    emit(pipe, {"end": True})


def emit(pipe: IO[str], event: dict[str, Any]) -> None:
    """Write one event at once, so that the parent knows the cell even if this process dies."""
    pipe.write(json.dumps(event, default=str) + "\n")
    pipe.flush()


def failure(cell: dict[str, Any], error: BaseException) -> dict[str, Any]:
    """Return where and why a cell failed."""
    kind = "memory" if isinstance(error, MemoryError) else "raised"
    what = error.msg if isinstance(error, SyntaxError) else str(error)
    # IPython drops empty lines at the top before it counts.
    source = cell["source"]
    dropped = len(source[: len(source) - len(source.lstrip())].split("\n")) - 1
    line = line_of(error)
    message = f"{type(error).__name__}: {what}" if what else type(error).__name__
    return {"number": cell["number"], "line": line + dropped if line else 0, "kind": kind, "message": message}


def line_of(error: BaseException) -> int:
    """Return the line in the cell that raised, 0 when unknown."""
    if isinstance(error, SyntaxError):
        return error.lineno or 0
    line, trace = 0, error.__traceback__
    while isinstance(trace, TracebackType):
        if trace.tb_frame.f_code.co_filename.startswith(CELL_FILE):
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def shut_in(job: dict[str, Any]) -> None:
    """Give the process its own group, folder, limits and seed; no network and no other files where Linux can."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setsid()
    os.chdir(job["cwd"])
    os.environ["HOME"] = os.environ["TMPDIR"] = job["cwd"]
    tempfile.tempdir = None
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    limit_memory(job["memory_mb"])
    seconds = int(job["timeout_s"]) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000_000, 100_000_000))
    confine(Path(job["cwd"]), forbid_tcp=not leave_network())
    random.seed(0)
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(0)


def limit_memory(megabytes: int) -> None:
    """Allow so much memory beyond what the warm process mapped already."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123
            mapped = int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        mapped = 2 << 30
    most = mapped + megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def leave_network() -> bool:
    """Enter an empty network namespace and say whether that is allowed here."""
    return bool(LIBC.unshare(CLONE_NEWNET) == 0 or LIBC.unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0)


def describe_figure(figure: Any, printer: Any, cycle: bool) -> None:
    """Describe a plot in words from its title, axes and legend, for people who cannot see it."""
    parts = []
    for axes in figure.axes:
        title, x, y = axes.get_title(), axes.get_xlabel(), axes.get_ylabel()
        parts.append(f"Diagramm: {title}." if title else "Diagramm.")
        parts += [f"Waagerecht: {x}."] if x else []
        parts += [f"Senkrecht: {y}."] if y else []
        legend = axes.get_legend()
        if legend:
            parts.append("Reihen: " + ", ".join(text.get_text() for text in legend.get_texts()) + ".")
    printer.text(" ".join(parts) or "Diagramm")

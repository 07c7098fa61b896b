"""A picture of a station's values that goes on by itself, until its cell runs again or the kernel ends."""

import threading
from typing import Any

import traitlets
from IPython.display import display

from makerwagen.learn.kept import has_kernel, running_cell
from makerwagen.learn.seeing.errors import SeeingError
from makerwagen.learn.stations import ask_station, source_of
from makerwagen.learn.widget import Widget, kernel_loop, script
from makerwagen.sensors.plot import Window, columns_of, draw
from makerwagen.sensors.store import Observation
from makerwagen.sensors.words import age, amount

EVERY_S = 2.0
MOST_MINUTES = 24 * 60
_shown: dict[str, "LivePlot"] = {}


class LivePlot(Widget):
    """The picture as it is now, and a line of words below."""

    _esm = script("live.mjs")
    svg = traitlets.Unicode().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)

    def __init__(self, station: str, what: str, minutes: float) -> None:
        """Draw it once; `start` goes on."""
        self.station, self.what, self.minutes = station, what, minutes
        self._ended = threading.Event()
        svg, words = self.picture()
        super().__init__(svg=svg, words=words)

    def picture(self) -> tuple[str, str]:
        """Return picture and words of this moment; without an answer words alone."""
        try:
            told = ask_station(self.station, self.what, f"{self.minutes} min")
        except SeeingError as error:
            return "", str(error)
        now = float(told["now"])
        window = Window(now - 60 * self.minutes, now)
        values = [Observation(row[0], now, row[1], row[2], row[3], row[4]) for row in told["observations"]]
        title, unit = f"{told['title']} von {told['name']}", str(told["unit"])
        simulated = bool(told["simulated"])
        svg = draw(columns_of(values, window), window, title=title, unit=unit, simulated=simulated)
        last = f"{title}: {amount(told['last'][1], unit)}, {age(now - told['last'][0])}"
        return svg, " · ".join([last, *told["findings"], source_of(told) if values else ""]).rstrip(" ·")

    def start(self) -> None:
        """Look again every few seconds, beside the kernel's own work."""
        threading.Thread(target=self._go_on, args=(kernel_loop(),), name="live", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._ended.set()

    def _go_on(self, loop: Any) -> None:
        while not self._ended.wait(EVERY_S):
            svg, words = self.picture()
            if loop and not self._ended.is_set():
                loop.add_callback(self._show, svg, words)

    def _show(self, svg: str, words: str) -> None:
        with self.hold_sync():
            # The last picture stays when the wagon is away; the words say so.
            self.svg, self.words = svg or self.svg, words


def live(station: str, what: str = "", minutes: float = 10) -> None:
    """Show a station's last minutes as a picture that goes on; running the cell again starts anew."""
    plot = LivePlot(station, what, min(max(float(minutes), 0.5), MOST_MINUTES))
    cell = running_cell()
    if before := _shown.pop(cell, None):
        before.stop()
        before.close()
    still = {"image/svg+xml": plot.svg} if plot.svg else {}
    if not has_kernel():
        display({**still, "text/plain": plot.words}, raw=True)
        return
    if cell:
        _shown[cell] = plot
    display({**still, **plot.bundle(), "text/plain": plot.words}, raw=True)
    plot.start()

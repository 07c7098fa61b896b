"""Our own stall watchdog: a printer that says "printing" and moves nothing (OctoPrint says so for ever)."""

from makerwagen.printers.port import Kind, Status

# Longer than a bed takes to warm up by a tenth of a degree, shorter than an educator's patience.
PATIENCE_S = 120.0


class StallWatch:
    """Remembers when a printing printer last changed anything: its progress, or a heater by a tenth of a degree."""

    def __init__(self, patience_s: float = PATIENCE_S) -> None:
        """Start without a memory: after a restart of the desk every printer has its patience anew."""
        self.patience_s = patience_s
        self._last: dict[str, tuple[object, float]] = {}

    def still_s(self, printer: str, status: Status, now: float) -> float:
        """Return for how many seconds nothing has changed, 0 if it is not printing; `now` is a steady clock's."""
        if status.kind is not Kind.PRINTING:
            if status.kind not in (Kind.OFFLINE, Kind.UNKNOWN):  # silence is no change
                self._last.pop(printer, None)
            return 0.0
        heat = tuple(sorted((heater, round(value.actual, 1)) for heater, value in status.temperatures.items()))
        sign = (status.file, status.completion, heat)
        before = self._last.get(printer)
        if before is None or before[0] != sign:
            self._last[printer] = (sign, now)
            return 0.0
        return now - before[1]

    def is_stalled(self, printer: str, status: Status, now: float) -> bool:
        """Return whether a person must look at the printer."""
        return self.still_s(printer, status, now) >= self.patience_s

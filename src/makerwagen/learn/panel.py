"""The panel of a part in a notebook: our own widget, whose sliders, view and meter are drawn in the browser."""

import logging
import tempfile
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import traitlets

from makerwagen.content.model import Parameter
from makerwagen.content.typed import text_in
from makerwagen.errors import MakerwagenError
from makerwagen.learn.meter import Cost, limits_of_today, meter_state, share_of_today
from makerwagen.learn.part import Part
from makerwagen.learn.seat import hidden_folder, lesson_here
from makerwagen.learn.widget import Widget, kernel_loop, script
from makerwagen.models.files import stl_bytes

LANG = "de"
REST_S = 1.0  # a hand that rests so long has chosen
BESIDE = (".3mf", ".png")  # with names and colours, and a picture
NOT_SAVED = "Das hat nicht geklappt: {}"


class Panel(Widget):
    """What every view of one part shows; wishes come as messages, one at a time, and each is answered by a state."""

    _esm = script("view.mjs")
    declaration = traitlets.Dict().tag(sync=True)
    values = traitlets.Dict().tag(sync=True)
    mesh = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(self, part: Part) -> None:
        """Describe the fields and show the part as it is."""
        self.part = part
        self.note = ""
        self.waiting = 0
        self._answered = ""
        self._beat = 0
        self._draws = False  # a drawing costs time, and only a browser without 3D shows it
        self._meshed: Any = None
        self._took = 0.0
        self._slicing: threading.Thread | None = None
        self._share = share_of_today(part.root)
        bed = limits_of_today(part.root).bed_mm
        super().__init__(declaration=declaration_of(part, bed[:2]), **self._shown())
        self.on_msg(lambda _widget, wish, _buffers: self.hear(wish))

    def bundle(self) -> dict[str, Any]:
        """Return the widget as a notebook stores it."""
        data = super().bundle()
        self._ask_slicer()
        return data

    def tell(self) -> None:
        """Send the part as it is to every view."""
        shown = self._shown()
        with self.hold_sync():
            self.mesh, self.values = shown["mesh"], shown["values"]
            self.state = shown["state"]

    def hear(self, wish: dict[str, Any]) -> None:
        """Do what a view asks for, and answer in any case: a view without an answer would wait."""
        self.note = ""
        self._answered = str(wish.get("number", ""))
        start = time.perf_counter()
        try:
            WISHES.get(str(wish.get("kind")), _nothing)(self, wish)
        except MakerwagenError as error:
            self.note = getattr(error, "message", "") or NOT_SAVED.format(error)
        except OSError as error:
            self.note = NOT_SAVED.format(error.strerror or error)
        except Exception:
            logging.getLogger(__name__).exception("a wish failed: %s", wish.get("kind"))
            self.note = NOT_SAVED.format("Versuch es noch einmal.")
        self._took = time.perf_counter() - start
        self.tell()
        self._ask_slicer()

    def save(self) -> None:
        """Write the part beside the notebook."""
        self.part.settle()
        if not self.part.message:
            path = self.part.save()
            for suffix in BESIDE:
                self.part.export(path.with_suffix(suffix))
            self.note = f"Gespeichert: {path.name}"

    def submit(self) -> None:
        """Hand the part in at the desk, now or later."""
        from makerwagen.learn.desk import Desk

        self.part.settle()
        if self.part.message or not self.part.built.printable:
            return
        receipt = Desk(hidden_folder()).submit(self.part.model.slug, self.part.values, lesson=lesson_here())
        self.note, self.waiting = receipt.message, receipt.waiting

    def flush(self) -> None:
        """Try again to send what waits."""
        from makerwagen.learn.desk import Desk

        receipt = Desk(hidden_folder()).flush()
        self.note, self.waiting = receipt.message, receipt.waiting

    def _ask_slicer(self) -> None:
        """Let the slicer say what the part takes, beside the child's work; it may need half a minute."""
        part = self.part
        if part.slicer is None or not part.exact or part.message or part.cost.measured or not part.built.printable:
            return
        if self._slicing and self._slicing.is_alive():
            return
        self._slicing = threading.Thread(target=self._slice, args=(kernel_loop(),), daemon=True)
        self._slicing.start()

    def _slice(self, loop: Any) -> None:
        done: Any = None
        while done != (values := self.part.values):
            time.sleep(REST_S)
            if values != self.part.values:
                continue
            done = values
            cost = sliced(self.part, values)
            if cost and self.part.measure(cost, values) and loop:
                loop.add_callback(self.tell)

    def _shown(self) -> dict[str, Any]:
        part = self.part
        self._beat += 1
        if self._meshed is not part.look:
            self._meshed = part.look
            self._sent = {"vertices": self._meshed.vertices, "triangles": self._meshed.triangles}
            self._sent |= {"parts": [list(one) for one in self._meshed.parts]}
        state = {
            "number": self._answered,
            "beat": self._beat,
            "message": part.message,
            "names": list(part.refused),
            "sentence": part.sentence,
            "size_mm": list(part.built.facts.size_mm),
            "findings": [_finding(one) for one in part.built.findings],
            "blocked": not part.built.printable,
            "exact": part.exact,
            "drawing": part.drawing if self._draws and part.exact else "",
            "note": self.note,
            "waiting": self.waiting,
            "restored": part.restored,
            "took_ms": round(1000 * self._took),
            **meter_state(part.cost, self._share),
        }
        wanted = {name: value for name, value in part.wanted.items() if isinstance(value, (bool, int, float, str))}
        return {"values": wanted, "mesh": self._sent, "state": state}


def sliced(part: Part, values: Mapping[str, Any]) -> Cost | None:
    """Return the slicer's figures for `values`, or None where it has none; the estimate stays then."""
    try:
        with tempfile.TemporaryDirectory(prefix="makerwagen-part-") as folder:
            path = Path(folder) / "part.stl"
            # The triangles on the screen are the exact ones: the workshop stays free for the next move of a slider.
            path.write_bytes(stl_bytes(part.built.mesh, name=part.model.slug))
            if not part.exact or values != part.values:
                return None
            return part.slicer(path) if part.slicer else None
    except (MakerwagenError, OSError):
        return None


def _want(panel: Panel, wish: dict[str, Any]) -> None:
    panel.part.restored = False
    panel.part.slide(wish.get("values") or {})


def _settle(panel: Panel, _: dict[str, Any]) -> None:
    panel.part.settle()


def _save(panel: Panel, wish: dict[str, Any]) -> None:
    if wish.get("values"):
        _want(panel, wish)
    panel.save()


def _send(panel: Panel, wish: dict[str, Any]) -> None:
    if wish.get("values"):
        _want(panel, wish)
    panel.submit()


def _back(panel: Panel, _: dict[str, Any]) -> None:
    panel.part.back()


def _tick(panel: Panel, _: dict[str, Any]) -> None:
    panel.flush()


def _draw(panel: Panel, _: dict[str, Any]) -> None:
    panel._draws = True


def _nothing(_panel: Panel, _wish: dict[str, Any]) -> None:
    """Answer a wish that this version does not know."""


WISHES = {"want": _want, "settle": _settle, "save": _save, "send": _send, "back": _back, "tick": _tick, "draw": _draw}


def declaration_of(part: Part, bed_mm: tuple[float, ...]) -> dict[str, Any]:
    """Return what the browser needs to know of a model to draw its fields."""
    model = part.model
    presets = [{"title": text_in(preset.title, LANG), "values": preset.values} for preset in model.presets.values()]
    return {
        "slug": model.slug,
        "title": text_in(model.title, LANG),
        "parameters": [_parameter(parameter) for parameter in model.parameters],
        "presets": presets,
        "room": list(model.expect.size_mm),
        "bed": list(bed_mm),
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    labels: dict[str, Any] = getattr(parameter, "choice_labels", None) or {}
    choices = [[choice, text_in(labels[choice], LANG) if choice in labels else choice] for choice in parameter.choices]
    dimension = parameter.dimension
    return {
        **parameter.model_dump(include={"name", "unit", "min", "max", "step", "max_length", "default", "group"}),
        "type": parameter.type.value,
        "choices": choices,
        "label": text_in(parameter.label, LANG),
        "help": text_in(parameter.help, LANG) if parameter.help else "",
        "dimension": {"from": dimension.from_, "to": dimension.to} if dimension else None,
    }


def _finding(finding: Any) -> dict[str, Any]:
    place = list(finding.place_mm) if finding.place_mm else None
    return {"message": finding.message, "place_mm": place, "blocks": finding.blocks}

"""A part of a model with its present values: changed by code or by sliders, built, measured, saved, handed in."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from makerwagen.content.model import Model, ParameterType, Value
from makerwagen.content.typed import text_in
from makerwagen.learn.bench import Bench, bench_for
from makerwagen.learn.home import content_root
from makerwagen.learn.kept import Kept, has_kernel, kept_for
from makerwagen.learn.meter import Cost
from makerwagen.learn.sliced import Slicer, wagon_slicer
from makerwagen.models.built import Built, Finding
from makerwagen.models.declaration import read_model
from makerwagen.models.drawing import draw
from makerwagen.models.estimate import print_grams, print_minutes
from makerwagen.models.mesh import Mesh
from makerwagen.models.refusal import RefusedError, SupersededError, WorkshopError
from makerwagen.models.values import check_values, german

if TYPE_CHECKING:
    from makerwagen.learn.panel import Panel


class Part:
    """A model with its present values; `message` says why the last change was refused, else it is empty."""

    def __init__(self, model: Model, root: Path, *, bench: Bench | None = None, kept: Kept | None = None) -> None:
        """Build the part with the model's own values, or with those that the seat kept."""
        self.model = model
        self.root = root
        self.message = ""
        self.refused: tuple[str, ...] = ()
        self.slicer: Slicer | None = None
        self._bench = bench or bench_for(root)
        self._kept = kept or Kept(None)
        self._wanted: dict[str, Any] = dict(model.defaults)
        self._values: dict[str, Value] = check_values(model, {})
        self._built = self._bench.build(model.slug, self._values)
        self._good = (self._values, self._built)
        self._exact, self._drawing = True, ""
        self._measured: Cost | None = None
        self._look: tuple[dict[str, Value], Mesh] | None = None
        self._panel: Panel | None = None
        self.restored = self._restore()

    @property
    def values(self) -> dict[str, Value]:
        """Return the values of the part that is drawn: the last ones that worked."""
        return dict(self._values)

    @property
    def wanted(self) -> dict[str, Any]:
        """Return the values as they were last asked for; they differ from `values` while there is a message."""
        return dict(self._wanted)

    @property
    def text(self) -> str:
        """Return the text on the part, or nothing when the model has none."""
        return str(self._values.get("text", ""))

    @property
    def changed(self) -> tuple[str, ...]:
        """Return the names of the parameters that differ from the model's own."""
        return tuple(name for name, value in self.model.defaults.items() if self._values[name] != value)

    @property
    def size_mm(self) -> tuple[float, float, float]:
        """Return length, width and height of the part in millimetres."""
        return self.exactly().facts.size_mm

    @property
    def volume_mm3(self) -> float:
        """Return the part's volume in cubic millimetres."""
        return self.exactly().facts.volume_mm3

    @property
    def minutes(self) -> float:
        """Return the printing time in minutes: the slicer's where it is known, else a rough one."""
        self.exactly()
        return self.cost.minutes

    @property
    def grams(self) -> float:
        """Return the part's weight in grams: the slicer's where it is known, else a rough one."""
        self.exactly()
        return self.cost.grams

    @property
    def cost(self) -> Cost:
        """Return what the part on the screen takes, which may still be a quick preview."""
        facts, family = self._built.facts, self.model.estimate
        return self._measured or Cost(print_minutes(facts, family), print_grams(facts, family))

    @property
    def built(self) -> Built:
        """Return the part on the screen: the exact one, or a quick preview while a slider moves."""
        return self._built

    @property
    def look(self) -> Mesh:
        """Return the triangles to show: an exact part is one piece, and only its preview knows the letters."""
        if self._look is None or self._look[0] != self._values:
            mesh = self._built.mesh
            written = any(parameter.type is ParameterType.TEXT for parameter in self.model.parameters)
            if self._exact and written and len(mesh.parts) == 1:
                with suppress(RefusedError, WorkshopError):
                    mesh = self._bench.preview(self.model.slug, self._values).mesh
            self._look = (self._values, mesh)
        return self._look[1]

    @property
    def exact(self) -> bool:
        """Say whether the part on the screen is the exact one."""
        return self._exact

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what may go wrong when the part is printed."""
        return self.exactly().findings

    @property
    def sentence(self) -> str:
        """Return size, printing time and weight in words, for screen readers and sheets."""
        name = text_in(self.model.title, "de") + (f" „{self.text}“" if self.text else "")
        size = " mal ".join(f"{german(edge)} mm" for edge in self._built.facts.size_mm)
        cost = self.cost
        about = "" if cost.measured else "ungefähr "
        return f"{name}: {size}. Druckzeit {about}{cost.minutes:.0f} Minuten. Gewicht {about}{german(cost.grams)} g."

    @property
    def drawing(self) -> str:
        """Return the line drawing of the exact part as SVG."""
        facts = self.exactly().facts
        if not self._drawing:
            mesh = self._bench.preview(self.model.slug, self._values).mesh
            self._drawing = draw(facts, mesh, canvas_mm=self.model.expect.size_mm, title=self.sentence)
        return self._drawing

    def set(self, **values: Any) -> "Part":
        """Change values as the sliders do, and return the part; what cannot be built is told in `message`."""
        self._try(values, self._bench.build, exact=True)
        if not self.message:
            self._kept.store(self._values)
        self._tell()
        return self

    def slide(self, values: Mapping[str, Any]) -> None:
        """Change values while a slider moves: a quick preview, made exact by `settle` or when somebody measures."""
        self._try(values, self._bench.preview, exact=False)

    def settle(self) -> None:
        """Build exactly what is on the screen, and keep its values."""
        self.exactly()
        if not self.message:
            self._kept.store(self._values)

    def exactly(self) -> Built:
        """Return the exact part of the values on the screen; a preview that cannot be built falls back to the last."""
        if not self._exact:
            try:
                self._good = (self._values, self._bench.build(self.model.slug, self._values))
            except (RefusedError, WorkshopError) as refused:
                self._refuse(refused)
            self._values, self._built = self._good
            self._exact = True
        return self._built

    def back(self) -> None:
        """Take back what was refused."""
        self._wanted, self.message, self.refused = dict(self._values), "", ()

    def measure(self, cost: Cost, values: Mapping[str, Value]) -> bool:
        """Take the slicer's figure for `values`; say whether these are still the part's values."""
        if values != self._values:
            return False
        self._measured = cost
        return True

    def save(self, folder: Path | None = None) -> Path:
        """Write the part for the printer as name-tag-1.stl, name-tag-2.stl and so on, and return the file."""
        folder = folder or Path.cwd()
        number = 1
        while True:
            path = folder / f"{self.model.slug}-{number}.stl"
            try:
                path.open("x").close()  # taken at once, so that two notebooks never write one file
                break
            except FileExistsError:
                number += 1
        try:
            self._bench.export(self.model.slug, self._values, path)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path

    def export(self, path: Path, values: Mapping[str, Value] | None = None) -> None:
        """Write the part, or the one that `values` give, into a file of this name."""
        self._bench.export(self.model.slug, self._values if values is None else values, path)

    def _restore(self) -> bool:
        known = {name: value for name, value in self._kept.load().items() if name in self._wanted}
        if not known or known == self._values:
            return False
        self._try(known, self._bench.build, exact=True)
        refused = bool(self.message)
        self.back()
        return not refused

    def _try(self, values: Mapping[str, Any], build: Callable[..., Built], *, exact: bool) -> None:
        self._wanted.update(values)
        try:
            checked = check_values(self.model, self._wanted)
            built = build(self.model.slug, checked)
        except SupersededError:
            return
        except (RefusedError, WorkshopError) as refused:
            self._refuse(refused)
            return
        if checked != self._values:
            self._measured = None
        self._values, self._built, self._exact, self._drawing = checked, built, exact, ""
        if exact:
            self._good = (checked, built)
        self.back()

    def _refuse(self, refused: RefusedError | WorkshopError) -> None:
        self.message = refused.message
        self.refused = refused.names if isinstance(refused, RefusedError) else ()
        self._wanted = {name: self._wanted[name] for name in self.model.defaults}

    def _tell(self) -> None:
        if self._panel:
            self._panel.tell()

    def __repr__(self) -> str:
        """Return the part in words."""
        self.exactly()
        return self.sentence

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return the panel for the lab, a still drawing for paper and pages, and a sentence for everybody else."""
        bundle: dict[str, Any] = {}
        if has_kernel():
            from makerwagen.learn.panel import Panel

            self._panel = self._panel or Panel(self)
            bundle = self._panel.bundle()
        return {**bundle, "image/svg+xml": self.drawing, "text/plain": self.sentence}


def customize(slug: str, *, slicer: Slicer | None = None) -> Part:
    """Return the model `slug` as a part with sliders; show it by writing its name in the last line of a cell.

    `slicer` takes a file to minutes and grams; without it, in the lab, the wagon's own is used where it is installed.
    """
    root = content_root()
    part = Part(read_model(root, slug), root, kept=kept_for(slug))
    part.slicer = slicer or (wagon_slicer(root) if has_kernel() else None)
    return part

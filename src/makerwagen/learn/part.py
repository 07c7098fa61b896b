"""A part with sliders in a child's notebook: change it, see it, and be told kindly what cannot be."""

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from makerwagen.content.model import Model, Parameter, ParameterType, Value
from makerwagen.content.typed import text_in
from makerwagen.errors import MakerwagenError
from makerwagen.learn.home import content_root
from makerwagen.load.yaml_reader import read_yaml
from makerwagen.models.building import build_part, save_stl
from makerwagen.models.drawing import draw
from makerwagen.models.estimate import print_grams, print_minutes
from makerwagen.models.outline import PartFacts
from makerwagen.models.refusal import RefusedError
from makerwagen.models.values import check_values, german

LABEL_WIDTH = "170px"
MESSAGE = (
    "<div role='alert' style='border:2px solid #9a5b00;border-left-width:10px;border-radius:8px;padding:.5em 1em;"
    "margin-top:.5em;background:#fff;color:#1c1c1c;font-size:1.05em'>"
    "<b style='color:#9a5b00'>→ Das geht noch nicht.</b> {}</div>"
)


class Part:
    """A model with its present values; `message` says why the last change was refused, else it is empty."""

    def __init__(self, model: Model, root: Path) -> None:
        """Build the part with the model's own values."""
        self.model = model
        self.message = ""
        self._root = root
        self._wanted: dict[str, Any] = dict(model.defaults)
        self._values, self._facts = self._built()
        self._panel: Panel | None = None

    @property
    def values(self) -> dict[str, Value]:
        """Return the values of the part that is drawn: the last ones that worked."""
        return dict(self._values)

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
        return self._facts.size_mm

    @property
    def volume_mm3(self) -> float:
        """Return the part's volume in cubic millimetres."""
        return self._facts.volume_mm3

    @property
    def minutes(self) -> float:
        """Return the rough printing time in minutes."""
        return print_minutes(self._facts)

    @property
    def grams(self) -> float:
        """Return the part's rough weight in grams."""
        return print_grams(self._facts)

    @property
    def sentence(self) -> str:
        """Return size, printing time and weight in words, for screen readers and sheets."""
        name = text_in(self.model.title, "de") + (f" „{self.text}“" if self.text else "")
        size = " mal ".join(f"{german(edge)} mm" for edge in self.size_mm)
        return (
            f"{name}: {size}. Druckzeit ungefähr {self.minutes:.0f} Minuten. Gewicht ungefähr {german(self.grams)} g."
        )

    @property
    def drawing(self) -> str:
        """Return the line drawing as SVG."""
        return draw(self._facts, canvas_mm=self.model.expect.size_mm, title=self.sentence)

    def set(self, **values: Any) -> "Part":
        """Change values as the sliders do, and return the part; what cannot be built is told in `message`."""
        self._wanted.update(values)
        try:
            self._values, self._facts = self._built()
            self._wanted = dict(self._values)
            self.message = ""
        except RefusedError as refused:
            self.message = refused.message
            self._wanted = {name: self._wanted[name] for name in self.model.defaults}
        if self._panel:
            self._panel.show(self._wanted)
        return self

    def save(self, folder: Path | None = None) -> Path:
        """Write the part for the printer as name-tag-1.stl, name-tag-2.stl and so on, and return the file."""
        folder = folder or Path.cwd()
        number = 1
        while (path := folder / f"{self.model.slug}-{number}.stl").exists():
            number += 1
        save_stl(self.model, self._values, root=self._root, path=path)
        return path

    def _built(self) -> tuple[dict[str, Value], PartFacts]:
        checked = check_values(self.model, self._wanted)
        return checked, build_part(self.model, checked, root=self._root)

    def __repr__(self) -> str:
        """Return the part in words."""
        return self.sentence

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        """Return sliders for the lab, a still drawing for paper and pages, and a sentence for everybody else."""
        if self._panel is None:
            self._panel = Panel(self)
        bundle: dict[str, Any] = dict(self._panel.box._repr_mimebundle_() or {})
        return {**bundle, "image/svg+xml": self.drawing, "text/plain": self.sentence}


class Panel:
    """The sliders and the drawing beside them; every view of one part shows the same."""

    def __init__(self, part: Part) -> None:
        """Make one field for each parameter."""
        self.part = part
        self.quiet = False
        self.fields = {parameter.name: FIELDS[parameter.type](parameter) for parameter in part.model.parameters}
        for name, field in self.fields.items():
            field.observe(self._changed(name), names="value")
        self.picture = widgets.HTML(layout={"flex": "1 1 420px", "min_width": "300px"})
        self.saved = widgets.HTML()
        button = widgets.Button(description="Für den Drucker speichern", icon="save", layout={"width": "260px"})
        button.on_click(self._save)
        left = widgets.VBox([*self.fields.values(), button, self.saved], layout={"flex": "0 1 400px"})
        self.box = widgets.HBox([left, self.picture], layout={"flex_flow": "row wrap", "align_items": "flex-start"})
        self.show(part.values)

    def show(self, values: Mapping[str, Any]) -> None:
        """Set the fields to `values` and draw the part as it is."""
        self.quiet = True
        try:
            for name, field in self.fields.items():
                field.value = type(field.value)(values[name])
        except (TypeError, ValueError):  # a value of the wrong type came from code: the message tells, the field stays
            pass
        finally:
            self.quiet = False
        part = self.part
        words = f"<p style='font-size:1.1em;margin:.4em 0'>{escape(part.sentence)}</p>"
        message = MESSAGE.format(escape(part.message)) if part.message else ""
        self.picture.value = part.drawing + words + message
        self.saved.value = ""

    def _changed(self, name: str) -> Callable[[Any], None]:
        def react(change: Any) -> None:
            if not self.quiet:
                self.part.set(**{name: change["new"]})

        return react

    def _save(self, _: Any) -> None:
        if self.part.message:
            self.saved.value = "Noch nicht gespeichert. Lies zuerst, was unter dem Bild steht."
        else:
            self.saved.value = f"Gespeichert: <b>{escape(self.part.save().name)}</b>"


def customize(slug: str) -> Part:
    """Return the model `slug` as a part with sliders; show it by writing its name in the last line of a cell."""
    root = content_root()
    path = f"cad_models/{slug}/model.yml"
    if not (root / path).is_file():
        names = ", ".join(sorted(entry.parent.name for entry in root.glob("cad_models/*/model.yml")))
        raise MakerwagenError(f"there is no model '{slug}'; the models are: {names}")
    data, source = read_yaml(path, (root / path).read_text(encoding="utf-8"))
    model = Model.model_validate(data)
    model.located(slug=slug, source=source)
    return Part(model, root)


def _frame(parameter: Parameter) -> dict[str, Any]:
    label = text_in(parameter.label, "de")
    return {
        "description": f"{label} ({parameter.unit})" if parameter.unit else label,
        "description_tooltip": text_in(parameter.help, "de") if parameter.help else "",
        "style": {"description_width": LABEL_WIDTH},
        "layout": {"width": "390px"},
    }


def _slider(parameter: Parameter) -> Any:
    step = parameter.step or 1
    return widgets.FloatSlider(
        value=parameter.default,
        min=parameter.min if parameter.min is not None else 0,
        max=parameter.max if parameter.max is not None else 100,
        step=step,
        readout_format=".0f" if step == int(step) else ".1f",
        continuous_update=False,
        **_frame(parameter),
    )


def _whole(parameter: Parameter) -> Any:
    low, high = int(parameter.min or 0), int(parameter.max if parameter.max is not None else 100)
    step = int(parameter.step or 1)
    return widgets.IntSlider(
        value=parameter.default, min=low, max=high, step=step, continuous_update=False, **_frame(parameter)
    )


def _text(parameter: Parameter) -> Any:
    return widgets.Text(value=parameter.default, continuous_update=False, **_frame(parameter))


def _choice(parameter: Parameter) -> Any:
    return widgets.Dropdown(value=parameter.default, options=parameter.choices, **_frame(parameter))


def _boolean(parameter: Parameter) -> Any:
    return widgets.Checkbox(value=parameter.default, **_frame(parameter))


FIELDS: dict[ParameterType, Callable[[Parameter], Any]] = {
    ParameterType.NUMBER: _slider,
    ParameterType.INTEGER: _whole,
    ParameterType.TEXT: _text,
    ParameterType.CHOICE: _choice,
    ParameterType.BOOLEAN: _boolean,
}

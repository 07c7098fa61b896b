"""The page of each CAD model: to look at and turn, what can be changed, ready-made parts and downloads."""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from makerwagen.content.model import Model, Parameter, ParameterType, Value
from makerwagen.content.repository import Repository
from makerwagen.content.typed import text_in
from makerwagen.exporters.page_markdown import attribute, code_span, front_matter, line, plain, table
from makerwagen.exporters.page_phrases import file_size, page_words
from makerwagen.exporters.pages_teacher import scrolling
from makerwagen.exporters.phrases import grade_label
from makerwagen.exporters.results import LessonResult
from makerwagen.exporters.shapes import DEFAULT, SCHEMA

DOWNLOADS = {"3mf": "3MF", "stl": "STL", "step": "STEP", "glb": "GLB"}
SHOWN = ("png", "svg", "js")
INDEX_LEAD = (
    "Diese Teile kannst du verändern: länger, höher, mit deinem Namen. "
    "Im Makerwagen schiebst du die Regler selbst und druckst dein Teil. "
    "Hier liegen fertige Teile zum Ansehen und Laden."
)


def model_pages(
    repository: Repository, results: Sequence[LessonResult], *, shapes: Path | None, out: Path, lang: str
) -> Iterator[tuple[str, str]]:
    """Yield path and text of every model's page and of their list, and put the files they show beside them."""
    built = [
        model
        for slug, model in sorted(repository.models.items())
        if shapes and (shapes / slug / f"{DEFAULT}.png").exists()
    ]
    for model in built:
        assert shapes is not None
        _offer(shapes / model.slug, out / "models" / model.slug)
        using = [result for result in results if model.slug in result.lesson.models]
        yield f"models/{model.slug}.md", _page(model, using, shapes / model.slug, lang)
    yield "models/index.md", _index(built, lang)


def _offer(source: Path, target: Path) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        if path.name != SCHEMA and not _is_offered(path.stem, path.suffix[1:]):
            continue
        try:
            os.link(path, target / path.name)
        except OSError:
            shutil.copyfile(path, target / path.name)


def _is_offered(name: str, kind: str) -> bool:
    # A STEP file is as large as all others together, and who changes it begins with any of them.
    return kind in SHOWN or kind in DOWNLOADS and (kind != "step" or name == DEFAULT)


def _index(models: Sequence[Model], lang: str) -> str:
    blocks = [
        front_matter("Modelle", "Teile zum Verändern und Drucken.", more=["hide: [toc]"]),
        "# Modelle",
        f'<p class="lead">{attribute(INDEX_LEAD)}</p>',
    ]
    cards = "\n\n".join(_card(model, lang) for model in models)
    blocks.append(f'<div class="cards" markdown>\n\n{cards}\n\n</div>' if models else page_words(lang)["none-yet"])
    return "\n\n".join(blocks) + "\n"


def _card(model: Model, lang: str) -> str:
    # The title beside it says the same, so the picture stays silent for screen readers.
    parts = [
        '<div class="card strand-cad" markdown>',
        f"![]({model.slug}/{DEFAULT}.png)",
        f"### [{plain(text_in(model.title, lang))}]({model.slug}.md)",
        f'<p class="facts">{attribute(_facts(model, lang))}</p>',
        "</div>",
    ]
    return "\n\n".join(parts)


def _facts(model: Model, lang: str) -> str:
    grades = page_words(lang)["grades"].format(grades=grade_label(model.grades)) if model.grades else ""
    count = len(model.parameters)
    return " · ".join(part for part in (grades, f"{count} Regler und Felder") if part)


def _page(model: Model, using: Sequence[LessonResult], files: Path, lang: str) -> str:
    title, folder = text_in(model.title, lang), model.slug
    alt = attribute(f"{title}: das Teil, wie es aus dem Drucker kommt, von schräg oben")
    blocks = [
        front_matter(title, f"{title}: ansehen, verändern, drucken."),
        f'<p class="kicker">{attribute("Modell · " + _facts(model, lang))}</p>',
        f"# {plain(title)}",
        f'<div class="model-view" data-mw-model="{attribute(model.slug)}" data-mw-preset="{DEFAULT}" '
        f'data-mw-mesh="{folder}/{DEFAULT}.js"><img src="{folder}/{DEFAULT}.png" alt="{alt}" '
        'width="640" height="480"></div>',
        "## Das kannst du ändern",
        scrolling(table(["Was", "Von", "Bis", "Am Anfang", "Hilfe"], list(_rows(model, lang))), "Regler und Felder"),
    ]
    if model.constraints:
        rules = "\n".join(f"- {plain(text_in(constraint.message, lang))}" for constraint in model.constraints)
        blocks.append(f"Manches geht nicht zusammen. Dann sagt dir das Programm:\n\n{rules}")
    if (files / SCHEMA).exists():
        blocks.append(f"Für andere Programme: [alle Regler und Felder als JSON Schema]({folder}/{SCHEMA}).")
    blocks += ["## Fertige Teile", *_presets(model, files, lang), "## Drucken", *_printing(model)]
    if using:
        blocks.append("## Lektionen mit diesem Modell")
        links = (f"- [{plain(text_in(each.lesson.title, lang))}](../lessons/{each.lesson.slug}.md)" for each in using)
        blocks.append("\n".join(links))
    blocks.append(_credits(model))
    return "\n\n".join(blocks) + "\n"


def _rows(model: Model, lang: str) -> Iterator[list[str]]:
    for parameter in model.parameters:
        low, high = _ends(parameter)
        help_text = plain(text_in(parameter.help, lang)) if parameter.help else ""
        label = f"{plain(text_in(parameter.label, lang))} ({code_span(parameter.name)})"
        yield [label, low, high, _shown(parameter, parameter.default), help_text]


def _ends(parameter: Parameter) -> tuple[str, str]:
    match parameter.type:
        case ParameterType.TEXT:
            return "1 Zeichen", f"{parameter.max_length} Zeichen" if parameter.max_length else ""
        case ParameterType.CHOICE:
            return plain(", ".join(parameter.choices)), ""
        case ParameterType.BOOLEAN:
            return "aus", "an"
    low, high = parameter.min, parameter.max
    return (_shown(parameter, low) if low is not None else "", _shown(parameter, high) if high is not None else "")


def _shown(parameter: Parameter, value: Value) -> str:
    if isinstance(value, bool):
        return "an" if value else "aus"
    if isinstance(value, str):
        return plain(value)
    number = f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{number} {plain(parameter.unit)}" if parameter.unit else number


def _presets(model: Model, files: Path, lang: str) -> Iterator[str]:
    known = {parameter.name: parameter for parameter in model.parameters}
    titles = {DEFAULT: "Wie am Anfang", **{name: text_in(preset.title, lang) for name, preset in model.presets.items()}}
    cards = []
    for name, title in titles.items():
        values = model.presets[name].values if name in model.presets else {}
        changed = ", ".join(
            f"{plain(text_in(known[key].label, lang))} {_shown(known[key], value)}"
            for key, value in values.items()
            if key in known
        )
        links = [
            f"[{label} ({file_size((files / f'{name}.{kind}').stat().st_size)})]({model.slug}/{name}.{kind})"
            for kind, label in DOWNLOADS.items()
            if _is_offered(name, kind) and (files / f"{name}.{kind}").exists()
        ]
        parts = [
            '<div class="card strand-cad" markdown>',
            f"![]({model.slug}/{name}.png)",
            f"### {plain(title)}",
            changed,
            " · ".join(links),
            "</div>",
        ]
        cards.append("\n\n".join(part for part in parts if part))
    yield '<div class="cards" markdown>\n\n' + "\n\n".join(cards) + "\n\n</div>"
    yield "3MF und STL sind für das Druckprogramm, STEP für andere CAD-Programme, GLB zum Ansehen."


def _printing(model: Model) -> Iterator[str]:
    supports = "mit Stützen" if model.print.supports else "ohne Stützen"
    yield line(f"{model.print.orientation}, {supports}, {model.print.profile}.")
    yield f"![Zeichnung mit Maßen in Millimeter, von oben und von der Seite]({model.slug}/{DEFAULT}.svg)"


def _credits(model: Model) -> str:
    return line(f"Lizenz: {model.license}. Von: {', '.join(model.authors)}." if model.authors else model.license)

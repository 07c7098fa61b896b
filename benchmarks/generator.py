"""Write a repository of N German lessons around this checkout's curriculum; 12 Markdown and 6 code cells each."""

import json
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.measuring import CHECKOUT
from benchmarks.sentences import Writer

SHARED = ("curriculum", "site", "microcontroller/boards", "mkdocs.yml", "requirements.lock")
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
EDITED_TEXT, EDITED_CODE = "schluss", "summe"


@dataclass(frozen=True)
class Part:
    """A cell before it is written."""

    id: str
    source: str
    tags: tuple[str, ...] = ()
    kind: str = "markdown"


def write_repository(root: Path, count: int, *, cad: bool = False) -> Path:
    """Write `count` lessons and what they stand on into the new folder `root`; the same call writes the same files."""
    shutil.rmtree(root, ignore_errors=True)
    for name in SHARED:
        source, target = CHECKOUT / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.exists():
            shutil.copyfile(source, target)
    # The example outing names lessons of this checkout.
    (root / "curriculum/example-outing.yml").unlink(missing_ok=True)
    skills = yaml.safe_load((CHECKOUT / "curriculum/skills.yml").read_text(encoding="utf-8"))["skills"]
    for number in range(count):
        # Together the lessons teach every skill, so that the check has nothing to say.
        taught = [skill["id"] for skill in skills[number::count]] or [skills[number % len(skills)]["id"]]
        _write_lesson(root / "lessons" / slug_of(number), number, taught, cad=cad)
    return root


def slug_of(number: int) -> str:
    """Return the name of the lesson with this number."""
    return f"measured-{number:03}"


def edit_text(notebook: Path, number: int) -> None:
    """Change one sentence of a notebook, differently for each `number`."""
    _replace_last_line(notebook, EDITED_TEXT, f"- [ ] Ich habe {number + 2} mal probiert.")


def edit_code(notebook: Path, number: int) -> None:
    """Change one line of code of a notebook, differently for each `number`."""
    _replace_last_line(notebook, EDITED_CODE, f'print("Versuch {number + 2}: Die Summe ist", summe)')


def _replace_last_line(notebook: Path, cell_id: str, line: str) -> None:
    content = json.loads(notebook.read_text(encoding="utf-8"))
    cell = next(cell for cell in content["cells"] if cell["id"] == cell_id)
    cell["source"][-1] = line
    notebook.write_text(_as_text(content), encoding="utf-8")


def _write_lesson(folder: Path, number: int, taught: list[str], *, cad: bool) -> None:
    writer = Writer(1000 * cad + number)
    folder.mkdir(parents=True)
    lesson = _lesson(writer, number, taught, cad=cad)
    text = yaml.safe_dump(lesson, allow_unicode=True, sort_keys=False, width=120)
    (folder / "lesson.yml").write_text(text, encoding="utf-8")
    parts = _parts(writer, _cad_task(writer) if cad else _sum_task(writer))
    cells = [_cell(part) for part in parts]
    notebook = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    (folder / "lesson.de.ipynb").write_text(_as_text(notebook), encoding="utf-8")


def _as_text(notebook: dict) -> str:
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _cell(part: Part) -> dict:
    source = part.source.splitlines(keepends=True)
    metadata = {"tags": list(part.tags)} if part.tags else {}
    cell = {"cell_type": part.kind, "id": part.id, "metadata": metadata, "source": source}
    return cell | {"execution_count": None, "outputs": []} if part.kind == "code" else cell


def _parts(writer: Writer, first_task: list[Part]) -> list[Part]:
    """Return 12 Markdown and 6 code cells; three of the code cells check the other three."""
    return [
        Part("vorab", f"**Vorab.** {writer.paragraph(3)} Geben Sie die Laptops paarweise aus.", ("teacher",)),
        Part("frage", f"## 1. Wie viele sind es?\n\n{writer.paragraph(5)}\n\n{writer.paragraph(4)}"),
        Part("schritte", f"So geht ihr vor:\n\n{writer.steps(4)}"),
        *first_task,
        Part("tipp-eins", writer.paragraph(2), ("hint",)),
        Part("tabelle", f"## 2. Schätzen und messen\n\n{writer.paragraph(4)}\n\n{writer.table(5)}"),
        *_word_task(writer),
        Part("merksatz", f"> **Merke dir:** {writer.paragraph(3)}"),
        Part("mitte", f"## 3. Die Mitte finden\n\n{writer.paragraph(5)}\n\n- {writer.scene()}\n- {writer.colour()}"),
        *_mean_task(writer),
        Part("tipp-zwei", writer.paragraph(2), ("hint",)),
        Part("blatt-raster", f"{writer.scene()} Zeichne sie.\n\n```raster 12x5\n```", ("paper-only",)),
        Part("blatt-satz", f"{writer.deed()} Was fällt dir auf? Schreib es auf.", ("paper-only", "lines-5")),
        Part("zu-hause", f"**Für zu Hause:** {writer.paragraph(3)}", ("paper-only", "lines-3")),
        Part(EDITED_TEXT, "## 4. Geschafft?\n\n- [ ] Ich habe gezählt.\n- [ ] Ich habe ein mal probiert."),
    ]


def _task(name: str, code: str, *, claim: str, seen: str) -> list[Part]:
    hints = '"Schau auf die Liste.", "Denk an den Befehl von eben.", "Schreib ihn in die leere Zeile."'
    lines = ["from makerwagen.learn import check", "", f'@check("{name}", hints=[{hints}])', "def _():"]
    source = "\n".join([*lines, f'    return {claim}, f"{seen}"'])
    return [Part(name, code, kind="code"), Part(f"check-{name}", source, ("check", "hide-input"), kind="code")]


def _sum_task(writer: Writer) -> list[Part]:
    code = [f"zahlen = {writer.numbers(6)}", "summe = 0", "### BEGIN SOLUTION", "for zahl in zahlen:"]
    code += ["    summe = summe + zahl", "### END SOLUTION", 'print("Die Summe ist", summe)']
    return _task(EDITED_CODE, "\n".join(code), claim="summe == sum(zahlen)", seen="Deine Summe ist {summe}.")


def _cad_task(writer: Writer) -> list[Part]:
    code = ["import cadquery as cq", "", "hoehe_mm = 1", "### BEGIN SOLUTION", f"hoehe_mm = {writer.number(4, 9)} + 2"]
    code += ["### END SOLUTION", f"kasten = cq.Workplane().box({writer.number(20, 40)}, 20, hoehe_mm)"]
    code += ['kasten = kasten.edges("|Z").fillet(2)', 'print("Der Kasten fasst", round(kasten.val().Volume()), "mm³")']
    return _task("kasten", "\n".join(code), claim="hoehe_mm > 3", seen="Dein Kasten ist {hoehe_mm} mm hoch.")


def _word_task(writer: Writer) -> list[Part]:
    code = [f"orte = {writer.words(6)}".replace("'", '"'), 'laengstes = ""', "### BEGIN SOLUTION"]
    code += [
        "laengstes = max(orte, key=len)",
        "### END SOLUTION",
        "for ort in sorted(orte):",
        "    print(ort, len(ort))",
    ]
    claim, seen = "len(laengstes) == max(map(len, orte))", "Dein Wort ist „{laengstes}“."
    return _task("laengstes", "\n".join(code), claim=claim, seen=seen)


def _mean_task(writer: Writer) -> list[Part]:
    code = [f"werte = {writer.numbers(5)}", "mittel = 0", "### BEGIN SOLUTION", "mittel = sum(werte) / len(werte)"]
    code += ["### END SOLUTION", "for wert in werte:", '    print("*" * wert, wert)', "round(mittel, 1)"]
    claim, seen = "min(werte) <= mittel <= max(werte)", "Deine Mitte ist {mittel}."
    return _task("mitte-rechnen", "\n".join(code), claim=claim, seen=seen)


def _lesson(writer: Writer, number: int, taught: list[str], *, cad: bool) -> dict:
    """Return the fields of lesson.yml that a published lesson has."""
    plan = [(5, "einstieg", "UG"), (15, "erarbeitung", "PA"), (15, "erprobung", "PA"), (5, "sicherung", "PL")]
    plan += [(5, "aufraeumen", "PL")]
    return {
        "uuid": str(uuid.UUID(int=writer.random.getrandbits(128), version=4)),
        "title": {"de": f"Zählen und rechnen, Teil {number + 1}"},
        "summary": {"de": writer.paragraph(3)},
        "goal": {"de": "Ich kann Dinge zählen und ein kleines Programm rechnen lassen."},
        "strand": "cad" if cad else "smart-city",
        "status": "published",
        "changes": [{"version": "1.0.0", "date": "2026-11-22", "changed": {"de": "Erste Fassung."}}],
        "ages": [10, 12],
        "grades": [5, 6],
        "school_types": ["gesamtschule", "gymnasium"],
        "subjects": ["informatik"],
        "competencies": [{"framework": "mkr-nrw", "code": "6.3", "role": "teaches", "cell": "mitte-rechnen"}],
        "teaches": taught,
        "minutes": {"prepare": 5, "teach": 10, "work": 30, "print_wait": 0, "tidy": 5},
        "splits": [45],
        "group_size": 2,
        "max_groups": 12,
        "equipment": [{"ref": "laptop", "per": "pair", "count": 1}],
        "safety": {"supervision": "S", "briefings": ["screen-break"], "hazards": []},
        "misconceptions": [
            {"belief": {"de": "Der Computer verzählt sich."}, "response": {"de": f"Zähl nach. {writer.scene()}"}},
            {
                "belief": {"de": "Die Mitte ist die häufigste Zahl."},
                "response": {"de": "Leg die Zahlen als Reihe hin."},
            },
        ],
        "phases": [
            {"minutes": minutes, "phase": phase, "what": {"de": writer.paragraph(2)}, "social": social}
            for minutes, phase, social in plan
        ],
        "differentiation": {level: {"de": writer.paragraph(2)} for level in ("basis", "plus", "profi")},
        "authors": ["Team Makerwagen Dortmund"],
    }

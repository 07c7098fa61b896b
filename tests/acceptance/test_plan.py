"""`makerwagen plan` from end to end: what fits, what does not and why."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT

TAG = """\
consumables: [{ref: pla, amount: 2, unit: g}, {ref: key-ring, amount: 1, unit: Stück}]
equipment: [{ref: laptop, per: pair}, {ref: printer-mk3s, per: class, count: 2}, {ref: ruler, per: pair}]
"""
FITS = """\
Ausflug: Beispielschule, Dortmund, 10:00 bis 11:30 Uhr, 8 Kinder

  20 min  count wheels, vorher 5 min vorbereiten

Zeit       20 von 90 Minuten
3D-Druck   etwa 104 von 320 Minuten (4 Drucker), 40 je Kind
Filament   16 g von 2750 g
Kosten     1,20 €, 0,15 € je Kind

Passt.

Denkt daran:
- Fragt die Schule nach: Lineal, 30 cm.
- Die Druckzeit zählt vom Anfang an. Lasst die Drucker gleich mit einem Muster loslaufen.
- Das ist der Beispielausflug. Für einen echten schreib outings/<Datum>-<Ort>.yml.
"""


@pytest.fixture
def plan(makerwagen, small_repository: Path):
    """Return a function that plans in the small repository."""
    outing = (ROOT / "curriculum/example-outing.yml").read_text(encoding="utf-8")
    own = small_repository / "curriculum/example-outing.yml"
    own.write_text(outing.replace("lessons: [name-tag]", "lessons: [count-wheels]"), encoding="utf-8")
    return lambda *arguments: makerwagen("--root", str(small_repository), "plan", *arguments)


def change_outing(repository: Path, old: str, new: str) -> None:
    path = repository / "curriculum/example-outing.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_what_fits_is_said_with_its_figures(plan, write_lesson):
    write_lesson(more=TAG)
    done = plan("count-wheels", "--children", "8")
    assert done.stdout == FITS
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--children", "8", "--minutes", "15"), "Die Zeit reicht nicht: 20 Minuten nötig, 15 Minuten da."),
        (("--children", "30"), "Die Plätze reichen nicht: 30 Kinder, aber 12 Plätze für je 2, also 24."),
        (("--children", "9"), "„count wheels“ ist für höchstens 8 Kinder gemacht, es kommen 9."),
        (("--children", "30"), "„count wheels“ braucht 15 × Laptop mit JupyterLab, dabei: 12."),
        (
            ("--children", "8", "--minutes", "30"),
            "Die Druckzeit reicht nicht: etwa 104 Minuten nötig, 80 da (4 Drucker), 10 je Kind.",
        ),
    ],
)
def test_what_does_not_fit_is_explained(plan, write_lesson, arguments, reason):
    write_lesson(more=TAG)
    done = plan("count-wheels", *arguments)
    assert f"- {reason}" in done.stdout
    assert "Passt nicht:" in done.stdout and done.returncode == 1


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("grams_left: 800", "grams_left: 0", None),
        (
            "name: prusa-1, profile: printer-mk3s, grams_left: 800",
            "name: p, profile: printer-mk3s, grams_left: 800",
            None,
        ),
        (
            "  - {printer: printer-mk3s, name: prusa-2, profile: printer-mk3s, grams_left: 650}\n",
            "",
            "„count wheels“ braucht 2 × 3D-Drucker Prusa i3 MK3S, dabei: 1.",
        ),
    ],
)
def test_the_outing_decides_which_printers_come(plan, write_lesson, small_repository, old, new, reason):
    write_lesson(more=TAG)
    change_outing(small_repository, old, new)
    done = plan("count-wheels", "--children", "8")
    assert done.returncode == (1 if reason else 0)
    assert reason is None or reason in done.stdout


def test_without_printers_nothing_is_printed(plan, write_lesson, small_repository):
    write_lesson(more=TAG)
    path = small_repository / "curriculum/example-outing.yml"
    kept = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if "name:" not in line and "printers:" not in line
    ]
    path.write_text("\n".join(kept), encoding="utf-8")
    done = plan("count-wheels", "--children", "8")
    assert "kein 3D-Drucker fährt mit" in done.stdout and done.returncode == 1


def test_too_little_filament_is_a_conflict(plan, write_lesson, small_repository):
    write_lesson(more=TAG.replace("amount: 2, unit: g", "amount: 400, unit: g"))
    done = plan("count-wheels", "--children", "8")
    assert "Das Filament reicht nicht: 3200 g nötig, 2750 g auf den Spulen." in done.stdout
    assert done.returncode == 1


def test_lessons_follow_one_another_and_share_their_things(plan, write_lesson):
    write_lesson("first-lesson", more="equipment: [{ref: sensor-box, per: class}]")
    write_lesson("second-lesson", uuid_end="6", more="equipment: [{ref: sensor-box, per: class}]\nneeds: [do-magic]")
    done = plan("first-lesson", "second-lesson", "--children", "8")
    assert "Zeit       40 von 90 Minuten" in done.stdout
    assert "3D-Druck" not in done.stdout
    assert "„second lesson“ setzt voraus, was vorher keine dieser Lektionen zeigt: do-magic." in done.stdout
    assert done.returncode == 0


def light_with_parts(small_repository: Path, write_lesson, equipment: str) -> None:
    shutil.copytree(ROOT / "microcontroller", small_repository / "microcontroller")
    write_lesson(more=f"exercises: [pedestrian-light]\nequipment: [{equipment}]\n")


def test_the_parts_of_a_wiring_are_counted_for_all_groups(plan, write_lesson, small_repository):
    light_with_parts(small_repository, write_lesson, "{ref: pico-w, per: pair}")
    done = plan("count-wheels", "--children", "8")
    assert "\nTeile      4 von 15 × Raspberry Pi Pico W\n" in done.stdout
    assert "\n           20 von 100 × Widerstand 330 Ohm\n" in done.stdout
    assert "\n           32 von 300 × Steckkabel Stift–Stift\n" in done.stdout
    assert done.returncode == 0


def test_a_wiring_with_too_few_parts_is_a_conflict(plan, write_lesson, small_repository):
    light_with_parts(small_repository, write_lesson, "{ref: pico-w, per: pair}")
    register = small_repository / "curriculum/equipment.yml"
    text = register.read_text(encoding="utf-8")
    start = text.index("  - id: resistor-330")
    register.write_text(text[:start] + text[start:].replace("count: 100", "count: 19", 1), encoding="utf-8")
    done = plan("count-wheels", "--children", "8")
    assert "- Für die Schaltungen fehlen Teile: 20 × Widerstand 330 Ohm nötig, dabei: 19." in done.stdout
    assert done.returncode == 1


def test_a_lesson_on_the_simulated_board_alone_needs_no_parts(plan, write_lesson, small_repository):
    light_with_parts(small_repository, write_lesson, "{ref: laptop, per: pair}")
    assert "Teile" not in plan("count-wheels", "--children", "8").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("count-wheals",), "error: there is no lesson 'count-wheals'; did you mean 'count-wheels'?\n"),
        (("count-wheels", "--children", "0"), "error: --children and --minutes must be 1 or more"),
        (("count-wheels", "--children", "viele"), "invalid int value"),
        ((), "the following arguments are required: LESSON"),
    ],
)
def test_what_cannot_be_planned_ends_with_2(plan, arguments, message):
    done = plan(*arguments)
    assert done.returncode == 2
    assert message in done.stderr


def test_a_broken_outing_is_an_error_and_nothing_is_planned(plan, small_repository):
    change_outing(small_repository, "seats: 12", "seats: viele")
    done = plan("count-wheels")
    assert done.returncode == 2 and done.stdout == ""
    assert "curriculum/example-outing.yml:7: YML105 'seats'" in done.stderr


def test_the_lessons_of_the_example_outing_fit_it(makerwagen):
    done = makerwagen("plan", "name-tag")
    assert done.returncode == 0, done.stdout + done.stderr

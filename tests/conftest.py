"""What all tests share: the checkout, tiny repositories, and the built results."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# A drop-in station: the smallest lesson that is complete.
LESSON = """\
uuid: 11111111-2222-4333-8444-555555555555
title: {{de: {title}}}
summary: {{de: Ein kleiner Text.}}
strand: smart-city
status: published
format: drop-in
goal: {{de: Ich kann etwas zählen.}}
changes: [{{version: "1.0.0", date: 2026-11-22, changed: {{de: Erste Fassung.}}}}]
ages: [10, 12]
competencies: [{{framework: mkr-nrw, code: "2.2", role: teaches, cell: zahl}}]
minutes: {{prepare: 5, teach: 5, work: 10, tidy: 5}}
splits: [20]
group_size: 2
max_groups: 4
safety: {{supervision: S}}
misconceptions:
  - {{belief: {{de: Alle Räder sind rund.}}, response: {{de: Lassen Sie ein Zahnrad anfassen.}}}}
  - {{belief: {{de: Mehr ist besser.}}, response: {{de: Fragen Sie nach dem Gewicht.}}}}
phases:
  - {{minutes: 5, phase: einstieg, what: {{de: "Raten, dann zählen."}}, social: UG}}
  - {{minutes: 15, phase: erarbeitung, what: {{de: Zählen und prüfen.}}, social: EA}}
differentiation: {{basis: {{de: Zähle.}}, plus: {{de: Zähle doppelt.}}, profi: {{de: Schätze zuerst.}}}}
authors: [Team]
{more}
"""


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


def cell(kind: str, source: str, *, id: str, tags: tuple[str, ...] = ()) -> dict:
    made = {"cell_type": kind, "id": id, "metadata": {"tags": list(tags)} if tags else {}, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def notebook(*cells: dict) -> str:
    return json.dumps({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False)


CHECK = """\
from makerwagen.learn import check

@check("zahl", hints=["Schau hin.", "Denk nach.", "Schreib 3."])
def _():
    return zahl == 3, f"Deine Zahl ist {zahl}."
"""


def good_cells() -> list[dict]:
    return [
        cell("markdown", "## 1. Zählen\n\nZähle die Räder.", id="zaehlen"),
        cell("code", "zahl = 0\n### BEGIN SOLUTION\nzahl = 3\n### END SOLUTION", id="zahl"),
        cell("code", CHECK, id="zahl-check", tags=("check", "hide-input")),
        cell("markdown", "Ein Dreirad hat drei Räder, das wissen alle.", id="antwort", tags=("solution",)),
        cell("markdown", "Fragen Sie zuerst nach dem Einrad.", id="lehrkraft", tags=("teacher",)),
    ]


@pytest.fixture
def write_lesson(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a lesson into a small repository and returns its folder."""

    def write(
        slug: str = "count-wheels", *, cells: list[dict] | None = None, more: str = "", uuid_end: str = "5"
    ) -> Path:
        folder = tmp_path / "lessons" / slug
        folder.mkdir(parents=True, exist_ok=True)
        text = LESSON.format(title=slug.replace("-", " "), more=more).replace("555555555555", uuid_end * 12)
        (folder / "lesson.yml").write_text(text, encoding="utf-8")
        (folder / "lesson.de.ipynb").write_text(notebook(*(good_cells() if cells is None else cells)), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def small_repository(tmp_path: Path, write_lesson: Callable[..., Path]) -> Path:
    """Return a repository with one good lesson and everything that a build needs."""
    write_lesson()
    for name in ("site", "curriculum"):
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "curriculum/example-outing.yml").unlink(missing_ok=True)  # its lessons are not here
    skills = tmp_path / "curriculum/skills.yml"
    skills.write_text("skills: []\n", encoding="utf-8")
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    return tmp_path


@pytest.fixture
def makerwagen() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs the command line as a person would."""

    def run(*arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "makerwagen.cli", *arguments]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=300)

    return run


@pytest.fixture(scope="session")
def built() -> Path:
    """Return build/ after building the checkout, once for all tests that look at results."""
    command = [sys.executable, "-m", "makerwagen.cli", "build"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return ROOT / "build"


@pytest.fixture(scope="session")
def built_site(built: Path) -> Path:
    return built / "site"

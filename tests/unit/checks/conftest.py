"""A function that writes a few files and returns what the rules say about them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from makerwagen.checks.rules import check_repository
from makerwagen.load.repository_loader import load_repository
from makerwagen.problems import Problem

LESSON = "lessons/count-wheels/lesson.yml"
NOTEBOOK = "lessons/count-wheels/lesson.de.ipynb"


def lesson(*more: str, status: str = "published", number: int = 1) -> str:
    head = f"uuid: 00000000-0000-4000-8000-00000000000{number}\ntitle: {{de: Räder}}\nsummary: {{de: Zählen.}}\n"
    return head + f"strand: smart-city\nstatus: {status}\n" + "".join(line + "\n" for line in more)


def markdown(source: str, *tags: str, id: str = "text") -> dict:
    return {"cell_type": "markdown", "id": id, "metadata": {"tags": list(tags)}, "source": source}


def code(source: str, *tags: str, id: str = "code") -> dict:
    return {**markdown(source, *tags, id=id), "cell_type": "code", "outputs": [], "execution_count": None}


def notebook(*cells: dict) -> str:
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def problems_in(tmp_path: Path) -> Callable[..., list[Problem]]:
    """Return a function: files, and the code of a rule, to that rule's problems."""

    def look(files: dict[str, str], rule: str) -> list[Problem]:
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, encoding="utf-8")
        return check_repository(load_repository(tmp_path)[0], {rule})

    return look


@pytest.fixture
def cell_problems(problems_in) -> Callable[..., list[str]]:
    """Return a function: the code of a rule and cells, to that rule's problems, as `line: what`."""

    def look(rule: str, *cells: dict) -> list[str]:
        found = problems_in({LESSON: lesson(), NOTEBOOK: notebook(*cells)}, rule)
        return [f"{problem.place.cell}:{problem.place.line} {problem.what}" for problem in found]

    return look

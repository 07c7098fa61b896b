"""The three forms of a report."""

import json

import pytest

from makerwagen.checks.explain import explain
from makerwagen.checks.report import render
from makerwagen.errors import MakerwagenError
from makerwagen.problems import Place, Problem

YAML = Problem(Place("lessons/a,b/lesson.yml", line=6), "LES103", "needs 100 %:\nx", "mend it")
CELL = Problem(Place("lessons/a/lesson.de.ipynb", cell=4, line=2), "NBK106", "not valid", "mend it").as_warning()


def test_plain_ends_with_a_summary():
    assert render([CELL, CELL], "plain").splitlines()[-1] == "2 warnings"
    assert render([YAML, CELL], "plain").splitlines()[-1] == "1 problem, 1 warning"
    assert render([], "plain") == "ok"


def test_github_gets_annotations_with_everything_escaped():
    assert render([YAML, CELL], "github").splitlines() == [
        "::error file=lessons/a%2Cb/lesson.yml,line=6,title=LES103::needs 100 %25:%0Ax; mend it",
        "::warning file=lessons/a/lesson.de.ipynb,title=NBK106::cell 4:2: not valid; mend it",
    ]


def test_json_is_a_list_of_objects():
    assert json.loads(render([CELL], "json")) == [
        {
            "path": "lessons/a/lesson.de.ipynb",
            "cell": 4,
            "line": 2,
            "code": "NBK106",
            "severity": "warning",
            "what": "not valid",
            "remedy": "mend it",
        }
    ]
    assert json.loads(render([], "json")) == []


def test_an_unknown_format_or_code_says_what_to_try():
    with pytest.raises(MakerwagenError, match="plain, github, json"):
        render([], "xml")
    with pytest.raises(MakerwagenError, match="did you mean 'LES103'"):
        explain("LEX103")

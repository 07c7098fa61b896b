"""Every rule has a bad and a good example, and the bad one is reported word for word."""

import re
from pathlib import Path

import pytest

from makerwagen.checks.explain import explain, explain_all, pages
from makerwagen.checks.report import render
from makerwagen.checks.reported_elsewhere import REPORTED_ELSEWHERE
from makerwagen.checks.rules import RULES, check_repository, soften_drafts
from makerwagen.load.repository_loader import load_repository

EXAMPLES = Path(__file__).parents[1] / "examples"
LOADING = ("YML101", "YML102", "YML103", "YML104", "YML105", "NBK101", "DAT101")
FAMILIES = {
    "skills": {"SKL"},
    "modules": {"MOD"},
    "lessons": {"LES"},
    "references": {"LES"},
    "times": {"LES"},
    "register": {"LES"},
    "media": {"LES"},
    "safety": {"SAF"},
    "notebooks": {"NBK"},
    "code": {"NBK"},
    "prose": {"NBK"},
    "translations": {"TRN"},
    "models": {"CAD"},
    "boards": {"MCU"},
    "scenarios": {"MCU"},
    "wiring": {"MCU"},
    "figures": {"MCU"},
    "wiring_supplies": {"MCU"},
    "nodes": {"SEN"},
    "data": {"DAT"},
    "privacy": {"SEN"},
}


def report(code: str, kind: str) -> str:
    repository, problems = load_repository(EXAMPLES / code / kind)
    found = soften_drafts(repository, [*problems, *check_repository(repository)])
    return render([problem for problem in found if problem.code == code], "plain", repository) + "\n"


@pytest.mark.parametrize("code", [*RULES, *LOADING])
def test_the_bad_example_is_reported_word_for_word(code):
    expected = (EXAMPLES / code / "expected.txt").read_text(encoding="utf-8")
    assert f" {code} " in expected
    assert report(code, "bad") == expected


@pytest.mark.parametrize("code", [*RULES, *LOADING])
def test_the_good_example_is_not_reported(code):
    assert report(code, "good").startswith("ok: ")


@pytest.mark.parametrize("code", [*RULES, *LOADING])
def test_good_examples_can_be_loaded(code):
    _, problems = load_repository(EXAMPLES / code / "good")
    assert not problems


def test_there_is_no_example_without_a_rule():
    assert {folder.name for folder in EXAMPLES.iterdir() if re.match(r"[A-Z]{3}\d{3}$", folder.name)} == {
        *RULES,
        *LOADING,
    }


@pytest.mark.parametrize(("code", "page"), pages().items())
def test_every_page_says_what_why_and_how(code, page):
    claim, _, rest = page.partition("\n")
    assert re.fullmatch(rf"{code}: [a-z\"A-Z].*\.", claim)
    assert re.search(r"^Why: \S.*?^Bad:\n {4}\S.*?^Good:\n {4}\S", rest, flags=re.MULTILINE | re.DOTALL)
    assert explain(code.lower()) == page
    assert claim in explain_all()


def test_every_code_is_used_once():
    assert not RULES.keys() & REPORTED_ELSEWHERE.keys()
    assert len(set(RULES.values())) == len(RULES) >= 55


@pytest.mark.parametrize(("code", "rule"), RULES.items())
def test_a_rule_lies_with_its_family(code, rule):
    assert rule.__doc__.startswith(f"{code}: ")
    assert code[:3] in FAMILIES[rule.__module__.rpartition(".")[2]]


@pytest.mark.parametrize("folder", sorted(EXAMPLES.glob("*/*/")), ids=lambda folder: "/".join(folder.parts[-2:]))
def test_no_rule_stumbles_over_another_rules_example(folder):
    repository, _ = load_repository(folder)
    check_repository(repository)


def test_the_command_prints_what_the_example_expects(makerwagen):
    done = makerwagen("check", "--select", "LES103", str(EXAMPLES / "LES103/bad"))
    assert done.stdout == (EXAMPLES / "LES103/expected.txt").read_text(encoding="utf-8")
    assert done.returncode == 1

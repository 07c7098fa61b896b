import datetime

import pytest

from makerwagen.load.yaml_reader import YamlProblemError, read_yaml


def problem_in(text: str) -> str:
    with pytest.raises(YamlProblemError) as caught:
        read_yaml("a.yml", text)
    return str(caught.value.problem)


def test_every_key_knows_its_line():
    data, source = read_yaml("a.yml", "title: x\nneeds:\n  - one\n  - two: 2\n")
    assert data == {"title": "x", "needs": ["one", {"two": 2}]}
    assert str(source.place("needs", 1, "two")) == "a.yml:4"


def test_an_unknown_key_is_placed_at_the_nearest_key_above():
    _, source = read_yaml("a.yml", "title: x\nminutes:\n  work: 3\n")
    assert str(source.place("minutes", "tidy")) == "a.yml:2"


@pytest.mark.parametrize("word", ["no", "on", "yes", "12:30", "1e3", "0o7", "0x1F", "1_000", "=", "<<"])
def test_words_of_old_yaml_stay_words(word):
    assert read_yaml("a.yml", f"a: {word}\n")[0] == {"a": word}


def test_plain_values_have_their_types_and_quoted_ones_stay_text():
    data, _ = read_yaml("a.yml", "a: 1\nb: 1.5\nc: true\nd: null\ne: 2026-11-22\nf: '1'\ng: \"true\"\nh: -3\n")
    assert data == {
        "a": 1, "b": 1.5, "c": True, "d": None, "e": datetime.date(2026, 11, 22), "f": "1", "g": "true", "h": -3,
    }  # fmt: skip


def test_broken_indentation_names_the_line():
    assert problem_in("a:\n  b: 1\n c: 2\n").startswith("a.yml:3: YML101 not valid YAML")


def test_a_key_written_twice_is_reported_on_its_second_line():
    assert problem_in("a: 1\nb: 2\na: 3\n") == "a.yml:3: YML102 'a' is here twice; keep one of them"


def test_aliases_that_explode_are_refused_before_they_are_expanded():
    bomb = 'a: &a ["x","x"]\n' + "".join(
        f"{new}: &{new} [{', '.join(['*' + old] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert problem_in(bomb) == "a.yml:1: YML103 anchor or alias 'a' is not allowed; write the value out"


def test_an_asterisk_in_text_is_no_alias():
    assert read_yaml("a.yml", "a: 'x * y'\nb: Das & das *gut*\n")[0]["b"] == "Das & das *gut*"


def test_deep_nesting_ends_with_a_message():
    assert "YML104 nested deeper" in problem_in("a: " + "[" * 50 + "]" * 50)


def test_a_huge_file_is_refused():
    assert "YML104 file is larger" in problem_in("a: " + "x" * 1_000_001)


def test_a_date_that_does_not_exist_is_a_problem():
    assert "YML101 '2026-13-40' is no value" in problem_in("a: 2026-13-40\n")


def test_control_characters_are_a_problem():
    assert "YML101" in problem_in("a: \x00\n")


@pytest.mark.parametrize(
    "text",
    ["a: " + "[" * 100_000, "- " * 200_000, "? " * 200_000, "\n".join(" " * level + "a:" for level in range(1300))],
    ids=["brackets", "dashes", "questions", "indentation"],
)
def test_nesting_that_would_crash_the_yaml_library_ends_with_a_message(text):
    assert "YML104 nested deeper than 20 levels" in problem_in(text)


def test_a_long_file_with_many_short_lists_is_read():
    data, _ = read_yaml("a.yml", "".join(f"a{number}: [1, {{b: 2}}]\n" for number in range(2000)))
    assert data["a1999"] == [1, {"b": 2}]

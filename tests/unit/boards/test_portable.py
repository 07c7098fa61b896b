"""The portable judge reads events and text alone, and answers the same on CPython and MicroPython."""

import ast
from pathlib import Path

import pytest

from makerwagen.boards.portable import lines, words
from makerwagen.boards.portable.judge import judge, most_runs, schedule, spoken
from makerwagen.boards.portable.recording import Recording
from makerwagen.boards.portable.similar import distance, similar
from tests.both_pythons import PORTABLE, on_cpython, on_micropython

FILES = sorted((PORTABLE / "portable").glob("*.py"))
S = 1_000_000
EVENTS = [
    ["out", 0, "GP10", 0],
    ["pwm", 0, "GP16", 440, 0.5],
    ["print", 0, "Grad: 21.5\n"],
    ["out", S, "GP10", 1],
    ["pwm", S, "GP16", 0, 0.0],
    ["pixels", S, "ring", [[0, 0, 0], [200, 100, 0]]],
    ["display", 2 * S, "anzeige", {"texts": [[0, 8, "warm"], [0, 0, "23 C"]], "bits": ""}],
    ["angle", 2 * S, "servo", 45.5],
    ["message", 3 * S, "luft/innen", '{"co2": 800}'],
    ["out", 3 * S, "GP10", 0],
    ["end", 10 * S],
]
SOURCE = 'from machine import Pin\nrot = Pin(10, Pin.OUT)\nprint("ä", rot)\n'


def step(kind, **more):
    return {"kind": kind, "within": 0.2, "hint": "h", **more}


def scenario(*steps, seconds=10):
    parts = {"rot": {"label": "Rot"}, "ring": {"label": "Ring"}, "servo": {"label": "Servo"}}
    return {
        "seconds": seconds,
        "seed": 0,
        "parts": parts,
        "hints": {"h": ["Tipp eins.", "Zwei."]},
        "steps": list(steps),
    }


def wait(seconds):
    return {"kind": "wait", "seconds": seconds}


def press(value, part="taster"):
    return {"kind": "set-control", "part": part, "control": "pressed", "value": value, "usual": 0}


def pin(level, **more):
    return step("expect-pin", part="rot", pin="GP10", on=1, level=level, **more)


MET = [
    pin(1, within=2, lasts=[1, 3]),
    step("expect-frequency", pin="GP16", hz=[430, 450], **{"for": 0.5}),
    step("expect-frequency", pin="GP16", hz=[0, 0], within=2, **{"for": 5}),
    step("expect-duty", pin="GP16", percent=[45, 55]),
    step("expect-text", contains="GRAD", number=[20, 22]),
    step("expect-display", part="anzeige", contains="23 c warm", within=3),
    step("expect-pixels", part="ring", pixel=1, colour=[250, 125, 0], within=2),
    step("expect-pixels", part="ring", lit=[1, 1], within=2),
    step("expect-angle", part="servo", degrees=[40, 50], within=3),
    step("expect-message", topic="luft/innen", number=[700, 900], within=4),
    {"kind": "never-together", "parts": ["rot", None], "pins": ["GP10", "GP16"], "hint": "h"},
]
MISSED = [
    pin(1, within=0.5),
    pin(1, within=2, lasts=[3, 4]),
    step("expect-pin", pin="GP3", level=1),
    step("expect-frequency", pin="GP16", hz=[800, 900], **{"for": 0.5}),
    step("expect-duty", pin="GP16", percent=[80, 90]),
    step("expect-text", contains="Luft"),
    step("expect-display", part="anzeige", contains="kalt", within=3),
    step("expect-display", part="anderes", number=[1, 2]),
    step("expect-pixels", part="ring", pixel=7, colour=[0, 0, 255], within=2),
    step("expect-pixels", part="ring", lit=[5, 8], colour=[0, 255, 0], within=2),
    step("expect-angle", part="servo", degrees=[80, 100], within=3),
    step("expect-message", topic="luft/aussen", contains="x", within=4),
    {"kind": "never-together", "parts": ["rot", None], "pins": ["GP10", "GP10"], "hint": "h"},
]


@pytest.mark.parametrize("wanted", MET, ids=lambda each: each["kind"])
def test_a_step_that_is_met_passes(wanted):
    verdict = judge(scenario(wanted), EVENTS, SOURCE)
    assert verdict["passed"], verdict


@pytest.mark.parametrize("wanted", MISSED, ids=lambda each: each["kind"])
def test_a_step_that_is_missed_says_what_was_expected_and_what_happened(wanted):
    verdict = judge(scenario(wanted), EVENTS, SOURCE)
    assert not verdict["passed"]
    assert (verdict["hint_id"], verdict["hint"], verdict["step"]) == ("h", "Tipp eins.", 0)
    for words_said in (verdict["expected"], verdict["happened"]):
        assert words_said[0].isupper() or words_said[0] in "„0123456789"
        assert words_said.endswith(".")
        assert ".." not in words_said


def test_a_line_that_only_makes_a_pin_is_told_as_where_the_name_comes_from():
    twice = SOURCE + "rot.on()\nrot.off()\n"
    verdict = judge(scenario(pin(1, within=0.5)), EVENTS, twice)
    assert (verdict["line"], verdict["about"]) == (2, "rot")
    assert spoken(verdict).startswith("Noch nicht. Es geht um rot aus Zeile 2.")
    verdict = judge(scenario(pin(1, within=0.5)), EVENTS, SOURCE + "rot.on()\n")
    assert spoken(verdict).startswith("Noch nicht. Schau in Zeile 4.")


@pytest.mark.parametrize(("lit", "told"), [([1, 1], "1 Licht leuchtet."), ([3, 3], "3 Lichter leuchten.")])
def test_one_light_is_told_as_one(lit, told):
    dark = [["pixels", 0, "ring", [[0, 0, 0]] * 4], ["end", S]]
    assert judge(scenario(step("expect-pixels", part="ring", lit=lit)), dark, "")["expected"] == told


def test_code_in_front_of_a_sentence_keeps_its_small_letters():
    verdict = judge(scenario(), [["error", 0, "BoardError", "duty_u16 geht von 0 bis 65535", 1]], "x")
    assert verdict["happened"] == "duty_u16 geht von 0 bis 65535."


def test_what_a_program_says_cannot_move_a_terminals_cursor():
    said = [["print", 0, "\x1b[2Jweg\x07\n" + "x" * 5000], ["end", S]]
    missed = judge(scenario(step("expect-text", contains="da")), said, "")
    raised = judge(scenario(), [["error", 0, "ValueError", "\x1b]0;" + "y" * 5000, 1]], "x")
    for text in (missed["happened"], raised["happened"], raised["technical"], spoken(raised).replace("\n", "")):
        assert not [letter for letter in text if ord(letter) < 32]
        assert len(text) < 1000


def test_both_pythons_give_the_same_verdicts_and_schedules():
    wrong = "from machine import Pin\nübung = 3\nwhile True\n    print(„a“)\n"
    errors = [
        ["SyntaxError", "invalid syntax", 3],
        ["NameError", "name 'ubung' isn't defined", 2],
        ["TypeError", "unsupported types for __add__: 'str', 'int'", 4],
        ["IndentationError", "unindent doesn't match any outer indent level", 2],
        ["OSError", "110", 1],
        ["BoardError", "Der Pico hat keinen Pin GP40.", 1],
        ["Unheard", "", 0],
    ]
    cases = [[scenario(each), EVENTS, SOURCE, []] for each in MET + MISSED]
    cases += [[scenario(), [["error", 5, *error]], wrong, []] for error in errors]
    cases += [[scenario(pin(0)), [*EVENTS, ["note", 5, "GP10", "floating"]], SOURCE, []]]
    cases += [[scenario(MISSED[0]), EVENTS, SOURCE + "rot.on\n", []]]
    cases += [[scenario(pin(1, within=3), wait(0.4), press(1)), EVENTS, SOURCE, []]]
    here, there = on_cpython(cases), on_micropython(cases)
    for number, (one, other) in enumerate(zip(here, there, strict=True)):
        assert one == other, cases[number][0]


def test_controls_that_need_no_run_are_known_before_it():
    tap = scenario(wait(2), pin(0), press(1), wait(0.5), press(0), pin(1, within=4))
    assert schedule(tap, None, []) == [[2 * S, "taster", "pressed", 1], [2.5 * S, "taster", "pressed", 0]]


def test_a_press_that_waits_for_a_light_follows_the_run():
    wanted = scenario(pin(1, within=5), wait(0.4), press(1), wait(0.1), press(0), pin(0, within=5), wait(1), press(1))
    assert schedule(wanted, None, []) == []
    first = schedule(wanted, EVENTS, [])
    assert [us for us, *_ in first] == [1.4 * S, 1.5 * S, 4 * S]
    assert schedule(wanted, EVENTS, first) is None
    assert most_runs(wanted) >= 3


def test_a_press_right_after_a_light_comes_after_it():
    (at, *_) = schedule(scenario(pin(1, within=5), press(1)), EVENTS, [])[0]
    assert at > S


def test_presses_after_a_step_that_fails_change_nothing():
    wanted = scenario(pin(1, within=0.5), wait(5), press(1))
    assert schedule(wanted, EVENTS, [[5 * S, "taster", "pressed", 1]]) is None
    assert schedule(wanted, EVENTS, [[0.1 * S, "taster", "pressed", 1]]) == []


def test_a_text_printed_before_the_press_is_no_answer_to_it():
    said = [["print", S, "los\n"], ["end", 10 * S]]
    assert not judge(scenario(wait(2), press(1), wait(0.3), press(0), step("expect-text", contains="los")), said, "")[
        "passed"
    ]
    said.insert(1, ["print", int(2.1 * S), "los\n"])
    assert judge(scenario(wait(2), press(1), wait(0.3), press(0), step("expect-text", contains="los")), said, "")[
        "passed"
    ]


def test_what_happens_after_the_end_is_no_error():
    assert judge(scenario(), [["end", S], ["error", S, "ValueError", "x", 1]], "")["passed"]


def test_text_printed_in_pieces_at_once_is_one_line():
    recording = Recording([["print", 5, "2"], ["print", 5, "4.5\nx"], ["print", 9, "y\n"]], S)
    assert [text for _, _, text in recording.heard] == ["24.5", "x", "y"]


def test_numbers_are_written_and_read_in_german():
    assert [words.german(number) for number in (2.5, 10, 0.126, -3.1, -0.001)] == ["2,5", "10", "0,13", "-3,1", "0"]
    assert words.numbers_in("24,5 °C, -3 und 1.0; 10-4, CO2: 3.") == [24.5, -3, 1, 10, -4, 2, 3]
    assert words.either(["a", "b", "c"]) == "a, b und c"
    assert words.quoted("a\n" * 100).endswith(" …“")


def test_the_nearest_name_is_meant():
    assert similar("rott", ["rot", "gelb"]) == "rot"
    assert similar("pritn", ["print", "sprint"]) == "print"
    assert similar("Taster", ["taste", "taster"]) == "taster"
    assert similar("xyz", ["rot", "gelb"]) == ""
    assert similar("a", ["b", "c"]) == ""
    assert (distance("rot", "rto"), distance("", "abc"), distance("kitten", "sitting")) == (1, 3, 3)


@pytest.mark.parametrize(
    ("source", "pin_name", "line", "name"),
    [
        ("rot = Pin(10, Pin.OUT)\n", "GP10", 1, "rot"),
        ("\nrot = machine.Pin(10)\n", "GP10", 2, "rot"),
        ("rot = Pin('GP10')\n", "GP10", 1, "rot"),
        ("NR = 10\nrot = Pin(NR, Pin.OUT)\n", "GP10", 2, "rot"),
        ("rot = PWM(Pin(10))\n", "GP10", 1, "rot"),
        ("a = ADC(26)\n", "GP26", 1, "a"),
        ("lichter = [Pin(n) for n in (9, 10)]\n", "GP10", 1, ""),
        ("a, b = Pin(9), Pin(10)\n", "GP10", 1, ""),
        ("led = Pin('LED', Pin.OUT)\n", "LED", 1, "led"),
        ("# rot = Pin(10)\ntext = 'Pin(10)'\n", "GP10", 0, ""),
        ("rot = Pin(100)\n", "GP10", 0, ""),
    ],
)
def test_the_line_and_the_name_of_a_pin_are_found(source, pin_name, line, name):
    program = lines.read(source)
    assert (lines.line_making(program, pin_name), lines.name_of(program, pin_name)) == (line, name)


def test_names_given_by_a_program_are_found():
    source = "from a import b, c as d\nimport e\nf = 1\nfor g, h in x:\n    pass\ndef i(j):\n    k = j\nif l == 2:\n    pass\n"
    assert set(lines.given_names(lines.read(source))) == set("abcdefghijk")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_portable_files_import_nothing_but_each_other_and_json(path: Path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    guarded = {id(node) for part in ast.walk(tree) if isinstance(part, ast.If) for node in ast.walk(part)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom) and id(node) not in guarded:
            both_have_it = [alias.name for alias in node.names] == ["json"]
            assert both_have_it or (isinstance(node, ast.ImportFrom) and node.level == 1)

"""Rules about sensor nodes, case by case: what watches persons is found in exercises and lessons, and buses may be scanned."""

import pytest

from .conftest import code

BOARD = "# %%micropython board=pico-w\n"
NODE = "title: {de: Knoten}\nkind: node\nboard: pico\ntask: {de: Miss.}\n"
FOLDER = "microcontroller/exercises/node-x"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import network\nprint(network.WLAN().scan())\n", ["1:3 '.scan' looks for radios nearby"]),
        ("from ubluetooth import BLE\n", ["1:2 'ubluetooth' can find the devices of people nearby"]),
        ("import machine\nton = machine.I2S(0)\n", ["1:3 'I2S' can record"]),
        ("from machine import I2C\nbus = I2C(0)\nbus.scan()\nI2C(1).scan()\n", []),
        ("import machine\nbus = machine.SoftI2C(1, 2)\nbus.scan()\n", []),
        ("this is no Python\n", []),
    ],
)
def test_what_watches_persons_is_found_in_a_lessons_board_cells(cell_problems, source, found):
    assert cell_problems("SEN101", code(BOARD + source)) == found


def test_cells_that_run_on_no_board_are_not_this_rules_business(cell_problems):
    assert cell_problems("SEN101", code("folder.scan()\n")) == []


@pytest.mark.parametrize("name", ["main.py", "wrong/scans.py", "right/scans.py", "solution.py"])
def test_every_program_of_an_exercise_is_looked_at(problems_in, name):
    files = {f"{FOLDER}/exercise.yml": NODE, f"{FOLDER}/{name}": "wlan.scan()\n"}
    (problem,) = problems_in(files, "SEN101")
    assert (problem.place.path, problem.place.line) == (f"{FOLDER}/{name}", 1)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('Station("a", password="geheim")\n', ["'password' is written into the program"]),
        ('WLAN_PASSWORT = "geheim"\n', ["'WLAN_PASSWORT' is written into the program"]),
        ('wlan.connect(settings.WIFI, key="geheim")\n', ["'key' is written into the program"]),
        ('Station("a", password=settings.PASSWORD)\nPASSWORD = ""\nsorted(x, key=len)\n', []),
    ],
)
def test_passwords_in_a_nodes_program_are_found(problems_in, source, found):
    files = {f"{FOLDER}/exercise.yml": NODE, f"{FOLDER}/main.py": source}
    assert [problem.what for problem in problems_in(files, "SEN103")] == found


def test_only_nodes_must_say_how_far_to_trust_them(problems_in):
    files = {f"{FOLDER}/exercise.yml": NODE.replace("kind: node\n", "")}
    assert problems_in(files, "SEN102") == []
    assert len(problems_in({f"{FOLDER}/exercise.yml": NODE}, "SEN102")) == 2

from pathlib import Path

import pytest

from makerwagen.content.notebook import Cell, CellKind
from makerwagen.notebooks.executor import Executed, Job, execute, problem_of


def job(key: str, *sources: str, folder: Path = Path("/nonexistent"), **limits) -> Job:
    cells = tuple(Cell(number, f"cell-{number}", CellKind.CODE, text) for number, text in enumerate(sources, 1))
    return Job(key, f"lessons/{key}/lesson.de.ipynb", cells, folder, **limits)


@pytest.fixture(scope="module")
def results(root: Path, tmp_path_factory) -> dict[str, Executed]:
    folder = tmp_path_factory.mktemp("lesson")
    (folder / "data").mkdir()
    (folder / "data/a.txt").write_text("aus der Datei")
    network = "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9), 1)\nexcept OSError as e:\n    print(e.errno)"
    jobs = [
        job("prints", "x = 2\nprint('eins')\nprint('zwei')\nx + 1"),
        job("raises", "x = 1", "\n\n1 / 0", "never = 1"),
        job("misspelt", "def f(:\n    pass"),
        job("loops", "x = 1", "while True:\n    pass", timeout_s=2),
        job("sleeps", "import time\ntime.sleep(600)", timeout_s=2),
        job("eats", "x = bytearray(1_000_000_000)"),
        job("leaves", "import os\nos._exit(0)"),
        job("crashes", "import ctypes\nctypes.string_at(0)"),
        job("reads", "print(open('data/a.txt').read())\nopen('data/a.txt', 'w').write('anders')", folder=folder),
        job("first", "import json\njson.dumps = None\nshared = 1"),
        job("second", "import json\nprint(json.dumps(1), 'shared' in dir())"),
        job("spawns", "import subprocess\nsubprocess.Popen(['sleep', '61.25'])", timeout_s=20),
        job("random", "import random\nrandom.random()"),
        job("network", network),
        job("plot", "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.title('Plätze')\nplt.xlabel('Uhr')"),
    ]
    found = execute(jobs, root=root)
    assert (folder / "data/a.txt").read_text() == "aus der Datei"
    return found


def text_of(executed: Executed, cell: str = "cell-1") -> str:
    return "".join(output.get("text", "") for output in executed.outputs[cell])


def test_text_and_values_are_caught_in_order(results):
    stream, value = results["prints"].outputs["cell-1"]
    assert stream == {"output_type": "stream", "name": "stdout", "text": "eins\nzwei\n"}
    assert value["data"] == {"text/plain": "3"}


def test_a_raising_cell_ends_the_notebook_and_names_cell_and_line(results):
    failure = results["raises"].failure
    assert (failure.number, failure.line, failure.kind) == (2, 3, "raised")
    assert "cell-3" not in results["raises"].outputs
    assert str(problem_of("n.ipynb", failure)) == (
        "n.ipynb:cell 2:3: NBK201 ZeroDivisionError: division by zero; run the notebook top to bottom and mend this cell"
    )


def test_a_cell_that_does_not_parse_names_its_line(results):
    assert (results["misspelt"].failure.number, results["misspelt"].failure.line) == (1, 1)


@pytest.mark.parametrize("name", ["loops", "sleeps"])
def test_an_endless_cell_is_stopped_and_named(results, name):
    failure = results[name].failure
    assert failure.kind == "timeout"
    assert failure.number == (2 if name == "loops" else 1)
    assert "NBK202 the cell ran longer than 2 s; look for a loop that never ends" in str(problem_of("n.ipynb", failure))


def test_too_much_memory_is_said_to_be_that(results):
    failure = results["eats"].failure
    assert (failure.kind, failure.number) == ("memory", 1)
    assert "NBK203" in str(problem_of("n.ipynb", failure))


def test_ending_python_does_not_pass_for_success(results):
    assert results["leaves"].failure.kind == "crashed"
    assert results["crashes"].failure.message == "the process was ended by SIGSEGV"


def test_a_notebook_works_on_a_copy_of_its_data(results):
    assert text_of(results["reads"]) == "aus der Datei\n"


def test_one_notebook_cannot_change_the_next(results):
    assert text_of(results["second"]) == "1 False\n"


def test_programs_a_notebook_started_end_with_it(results):
    assert results["spawns"].failure is None
    running = [path for path in Path("/proc").glob("[0-9]*/cmdline") if b"61.25" in read(path)]
    assert not running


def read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def test_chance_is_the_same_each_time(results, root):
    again = execute([job("random", "import random\nrandom.random()")], root=root)
    assert again["random"].outputs == results["random"].outputs


def test_there_is_no_network(results):
    # 101 is "network is unreachable": the fork stands in an empty namespace where the system allows it.
    if text_of(results["network"]).strip() != "101":
        pytest.skip("this system does not allow network namespaces")


def test_a_plot_is_a_picture_with_a_description(results):
    *_, picture = results["plot"].outputs["cell-1"]
    assert picture["data"]["image/svg+xml"].lstrip().startswith("<?xml")
    assert picture["data"]["text/plain"] == "Diagramm: Plätze. Waagerecht: Uhr."

import ctypes
import json
import time
from pathlib import Path

import pytest

from makerwagen.content.notebook import Cell, CellKind
from makerwagen.notebooks.executor import Executed, Job, execute, problem_of
from makerwagen.notebooks.warm import events


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


LANDLOCK = ctypes.CDLL(None).syscall(444, None, 0, 1)
DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in range(3, 256):
            try:
                os.close(number)
            except OSError:
                pass
        os.execvp("sleep", ["sleep", "61.75"])
    os._exit(0)
time.sleep(0.3)
"""
FLOOD = """
import os, stat
pipe = next(number for number in range(3, 64) if os.path.exists(f"/proc/self/fd/{number}") and stat.S_ISFIFO(os.fstat(number).st_mode))
while True:
    os.write(pipe, b"x" * 60_000)
"""


@pytest.fixture(scope="module")
def hostile(root: Path, tmp_path_factory) -> tuple[dict[str, Executed], Path]:
    """What comes of notebooks that do harm, two at once, beside one that does none."""
    checkout = tmp_path_factory.mktemp("checkout")
    (checkout / "lesson.yml").write_text("title: Räder")
    lesson = tmp_path_factory.mktemp("linked")
    (lesson / "data").mkdir()
    (lesson / "data/everything").symlink_to("/usr")
    garbage = "import os\nfor number in range(3, 64):\n    try:\n        os.write(number, b'%s\\n')\n    except OSError:\n        pass"
    jobs = [
        job("deletes", f"import shutil\nshutil.rmtree({str(checkout)!r}, ignore_errors=True)"),
        job("overwrites", f"open({str(checkout / 'lesson.yml')!r}, 'w')"),
        job("garbage", garbage % "Quatsch", "1"),
        job("forges", garbage % json.dumps({"key": "honest", "outputs": {}, "failure": None})),
        job("number", garbage % "5", "1"),
        job("daemon", DAEMON, timeout_s=5),
        job("floods", FLOOD, timeout_s=20),
        job("links", "import os\nprint(os.listdir('data'))", folder=lesson),
        job("temporary", "import tempfile\nwith tempfile.TemporaryFile() as file:\n    print(file.write(b'abc'))"),
        job("honest", "print('ja')"),
    ]
    return execute(jobs, root=root), checkout


@pytest.mark.skipif(LANDLOCK < 1, reason="this Linux cannot confine a process to a folder")
def test_a_notebook_cannot_change_files_outside_its_folder(hostile):
    results, checkout = hostile
    assert (checkout / "lesson.yml").read_text() == "title: Räder"
    assert "PermissionError" in results["overwrites"].failure.message


def test_garbage_in_the_result_harms_only_the_notebook_that_writes_it(hostile):
    results, _ = hostile
    assert text_of(results["honest"]) == "ja\n"
    assert {results[key].failure.kind for key in ("garbage", "forges", "number")} == {"crashed"}


def test_endless_writing_into_the_result_is_stopped(hostile):
    assert hostile[0]["floods"].failure.message == "the notebook wrote without an end"


def test_a_program_in_a_session_of_its_own_ends_with_its_notebook(hostile):
    assert hostile[0]["daemon"].failure is None
    assert not [path for path in Path("/proc").glob("[0-9]*/cmdline") if b"61.75" in read(path)]


def test_links_are_not_followed_into_a_notebooks_folder(hostile):
    assert text_of(hostile[0]["links"]) == "[]\n"


def test_temporary_files_are_made_in_the_notebooks_folder(hostile):
    assert text_of(hostile[0]["temporary"]) == "3\n"


def test_a_cell_that_shoots_at_its_parent_harms_no_other_notebook(root):
    jobs = [job("shoots", "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)"), job("honest", "print('ja')")]
    results = execute(jobs, root=root)
    assert text_of(results["honest"]) == "ja\n"
    assert results["shoots"].failure.kind in {"raised", "crashed"}


@pytest.mark.parametrize(
    "line",
    [
        "x",
        "5",
        "[1]",
        '{"id": "a"}',
        '{"other": 1}',
        '{"outputs": []}',
        '{"failure": 1}',
        '{"id": "a", "outputs": [1]}',
    ],
)
def test_a_line_that_is_no_report_ends_the_reading(line):
    assert list(events(f'{{"start": 1}}\n{line}\n{{"start": 2}}\n'.encode())) == [{"start": 1}]


def test_a_notebook_ends_with_the_build_that_started_it(root, tmp_path):
    import subprocess
    import sys

    code = (
        "from pathlib import Path\nfrom tests.unit.notebooks.test_executor import job\n"
        "from makerwagen.notebooks.executor import execute\n"
        "execute([job('waits', 'import ctypes, time\\n"
        "ctypes.CDLL(None).prctl(15, b\"mw-waits-long\")\\ntime.sleep(50)')], root=Path('.'))"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=root)
    deadline = time.monotonic() + 30
    while not named("mw-waits-long") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert named("mw-waits-long")
    process.kill()
    process.wait()
    deadline = time.monotonic() + 5
    while named("mw-waits-long") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not named("mw-waits-long")


def named(name: str) -> list[Path]:
    return [path for path in Path("/proc").glob("[0-9]*/comm") if read(path).strip() == name.encode()]

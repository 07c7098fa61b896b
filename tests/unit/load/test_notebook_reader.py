import json

import pytest

from makerwagen.load.notebook_reader import read_notebook


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{not json", "not a notebook: Expecting property name"),
        ("[]", "it has no list of cells"),
        ('{"cells": 3}', "it has no list of cells"),
        ('{"cells": [], "nbformat": 3}', "notebook format 3 is not 4"),
        ('{"cells": [{}], "nbformat": 4}', "cell 1 has no known cell_type"),
        ('{"cells": [{"cell_type": "code", "source": 5}], "nbformat": 4}', "cell 1 has no text"),
        ("[" * 100_000, "not a notebook"),
    ],
)
def test_what_is_no_notebook_is_one_problem(text, says):
    notebook, problems = read_notebook("n.ipynb", "de", text)
    assert notebook is None
    assert [problem.code for problem in problems] == ["NBK101"]
    assert says in str(problems[0])


def test_cells_keep_number_id_tags_and_whether_they_have_outputs():
    raw = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "cells": [
            {"cell_type": "markdown", "id": "a", "metadata": {"tags": ["lines-4"]}, "source": ["Eins\n", "Zwei"]},
            {"cell_type": "code", "id": "b", "metadata": {}, "source": "1", "outputs": [{}], "execution_count": 7},
        ],
    }
    notebook, problems = read_notebook("n.ipynb", "de", json.dumps(raw))
    assert not problems
    first, second = notebook.cells
    assert (first.number, first.source, first.lines) == (1, "Eins\nZwei", 4)
    assert (second.id, second.outputs, second.execution_count) == ("b", 1, 7)


def test_a_number_longer_than_python_reads_is_a_problem():
    _, [problem] = read_notebook("n.ipynb", "de", '{"nbformat": 4, "cells": [], "metadata": {"x": ' + "9" * 5000 + "}}")
    assert str(problem) == "n.ipynb: NBK101 not a notebook: a number in it is too long; save it again in JupyterLab"


def test_half_a_character_is_a_problem_and_a_whole_one_is_not():
    cell = '{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "%s"}'
    text = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [' + cell + "]}"
    _, [problem] = read_notebook("n.ipynb", "de", text % "\\ud83d")
    assert "NBK101 not a notebook: it holds half a character" in str(problem)
    notebook, problems = read_notebook("n.ipynb", "de", text % "\\ud83d\\udca1")
    assert not problems and notebook.cells[0].source == "💡"

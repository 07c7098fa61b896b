"""Rules about cells, case by case."""

import pytest

from .conftest import code, markdown

HINTS = 'hints=["Schau.", "Denk.", "Mach."]'
BODY = "def _():\n    return raeder == 4, str(raeder)\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("### BEGIN SOLUTION\nx = 1\n### END SOLUTION", []),
        ("### BEGIN SOLUTION\nx = 1", ["1:1 a solution begins that never ends"]),
        ("x = 1\n### END SOLUTION", ["1:2 a solution ends that never began"]),
        (
            "### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION",
            ["1:2 a solution begins inside the one of line 1"],
        ),
        (
            "if x:\n    ### BEGIN SOLUTION\n    y = 1\n### END SOLUTION",
            ["1:4 END SOLUTION is not indented as BEGIN SOLUTION in line 2"],
        ),
        ("#### begin solution\nx = 1", ["1:1 '#### begin solution' is not a mark"]),
        ("# Die Lösung beginnt hier.\nx = 1", []),
    ],
)
def test_marks_of_solutions(cell_problems, source, expected):
    assert cell_problems("NBK105", code(source)) == expected


def test_a_mark_in_text_is_reported(cell_problems):
    assert cell_problems("NBK105", markdown("### BEGIN SOLUTION\nVier.\n### END SOLUTION"))[0].startswith("1:1 ")


@pytest.mark.parametrize(
    "source", ["%time x = 1", "!ls", "x = !ls", "print?", "%%bash\nls", "for i in y:\n    %time x"]
)
def test_a_magic_is_reported_once_and_by_its_own_rule(cell_problems, source):
    assert len(cell_problems("NBK121", code(source))) == 1
    assert cell_problems("NBK106", code(source)) == []


@pytest.mark.parametrize("source", ["x = 7 \\\n    % 3", 'text = """\n%time\n!ls\n"""', "# %%micropython\nx = 1", ""])
def test_what_only_looks_like_a_magic_is_python(cell_problems, source):
    assert cell_problems("NBK121", code(source)) == cell_problems("NBK106", code(source)) == []


def test_an_error_below_a_magic_is_found(cell_problems):
    assert cell_problems("NBK106", code("!ls\nfor x in y\n    x")) == ["1:2 not valid Python: expected ':'"]


@pytest.mark.parametrize("source", ["x = '\0'", "(" * 300 + ")" * 300, "-" * 5000 + "1"])
def test_odd_programs_are_reported_not_raised(cell_problems, source):
    assert len(cell_problems("NBK106", code(source))) <= 1


def test_a_good_check_is_not_reported(cell_problems):
    source = f'from makerwagen.learn import check\n\n@check("rad", {HINTS})\n{BODY}'
    for rule in ("NBK112", "NBK123"):
        assert cell_problems(rule, code(source, "check", "hide-input")) == []


@pytest.mark.parametrize(
    ("source", "tags", "expected"),
    [
        (f"task = 'rad'\n@check(task, {HINTS})\n{BODY}", ("check",), "1:2 the check has no task id"),
        (f'@check("rad")\n{BODY}', ("check",), "1:1 the check has no list of 3 hints"),
        (f'@check("rad", hints=[])\n{BODY}', ("check",), "1:1 the check has 0 hints, 3 are asked for"),
        (f'@check("rad", {HINTS})\n{BODY}', (), "1:1 the cell uses @check, but is not tagged 'check'"),
        ("assert raeder == 4", ("check",), "1:0 the cell is tagged 'check', but uses no @check(…)"),
    ],
)
def test_a_check_that_is_not_well_made_is_reported(cell_problems, source, tags, expected):
    assert cell_problems("NBK112", code(source, *tags)) == [expected]


def test_a_check_without_import_is_reported(cell_problems):
    assert cell_problems("NBK123", code(f'@check("rad", {HINTS})\n{BODY}', "check")) == [
        "1:1 uses @check, which no cell above imports"
    ]


@pytest.mark.parametrize(
    ("target", "word"),
    [
        ("http://example.org", "asks for 'http:'"),
        ("HTTP://example.org", "asks for 'HTTP:'"),
        ("javascript:alert(1)", "asks for 'javascript:'"),
        ("data:text/html,x", "asks for 'data:'"),
        ("//example.org/x", "asks for '//'"),
        ("../other/lesson.yml", "leaves the lesson's folder"),
        ("/etc/passwd", "leaves the lesson's folder"),
        ("%2e%2e/x", "leaves the lesson's folder"),
        ("nothing.csv", "leads to no file"),
    ],
)
def test_a_link_that_leads_astray_is_reported(cell_problems, target, word):
    [problem] = cell_problems("NBK109", markdown(f"[da]({target})"))
    assert word in problem


@pytest.mark.parametrize("target", ["https://example.org", "mailto:wagen@example.org", "#raeder", "lesson.yml#L1"])
def test_a_link_that_leads_somewhere_is_fine(cell_problems, target):
    assert cell_problems("NBK109", markdown(f"[da]({target})")) == []


def test_a_picture_from_the_net_is_reported(cell_problems):
    assert len(cell_problems("NBK109", markdown("![Ein Rad mit Speichen](https://example.org/rad.png)"))) == 1


@pytest.mark.parametrize("source", ["`<b>`", "```\n<b>\n```", "3 < 4 und 5 > 4", "<https://example.org>", r"\<b\>"])
def test_what_only_looks_like_html_is_text(cell_problems, source):
    assert cell_problems("NBK110", markdown(source)) == []


@pytest.mark.parametrize(
    "source", ["<b>Rad</b>", "<!-- Rad -->", "Ein <script>alert(1)</script> Rad", "<div>\n\nRad\n\n</div>"]
)
def test_html_is_reported(cell_problems, source):
    assert cell_problems("NBK110", markdown(source))


@pytest.mark.parametrize("tag", ["lines-0", "lines-100", "lines-", "teacher ", "Teacher", "lines-3\n"])
def test_an_unknown_tag_is_reported(cell_problems, tag):
    assert len(cell_problems("NBK104", markdown("Zähle.", tag))) == 1


@pytest.mark.parametrize("id", ["", "das Rad", "a" * 65, "rad\n", "räder"])
def test_a_cell_id_that_is_no_id_is_reported(cell_problems, id):
    assert len(cell_problems("NBK103", markdown("Zähle.", id=id))) == 1

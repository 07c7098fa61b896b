"""Rules about code cells: they parse, solutions are marked, checks are well made."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

from makerwagen.checks.cells import code_cells, notebooks
from makerwagen.checks.python_source import Wrong, tree_of
from makerwagen.content.notebook import Cell, CellKind
from makerwagen.content.repository import Repository
from makerwagen.content.versions import for_teachers_only, student_source
from makerwagen.content.words import CellTag
from makerwagen.problems import Problem

MARKER = re.compile(r"^(?P<indent>\s*)### (?P<word>BEGIN|END) SOLUTION\s*$")
ALMOST_MARKER = re.compile(r"^\s*#+\s*(begin|end)[\s_-]*(of[\s_-]*)?(the[\s_-]*)?solutions?\b", re.IGNORECASE)
MAGIC = re.compile(r"^(\s*)[%!?].*$|^(\s*)[\w.]+\?{1,2}\s*$|^(\s*)\w+\s*=\s*[%!]\S.*$")
SOLUTION_WORD = re.compile(r"#.*\b(Lösung|Loesung|Solution)\s*:", re.IGNORECASE)
HINTS = 3
LEARN = "makerwagen.learn"


def solution_marks_are_balanced(repository: Repository) -> Iterator[Problem]:
    """NBK105: BEGIN SOLUTION and END SOLUTION come in pairs, spelt exactly, equally indented, in code cells.

    Why: The student's version is made by cutting out what stands between them; a missing mark shows the solution.
    Bad:
        # BEGIN SOLUTION
        loch_mm = 4
    Good:
        ### BEGIN SOLUTION
        loch_mm = 4
        ### END SOLUTION
    """
    for _, notebook in notebooks(repository):
        for cell in notebook.cells:
            if "solution" not in cell.source.lower():
                continue
            for line, what, remedy in _marks(cell.source, in_code=cell.kind is CellKind.CODE):
                yield Problem(notebook.at(cell, line), "NBK105", what, remedy)


def code_cells_parse(repository: Repository) -> Iterator[Problem]:
    """NBK106: every code cell is valid Python, be it for the laptop or for the board.

    Why: The child would meet an error that is not its own.
    Bad:
        for i in range(3)
            print(i)
    Good:
        for i in range(3):
            print(i)
    """
    for notebook, cell in code_cells(repository):
        wrong = tree_of(cell.source)
        if isinstance(wrong, Wrong):
            wrong = tree_of(_without_magics(cell.source))
        if isinstance(wrong, Wrong):
            place = notebook.at(cell, wrong.line)
            yield Problem(place, "NBK106", f"not valid Python: {wrong.message}", "mend the line, or the one above it")


def student_cells_parse(repository: Repository) -> Iterator[Problem]:
    """NBK107: a code cell is still valid Python when its solution is cut out.

    Why: The student's version must run from top to bottom before the child has written anything.
    Bad:
        summe = (
        ### BEGIN SOLUTION
            1 + 2)
        ### END SOLUTION
    Good:
        summe = 0
        ### BEGIN SOLUTION
        summe = 1 + 2
        ### END SOLUTION
    """
    for notebook, cell in code_cells(repository):
        if (
            "### BEGIN SOLUTION" not in cell.source
            or for_teachers_only(cell)
            or list(_marks(cell.source, in_code=True))
        ):
            continue
        if isinstance(tree_of(cell.source), Wrong):
            continue
        wrong = tree_of(student_source(cell.source, notebook.lang))
        if isinstance(wrong, Wrong):
            what = f"without the solution it is not valid Python: {wrong.message} in line {wrong.line} of what is left"
            yield Problem(
                notebook.at(cell), "NBK107", what, "let the solution hold whole lines, with a start value before it"
            )


def checks_are_well_made(repository: Repository) -> Iterator[Problem]:
    """NBK112: a check cell uses @check with a task id of its own and three hints.

    Why: The id is how CI and the teacher's list name the task; hints go from "look here" to "do this" in three steps.
    Bad:
        @check("loch", hints=["Mach das Loch größer."])
    Good:
        @check("loch", hints=["Schau auf das Loch.", "Denk an die Schraube.", "Stell loch_mm auf 4."])
    """
    for _, notebook in notebooks(repository):
        tasks: dict[str, int] = {}
        for cell in notebook.cells:
            if cell.has(CellTag.CHECK) or (cell.kind is CellKind.CODE and "@check" in cell.source):
                for line, what, remedy in _check_faults(cell, tasks):
                    yield Problem(notebook.at(cell, line), "NBK112", what, remedy)


def cells_use_no_magics(repository: Repository) -> Iterator[Problem]:
    """NBK121: no cell uses IPython's magics or runs shell commands.

    Why: They are not Python, they do not work on every laptop, and a child cannot read them.
    Bad:
        !pip install numpy
    Good:
        import math
    """
    for notebook, cell in code_cells(repository):
        if isinstance(tree_of(cell.source), Wrong):
            for number, line in enumerate(cell.source.split("\n"), 1):
                if MAGIC.match(line):
                    place, what = notebook.at(cell, number), f"'{line.strip()[:40]}' is a magic or a shell command"
                    yield Problem(place, "NBK121", what, "write it in Python, or ask for it in the engine")


def comments_hold_no_solutions(repository: Repository) -> Iterator[Problem]:
    """NBK122: a comment that children see does not announce a solution (a warning).

    Why: "# Lösung: …" outside of the marks stays in the student's version.
    Bad:
        loch_mm = 0   # Lösung: 4
    Good:
        loch_mm = 0
        ### BEGIN SOLUTION
        loch_mm = 4
        ### END SOLUTION
    """
    for notebook, cell in code_cells(repository):
        if for_teachers_only(cell) or "l" not in cell.source.lower() or not SOLUTION_WORD.search(cell.source):
            continue
        for number, line in _outside_solutions(cell.source):
            if SOLUTION_WORD.search(line):
                place, what = notebook.at(cell, number), "a comment that children see announces a solution"
                yield Problem(place, "NBK122", what, "put it between BEGIN SOLUTION and END SOLUTION").as_warning()


def notebooks_import_the_learning_functions(repository: Repository) -> Iterator[Problem]:
    """NBK123: of the engine, notebooks import only `makerwagen.learn`, and what a check needs is imported.

    Why: Everything else of the engine may change from one version to the next.
    Bad:
        from makerwagen.learn.feedback import check
    Good:
        from makerwagen.learn import check
    """
    for _, notebook in notebooks(repository):
        imported = False
        for cell in notebook.of_kind(CellKind.CODE):
            if "makerwagen" in cell.source:
                tree = tree_of(cell.source)
                for line, module, names in _imports(tree) if isinstance(tree, ast.Module) else ():
                    imported |= module.startswith(LEARN) and bool(names & {"check", "*"})
                    if module.split(".")[0] == "makerwagen" and module != LEARN and names:
                        what = f"imports from '{module}'"
                        yield Problem(notebook.at(cell, line), "NBK123", what, f"import it from {LEARN}")
            if not imported and (line := _uses_check(cell.source)):
                what = "uses @check, which no cell above imports"
                yield Problem(notebook.at(cell, line), "NBK123", what, f"write 'from {LEARN} import check' before it")
                break


def _marks(source: str, *, in_code: bool) -> Iterator[tuple[int, str, str]]:
    found = [(number, mark) for number, line in enumerate(source.split("\n"), 1) if (mark := MARKER.match(line))]
    if not in_code:
        for number, mark in found:
            yield number, f"'{mark[0].strip()}' stands in text", "use the tag 'solution' for text"
        return
    for number, line in enumerate(source.split("\n"), 1):
        if ALMOST_MARKER.match(line) and not MARKER.match(line):
            yield number, f"'{line.strip()[:40]}' is not a mark", "write '### BEGIN SOLUTION' or '### END SOLUTION'"
    yield from _unpaired(found)


def _unpaired(marks: list[tuple[int, re.Match[str]]]) -> Iterator[tuple[int, str, str]]:
    begun: tuple[int, re.Match[str]] | None = None
    for number, mark in marks:
        if mark["word"] == "BEGIN":
            if begun:
                yield number, f"a solution begins inside the one of line {begun[0]}", "end that one before"
            begun = (number, mark)
        elif begun is None:
            yield number, "a solution ends that never began", "add '### BEGIN SOLUTION', or remove the line"
        else:
            if begun[1]["indent"] != mark["indent"]:
                yield (
                    number,
                    f"END SOLUTION is not indented as BEGIN SOLUTION in line {begun[0]}",
                    "indent both equally",
                )
            begun = None
    if begun:
        yield begun[0], "a solution begins that never ends", "add '### END SOLUTION'"


def _without_magics(source: str) -> str:
    lines = source.split("\n")
    if lines[0].startswith("%%"):
        return ""  # a cell magic: the rest may be any language
    return "\n".join(MAGIC.sub(lambda found: (found[1] or found[2] or found[3] or "") + "pass", line) for line in lines)


def _outside_solutions(source: str) -> Iterator[tuple[int, str]]:
    inside = False
    for number, line in enumerate(source.split("\n"), 1):
        mark = MARKER.match(line)
        if mark:
            inside = mark["word"] == "BEGIN"
        elif not inside:
            yield number, line


def _check_faults(cell: Cell, tasks: dict[str, int]) -> Iterator[tuple[int, str, str]]:
    if cell.kind is not CellKind.CODE:
        yield 0, f"the tag 'check' stands on a {cell.kind} cell", "put it on the code cell"
        return
    tree = tree_of(cell.source)
    if isinstance(tree, Wrong):
        return
    calls = list(_check_calls(tree))
    if cell.has(CellTag.CHECK) and not calls:
        yield 0, "the cell is tagged 'check', but uses no @check(…)", "write the check, or remove the tag"
    if calls and not cell.has(CellTag.CHECK) and not for_teachers_only(cell):
        yield (
            calls[0].lineno,
            "the cell uses @check, but is not tagged 'check'",
            "tag it, so that it stays off the sheet",
        )
    for call in calls:
        for what, remedy in _call_faults(call, tasks, cell.number):
            yield call.lineno, what, remedy


def _check_calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                if (
                    isinstance(decorator, ast.Call)
                    and isinstance(decorator.func, ast.Name)
                    and decorator.func.id == "check"
                ):
                    yield decorator


def _call_faults(call: ast.Call, tasks: dict[str, int], cell: int) -> Iterator[tuple[str, str]]:
    task = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    if not isinstance(task, str) or not task:
        yield "the check has no task id", 'write it as the first text: @check("eigener-name", …)'
    elif task in tasks:
        yield f"task '{task}' has a check already in cell {tasks[task]}", "give it another id"
    else:
        tasks[task] = cell
    hints = next((keyword.value for keyword in call.keywords if keyword.arg == "hints"), None)
    if not isinstance(hints, ast.List | ast.Tuple):
        yield f"the check has no list of {HINTS} hints", 'write hints=["Schau …", "Denk an …", "Mach …"]'
    elif len(hints.elts) != HINTS:
        has = f"{len(hints.elts)} {'hint' if len(hints.elts) == 1 else 'hints'}"
        yield f"the check has {has}, {HINTS} are asked for", "look here, think of this, do this"


def _imports(tree: ast.Module) -> Iterator[tuple[int, str, frozenset[str]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or "", frozenset(alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, frozenset({alias.name})


@lru_cache(maxsize=20_000)
def _uses_check(source: str) -> int:
    return next((number for number, line in enumerate(source.split("\n"), 1) if line.startswith("@check(")), 0)

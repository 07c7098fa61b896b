"""Turn results.json into the tables of README.md, so that no figure is typed by hand."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.goals import judged
from benchmarks.measuring import HERE

README, RESULTS = HERE / "README.md", HERE / "results.json"
BEGIN, END = "<!-- results -->", "<!-- end of results -->"
NOT_YET = "not measured yet"
TASKS = ("execute-plain", "execute-cad", "check-20", "check-100", "check-500", "build-cold", "site-cold")
TASKS += ("site-unchanged", "site-text", "site-code", "sheets", "judge-one", "judge-seats")
TASKS += ("models-sweep", "models-in-lab", "seats", "sensors")


def read_results(path: Path = RESULTS) -> dict:
    """Return what was measured, nothing before the first time."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {"machine": {}, "tasks": {}}


def write_tables(results: Mapping) -> None:
    """Rewrite the part of README.md between its two marks."""
    text = README.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    README.write_text(f"{before}{BEGIN}\n{tables(results)}\n{END}{after}", encoding="utf-8")


def tables(results: Mapping) -> str:
    """Return machine, goals and all figures as Markdown."""
    blocks = [facts(results["machine"]), "### Goals\n\n" + goals(results["tasks"])]
    blocks += [figures(name, results["tasks"].get(name)) for name in TASKS]
    return "\n\n".join(blocks)


def facts(machine: Mapping) -> str:
    """Return what was measured on what."""
    if not machine:
        return f"Machine: {NOT_YET}."
    ours, peers = (_versions(machine[key]) for key in ("packages", "peers"))
    when = f"Measured on {machine['date']} at commit {machine['commit']}"
    where = f"{machine['system']}, {machine['cores']} cores ({machine['processor']}), {machine['memory_gb']:g} GB"
    return "\n".join(
        [
            f"- {when}; load at the start {machine['load_at_start']}",
            f"- {where}, Python {machine['python']}, {machine['chromium'] or 'no Chromium'}",
            f"- Here: {ours}",
            f"- Peers: {peers or 'not installed'}",
        ]
    )


def goals(tasks: Mapping) -> str:
    """Return the goals with figure and verdict."""
    lines = [f"| {text} | {figure} | {verdict} |" for text, figure, verdict in judged(tasks)]
    return "\n".join(["| Goal | Measured | |", "| --- | --- | --- |", *lines])


def figures(name: str, task: Mapping | None) -> str:
    """Return one task's table."""
    if task is None:
        return f"### {name}\n\n{NOT_YET}"
    if task.get("table"):
        return "\n\n".join(filter(None, [f"### {task['title']}", table_of(task["table"]), task["note"]]))
    head = ["| | wall s | CPU s | largest process | wall, times the first |", "| --- | --- | --- | --- | --- |"]
    told = [task["note"], *(f"{row['who']}: {row['note']}." for row in task["rows"] if row["note"])]
    notes = [" ".join(told).strip()] if any(told) else []
    notes += [f"{row['who']} failed:\n\n```\n{row['failed']}\n```" for row in task["rows"] if row["failed"]]
    return "\n\n".join([f"### {task['title']}", "\n".join([*head, *_lines(task["rows"])]), *notes])


def table_of(rows: list[Mapping]) -> str:
    """Return figures that are no contest of programs."""
    head = f"| {' | '.join(rows[0])} |"
    return "\n".join(
        [head, "| --- " * len(rows[0]) + "|", *(f"| {' | '.join(map(str, row.values()))} |" for row in rows)]
    )


def _versions(packages: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in packages.items())


def _lines(rows: list[Mapping]) -> Iterator[str]:
    own = next((row["wall_s"]["median"] for row in rows if "wall_s" in row), None)
    for row in rows:
        if "wall_s" not in row:
            yield f"| {row['who']} | failed | | | |"
            continue
        ratio = f"{row['wall_s']['median'] / own:.1f}" if own else "–"
        memory = f"{row['memory_mb']['median']:.0f} MB"
        yield f"| {row['who']} | {_span(row['wall_s'])} | {_span(row['cpu_s'])} | {memory} | {ratio} |"


def _span(spread: Mapping[str, float]) -> str:
    return f"**{spread['median']:.2f}** ({spread['min']:.2f}–{spread['max']:.2f})"

"""The stand-in's answers: what the Opendatasoft Explore API v2.1 would say to a query over a pack's records."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from makerwagen.sensors.packs.explore_where import QueryError, Record, condition, unknown_field

MOST, MOST_GROUPS, DEEPEST_OFFSET = 100, 20_000, 10_000
USUAL = 10
AGGREGATE = re.compile(r"(count|sum|avg|min|max)\s*\(\s*(\*|`?\w+`?)\s*\)$", re.IGNORECASE)
ALIAS = re.compile(r"^(.*\S)\s+as\s+`?(\w+)`?$", re.IGNORECASE)
ORDER = re.compile(r"^`?(.+?)`?(?:\s+(asc|desc))?$", re.IGNORECASE)
Rows = list[dict[str, Any]]


class ParameterError(ValueError):
    """A parameter out of its range; its text is the portal's."""


@dataclass(frozen=True)
class Query:
    """What a request asks for; all texts as they came."""

    select: str = ""
    where: Sequence[str] = ()
    order_by: str = ""
    group_by: str = ""
    refine: Sequence[str] = ()
    exclude: Sequence[str] = ()


def answer(records: Iterable[Record], fields: Mapping[str, str], query: Query) -> Rows:
    """Return the rows that a query yields, before they are cut into pages; `fields` maps names to their types."""
    conditions = _conditions(query, fields)
    kept = [record for record in records if all(holds(record) for holds in conditions)]
    if query.group_by or _aggregates(query.select):
        rows = _grouped(kept, fields, query)
        return _ordered(rows, query.order_by, {name: "" for row in rows[:1] for name in row})
    ordered = _ordered([dict(record) for record in kept], query.order_by, fields)
    return _selected(ordered, fields, query.select)


def window(limit: str, offset: str, *, grouped: bool) -> tuple[int, int]:
    """Return limit and offset of a request; raise ParameterError in the portal's words."""
    most = MOST_GROUPS if grouped else MOST
    size = _whole(limit, "limit", USUAL, -1, most)
    start = _whole(offset, "offset", 0, 0, DEEPEST_OFFSET)
    if size > 0 and start + size > DEEPEST_OFFSET and not grouped:
        raise ParameterError(
            f"Invalid value for offset API parameter: offset + limit = {start + size} was found "
            f"but offset + limit <= {DEEPEST_OFFSET} is expected."
        )
    return (most if size == -1 else size), start


def _whole(text: str, name: str, usual: int, low: int, high: int) -> int:
    if text == "":
        return usual
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise ParameterError(f"Invalid value for {name} API parameter: {text} was found but an integer is expected.")
    if not low <= int(text) <= high:
        raise ParameterError(
            f"Invalid value for {name} API parameter: {text} was found but {low} <= {name} <= {high} is expected."
        )
    return int(text)


def _conditions(query: Query, fields: Mapping[str, str]) -> list[Callable[[Record], bool]]:
    found = [condition(text, fields) for text in query.where if text.strip()]
    for texts, wanted in ((query.refine, True), (query.exclude, False)):
        for text in texts:
            name, colon, value = text.partition(":")
            if not colon:
                raise QueryError(f"Invalid refine '{text}': expected field:value.")
            if name not in fields:
                raise unknown_field(name, "refine" if wanted else "exclude")
            found.append(_is_value(name, value.strip('"'), wanted=wanted))
    return found


def _is_value(name: str, value: str, *, wanted: bool) -> Callable[[Record], bool]:
    return lambda record: (str(record.get(name)) == value) is wanted


def _parts(text: str) -> list[tuple[str, str]]:
    """Return (expression, name in the answer) of a comma-separated list."""
    found = []
    for part in (part.strip() for part in text.split(",")):
        alias = ALIAS.match(part)
        expression, name = (alias[1], alias[2]) if alias else (part, part)
        found.append((expression.strip("`"), name.strip("`")))
    return [(expression, name) for expression, name in found if expression]


def _aggregates(select: str) -> bool:
    return any(AGGREGATE.match(expression) for expression, _ in _parts(select))


def _selected(rows: Rows, fields: Mapping[str, str], select: str) -> Rows:
    wanted: list[tuple[str, str]] = []
    for expression, name in _parts(select) or [("*", "*")]:
        if expression == "*":
            wanted += [(field, field) for field in fields]
        elif expression in fields:
            wanted.append((expression, name))
        else:
            raise unknown_field(expression, "select")
    return [{name: row.get(field) for field, name in wanted} for row in rows]


def _grouped(records: Sequence[Record], fields: Mapping[str, str], query: Query) -> Rows:
    keys = _parts(query.group_by)
    for field, _ in keys:
        if field not in fields:
            raise unknown_field(field, "group_by")
    wanted = [part for part in _parts(query.select) if part[0] not in dict(keys)]
    for expression, _ in wanted:
        _check_aggregate(expression, fields)
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(repr([record.get(field) for field, _ in keys]), []).append(record)
    if not keys and not groups:
        groups[""] = []
    return [
        {name: group[0].get(field) for field, name in keys}
        | {name: _aggregate(expression, group) for expression, name in wanted}
        for group in groups.values()
    ]


def _check_aggregate(expression: str, fields: Mapping[str, str]) -> None:
    found = AGGREGATE.match(expression)
    if found is None:
        raise unknown_field(expression, "select")
    function, field = found[1].lower(), found[2].strip("`")
    if field == "*" and function == "count":
        return
    if field not in fields:
        raise unknown_field(field, "select")
    allowed = ("integer", "number") if function in ("sum", "avg") else ("integer", "number", "time", "date")
    if function != "count" and fields[field] not in allowed:
        raise QueryError(
            "ODSQL query is malformed: StatAggregation only supports numeric or date expression. "
            "Clause(s) containing the error(s): select."
        )


def _aggregate(expression: str, group: Sequence[Record]) -> Any:
    found = AGGREGATE.match(expression)
    assert found is not None  # _check_aggregate has seen it
    function, field = found[1].lower(), found[2].strip("`")
    values: list[Any] = [record[field] for record in group if record.get(field) is not None]
    if function == "count":
        return len(group) if field == "*" else len(values)
    if not values:
        return None
    if function in ("min", "max"):
        return min(values) if function == "min" else max(values)
    return sum(values) / len(values) if function == "avg" else sum(values)


def _ordered(rows: Rows, order_by: str, fields: Mapping[str, str]) -> Rows:
    for part in reversed([part.strip() for part in order_by.split(",") if part.strip()]):
        found = ORDER.match(part)
        name, down = (found[1], (found[2] or "").lower() == "desc") if found else (part, False)
        if rows and name not in fields:
            raise unknown_field(name, "order_by")
        # Gaps come last, whichever way the rest is sorted.
        filled = [row for row in rows if row.get(name) is not None]
        filled.sort(key=lambda row: _sortable(row[name]), reverse=down)
        rows = filled + [row for row in rows if row.get(name) is None]
    return rows


def _sortable(value: Any) -> tuple[int, Any]:
    return (0, value) if isinstance(value, int | float) else (1, str(value))

"""YAML text to plain data, with the line of every key, and never more than the text deserves."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

import yaml

from makerwagen.content.typed import Key, Source
from makerwagen.problems import Place, Problem

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MAX_BYTES = 1_000_000
MAX_DEPTH = 20
# Composing what is nested thousands of levels deep ends the C library's stack and with it Python: such texts are
# looked through event by event first. Nesting takes brackets, indentation, or a row of dashes.
MANY_BRACKETS = 1000
DEEP = re.compile(r"^ {1000}|(?:[-?][ \t]+){50}", re.MULTILINE)
# YAML 1.2 core words only: in YAML 1.1 "no", "on" and 10:30 turn into something else behind the author's back.
CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}
INT = re.compile(r"[-+]?(0|[1-9]\d*)$")
FLOAT = re.compile(r"[-+]?\d+\.\d+$")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")


class YamlProblemError(Exception):
    """Carry the one problem that makes a file unreadable."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem for the loader."""
        super().__init__(str(problem))
        self.problem = problem


def read_yaml(path: str, text: str) -> tuple[Any, Source]:
    """Return the data in `text` and where each key stands; raise YamlProblemError when it cannot be read."""
    if len(text) > MAX_BYTES:
        raise _problem(path, 1, "YML104", "file is larger than 1 MB", "keep data in data/, not in YAML")
    try:
        _refuse_dangers(path, text)
        root = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(str(error.problem or error.context).split())
        line = mark.line + 1 if mark else 1
        raise _problem(path, line, "YML101", f"not valid YAML: {what}", "mend the indentation or quotes") from None
    except yaml.YAMLError as error:
        raise _problem(path, 1, "YML101", f"not valid YAML: {error}", "save the file as UTF-8 text") from None
    lines: dict[tuple[Key, ...], int] = {}
    data = _plain(root, path, (), lines) if root is not None else None
    return data, Source(path, lines)


def _problem(path: str, line: int, code: str, what: str, remedy: str) -> YamlProblemError:
    return YamlProblemError(Problem(Place(path, line=line), code, what, remedy))


def _refuse_dangers(path: str, text: str) -> None:
    # Only texts that could hold an alias or too many levels are scanned twice; nine nested aliases can stand for a
    # billion values.
    deep = text.count("[") + text.count("{") > MANY_BRACKETS or DEEP.search(text)
    if not deep and not re.search(r"[&*]", text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            name = getattr(event, "anchor", "")
            raise _problem(path, line, "YML103", f"anchor or alias '{name}' is not allowed", "write the value out")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH + 1:
            raise _too_deep(path, line)


def _too_deep(path: str, line: int) -> YamlProblemError:
    return _problem(path, line, "YML104", f"nested deeper than {MAX_DEPTH} levels", "flatten it")


def _plain(node: yaml.Node, path: str, keys: tuple[Key, ...], lines: dict[tuple[Key, ...], int]) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(keys, line)
    if len(keys) > MAX_DEPTH:
        raise _too_deep(path, line)
    if isinstance(node, yaml.MappingNode):
        return dict(_entries(node, path, keys, lines))
    if isinstance(node, yaml.SequenceNode):
        return [_plain(entry, path, (*keys, number), lines) for number, entry in enumerate(node.value)]
    assert isinstance(node, yaml.ScalarNode)
    return _scalar(node, path)


def _entries(
    node: yaml.MappingNode, path: str, keys: tuple[Key, ...], lines: dict[tuple[Key, ...], int]
) -> Iterator[tuple[Key, Any]]:
    seen: set[Key] = set()
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode):
            raise _problem(path, line, "YML101", "a key must be a word", "write key: value")
        key = key_node.value
        if key in seen:
            raise _problem(path, line, "YML102", f"'{key}' is here twice", "keep one of them")
        seen.add(key)
        lines[(*keys, key)] = line
        yield key, _plain(value_node, path, (*keys, key), lines)


def _scalar(node: yaml.ScalarNode, path: str) -> Any:
    value = node.value
    if node.style:  # quoted or a block; the C loader calls a plain scalar "", the Python one None
        return value
    if value in CONSTANTS:
        return CONSTANTS[value]
    try:
        if INT.match(value):
            return int(value)
        if FLOAT.match(value):
            return float(value)
        if DATE.match(value):
            return datetime.date.fromisoformat(value)
    except ValueError as error:
        line = node.start_mark.line + 1
        raise _problem(path, line, "YML101", f"'{value[:40]}' is no value: {error}", "mend it or quote it") from None
    return value

"""Constraints between parameters, computed without running anybody's Python."""

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

from makerwagen.content.model import Value
from makerwagen.errors import MakerwagenError

Binary = Callable[[Any, Any], Any]
ARITHMETIC: dict[type[ast.AST], Binary] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
COMPARISONS: dict[type[ast.AST], Binary] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
SIGNS: dict[type[ast.AST], Callable[[Any], Any]] = {
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
    ast.Not: operator.not_,
}
MAX_CHARACTERS = 300
LETTERS = "_letters"  # a constraint may ask how long a text is: text_letters
Names = Mapping[str, Any]


class ExpressionError(MakerwagenError):
    """Tell an author which piece of a constraint is not allowed or cannot be computed."""


def names_for_constraints(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values, and besides each text how many letters it has (`text` gives `text_letters`)."""
    return {**values, **{name + LETTERS: len(value) for name, value in values.items() if isinstance(value, str)}}


def holds(expression: str, names: Names) -> bool:
    """Say whether a condition such as `hole_mm + 4 <= height_mm` is true; raise ExpressionError when it cannot be read.

    Names, numbers, words in quotes, + - * /, comparisons and `and`, `or`, `not` are all there is: no calls, no
    attributes, no powers, so a constraint can neither run code nor take long.
    """
    tree = _parsed(expression)
    try:
        return bool(_value(tree, names))
    except (ArithmeticError, TypeError) as error:
        raise ExpressionError(f"'{expression}' cannot be computed: {error}") from None


def names_in(expression: str) -> frozenset[str]:
    """Return the parameters that a condition mentions; raise ExpressionError when it cannot be read."""
    return frozenset(node.id for node in ast.walk(_parsed(expression)) if isinstance(node, ast.Name))


def _parsed(expression: str) -> ast.expr:
    if len(expression) > MAX_CHARACTERS:
        raise ExpressionError(f"a constraint is longer than {MAX_CHARACTERS} characters; split it")
    try:
        return ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ExpressionError(f"'{expression}' is not a condition; write e.g. hole_mm + 4 <= height_mm") from None


def _value(node: ast.expr, names: Names) -> Any:
    match node:
        case ast.Constant(value=bool() | int() | float() | str() as value):
            return value
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Name(id=name):
            raise ExpressionError(f"there is no parameter '{name}'; the names are: {', '.join(sorted(names))}")
        case ast.BinOp() if type(node.op) in ARITHMETIC:
            return ARITHMETIC[type(node.op)](*_numbers(names, node.left, node.right))
        case ast.UnaryOp() if type(node.op) in SIGNS:
            return SIGNS[type(node.op)](_value(node.operand, names))
        case ast.BoolOp():
            wanted = isinstance(node.op, ast.Or)
            return wanted if any(bool(_value(part, names)) is wanted for part in node.values) else not wanted
        case ast.Compare():
            return _compared(node, names)
    raise ExpressionError(f"'{ast.unparse(node)}' is not allowed in a constraint; use numbers, names and comparisons")


def _numbers(names: Names, *nodes: ast.expr) -> list[int | float]:
    values = [_value(node, names) for node in nodes]
    if not all(isinstance(value, (int, float)) for value in values):
        raise ExpressionError(f"only numbers can be added or multiplied: '{ast.unparse(nodes[0])}'")
    return values


def _compared(node: ast.Compare, names: Names) -> bool:
    left = _value(node.left, names)
    for operation, right_node in zip(node.ops, node.comparators, strict=True):
        if type(operation) not in COMPARISONS:
            raise ExpressionError(f"'{ast.unparse(node)}' is not allowed in a constraint; use < <= > >= == !=")
        right = _value(right_node, names)
        if not COMPARISONS[type(operation)](left, right):
            return False
        left = right
    return True

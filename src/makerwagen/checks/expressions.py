"""Conditions between a model's parameters: plain arithmetic, worked out without ever running Python."""

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any

ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}
COMPARISON: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.In: lambda one, many: one in many,
    ast.NotIn: lambda one, many: one not in many,
}
FUNCTIONS: dict[str, Callable[..., Any]] = {"len": len, "min": min, "max": max, "abs": abs, "round": round}
Values = Mapping[str, Any]


class NotPlainError(Exception):
    """Say what in an expression is more than plain arithmetic."""


def names_in(expression: str) -> set[str]:
    """Return the parameters an expression speaks of; raise NotPlainError when it is more than plain arithmetic."""
    tree = _parse(expression)
    for node in ast.walk(tree):
        if not isinstance(node, PLAIN):
            raise NotPlainError(f"'{type(node).__name__}' is not plain arithmetic")
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and not (isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS):
            raise NotPlainError(f"only {', '.join(sorted(FUNCTIONS))} may be called")
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in called}


def holds(expression: str, values: Values) -> bool:
    """Return whether a plain expression is true for these values; raise NotPlainError when it cannot be worked out."""
    names_in(expression)
    try:
        return bool(_value(_parse(expression), values))
    except (TypeError, ValueError, ZeroDivisionError, OverflowError, KeyError, RecursionError) as error:
        raise NotPlainError(f"it cannot be worked out: {error}") from None


PLAIN = (
    ast.BoolOp | ast.And | ast.Or | ast.UnaryOp | ast.Not | ast.USub | ast.UAdd | ast.BinOp | ast.Compare | ast.Name
    | ast.Load | ast.Constant | ast.Call | ast.IfExp | ast.Tuple | ast.List | ast.Add | ast.Sub | ast.Mult | ast.Div
    | ast.FloorDiv | ast.Mod | ast.Lt | ast.LtE | ast.Gt | ast.GtE | ast.Eq | ast.NotEq | ast.In | ast.NotIn
)  # fmt: skip


def _parse(expression: str) -> ast.expr:
    try:
        return ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        message = error.msg if isinstance(error, SyntaxError) else str(error)
        raise NotPlainError(f"it is not valid Python: {message}") from None


def _value(node: ast.expr, values: Values) -> Any:
    work = WORK[type(node)]
    return work(node, values)


def _bool_op(node: ast.BoolOp, values: Values) -> Any:
    every = all if isinstance(node.op, ast.And) else any
    return every(_value(part, values) for part in node.values)


def _unary(node: ast.UnaryOp, values: Values) -> Any:
    value = _value(node.operand, values)
    if isinstance(node.op, ast.Not):
        return not value
    return -value if isinstance(node.op, ast.USub) else +value


def _binary(node: ast.BinOp, values: Values) -> Any:
    left, right = _value(node.left, values), _value(node.right, values)
    if isinstance(left, str) or isinstance(right, str):
        raise TypeError("text is no number")  # "a" * 10**9 would fill the memory
    return ARITHMETIC[type(node.op)](left, right)


def _compare(node: ast.Compare, values: Values) -> Any:
    left = _value(node.left, values)
    for sign, part in zip(node.ops, node.comparators, strict=True):
        right = _value(part, values)
        if not COMPARISON[type(sign)](left, right):
            return False
        left = right
    return True


def _if(node: ast.IfExp, values: Values) -> Any:
    return _value(node.body if _value(node.test, values) else node.orelse, values)


def _call(node: ast.Call, values: Values) -> Any:
    function = FUNCTIONS[node.func.id] if isinstance(node.func, ast.Name) else None
    if function is None or node.keywords:
        raise TypeError("only plain calls")
    return function(*(_value(part, values) for part in node.args))


WORK: dict[type[ast.expr], Callable[[Any, Values], Any]] = {
    ast.BoolOp: _bool_op,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _compare,
    ast.IfExp: _if,
    ast.Call: _call,
    ast.Name: lambda node, values: values[node.id],
    ast.Constant: lambda node, values: node.value,
    ast.Tuple: lambda node, values: tuple(_value(part, values) for part in node.elts),
    ast.List: lambda node, values: tuple(_value(part, values) for part in node.elts),
}

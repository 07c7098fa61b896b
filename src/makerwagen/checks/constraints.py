"""Reads a model's constraints: arithmetic and comparisons between parameters, and nothing else."""

import ast
from collections.abc import Mapping

from makerwagen.content.model import Value

LETTERS = "_letters"  # a constraint may ask how long a text is: text_letters
LONGEST = 300
PLAIN = (
    ast.BoolOp | ast.And | ast.Or | ast.UnaryOp | ast.Not | ast.USub | ast.UAdd
    | ast.BinOp | ast.Add | ast.Sub | ast.Mult | ast.Div
    | ast.Compare | ast.Lt | ast.LtE | ast.Gt | ast.GtE | ast.Eq | ast.NotEq
    | ast.Name | ast.Load | ast.Constant
)  # fmt: skip


class NotPlainError(Exception):
    """Say what in a constraint is more than plain arithmetic."""


def names_for_constraints(values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the values, and besides each text how many letters it has."""
    return {**values, **{name + LETTERS: len(value) for name, value in values.items() if isinstance(value, str)}}


def unknown_names(expression: str, names: Mapping[str, Value]) -> list[str]:
    """Return the names in a constraint that are no parameters; raise NotPlainError when it is no plain condition."""
    return sorted({node.id for node in ast.walk(_plain(expression)) if isinstance(node, ast.Name)} - set(names))


def holds(expression: str, names: Mapping[str, Value]) -> bool:
    """Return whether a constraint is true; raise NotPlainError when it cannot be worked out."""
    tree = _plain(expression)
    for node in ast.walk(tree):
        # Text times a number could fill the memory.
        if isinstance(node, ast.BinOp) and any(_is_text(part, names) for part in ast.walk(node)):
            raise NotPlainError("only numbers can be added or multiplied")
    try:
        # Nothing but names, constants and operators is left in the tree, so nobody's code can run here.
        return bool(eval(compile(ast.Expression(tree), "constraint", "eval"), {"__builtins__": {}}, dict(names)))
    except (ArithmeticError, TypeError, NameError, RecursionError) as error:
        raise NotPlainError(str(error)) from None


def _plain(expression: str) -> ast.expr:
    if len(expression) > LONGEST:
        raise NotPlainError(f"it is longer than {LONGEST} characters")
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise NotPlainError("it cannot be read") from None
    for node in ast.walk(tree):
        if not isinstance(node, PLAIN):
            words = ast.unparse(node) if isinstance(node, ast.expr) else type(node).__name__
            raise NotPlainError(f"'{words}' is not allowed")
    return tree


def _is_text(node: ast.AST, names: Mapping[str, Value]) -> bool:
    value = names.get(node.id) if isinstance(node, ast.Name) else getattr(node, "value", None)
    return isinstance(value, str | bytes)

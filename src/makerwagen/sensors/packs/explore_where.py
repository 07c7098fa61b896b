"""The part of ODSQL (the portal's query language) that lessons use: conditions over one record."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Record = Mapping[str, Any]
Condition = Callable[[Record], bool]

TOKEN = re.compile(
    r"""\s*(?:
        (?P<date>date\s*(?:'[^']*'|"[^"]*"))
      | (?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
      | (?P<number>[+-]?\d+(?:\.\d+)?(?![\w.]))
      | (?P<name>`[^`]+`|[^\W\d]\w*)
      | (?P<sign><=|>=|!=|<>|[=<>(),])
    )""",
    re.VERBOSE | re.IGNORECASE,
)
COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": lambda have, want: bool(have == want),
    "!=": lambda have, want: bool(have != want),
    "<>": lambda have, want: bool(have != want),
    "<": lambda have, want: bool(have < want),
    "<=": lambda have, want: bool(have <= want),
    ">": lambda have, want: bool(have > want),
    ">=": lambda have, want: bool(have >= want),
}
DEEPEST = 50


class QueryError(ValueError):
    """A query that the portal would refuse; its text is the portal's."""


def condition(text: str, fields: Mapping[str, str]) -> Condition:
    """Return a `where` clause as a function of a record; `fields` maps known names to their types."""
    parser = _Parser(list(_tokens(text)), fields)
    found = parser.either()
    if rest := parser.rest():
        raise QueryError(f"ODSQL query is malformed: unexpected '{rest[1]}'. Clause(s) containing the error(s): where.")
    return found


def unknown_field(name: str, clause: str) -> QueryError:
    """Return the portal's words for a field that does not exist."""
    return QueryError(f"ODSQL query is malformed: Unknown field: {name}. Clause(s) containing the error(s): {clause}.")


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    text = text.rstrip()
    while at < len(text):
        found = TOKEN.match(text, at)
        if found is None:
            raise QueryError(
                f"ODSQL query is malformed: cannot read '{text[at : at + 20]}'. "
                "Clause(s) containing the error(s): where."
            )
        at = found.end()
        kind = str(found.lastgroup)
        yield kind, found[kind]


class _Parser:
    """Reads tokens from left to right: or, and, not, brackets, comparison."""

    def __init__(self, tokens: list[tuple[str, str]], fields: Mapping[str, str]) -> None:
        self._tokens, self._fields, self._at, self._depth = tokens, fields, 0, 0

    def rest(self) -> tuple[str, str] | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def either(self) -> Condition:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError("ODSQL query is malformed: nested too deeply. Clause(s) containing the error(s): where.")
        parts = [self._both()]
        while self._word("or"):
            parts.append(self._both())
        self._depth -= 1
        return lambda record: any(part(record) for part in parts)

    def _both(self) -> Condition:
        parts = [self._one()]
        while self._word("and"):
            parts.append(self._one())
        return lambda record: all(part(record) for part in parts)

    def _one(self) -> Condition:
        negated = False
        while self._word("not"):
            negated = not negated
        if self._sign("("):
            inner = self.either()
            self._expect(")")
        else:
            inner = self._comparison()
        return (lambda record: not inner(record)) if negated else inner

    def _comparison(self) -> Condition:
        kind, name = self._take("a field")
        if kind != "name":
            raise self._wrong("a field", name)
        name = name.strip("`")
        if name not in self._fields:
            raise unknown_field(name, "where")
        if self._word("is"):
            wanted = not self._word("not")
            if not self._word("null"):
                raise self._wrong("null", self._shown())
            return lambda record: (record.get(name) is None) is wanted
        negated = self._word("not")
        if self._word("in"):
            found = self._member(name)
        elif self._word("like"):
            found = _like(name, str(self._literal()))
        elif not negated and (sign := self.rest()) and sign[0] == "sign" and sign[1] in COMPARE:
            self._at += 1
            found = _compared(name, sign[1], self._literal())
        else:
            raise self._wrong("a comparison", self._shown())
        return (lambda record: not found(record)) if negated else found

    def _member(self, name: str) -> Condition:
        self._expect("(")
        wanted = [self._literal()]
        while self._sign(","):
            wanted.append(self._literal())
        self._expect(")")
        return lambda record: record.get(name) in wanted

    def _literal(self) -> Any:
        kind, text = self._take("a value")
        if kind == "number":
            return float(text) if "." in text else int(text)
        if kind == "date":
            return re.sub(r"^date\s*", "", text, flags=re.IGNORECASE)[1:-1]
        if kind == "text":
            return re.sub(r"\\(.)", r"\1", text[1:-1])
        if text.lower() in ("true", "false"):
            return text.lower() == "true"
        raise self._wrong("a value in quotes", text)

    def _take(self, what: str) -> tuple[str, str]:
        if (token := self.rest()) is None:
            raise self._wrong(what, "the end")
        self._at += 1
        return token

    def _word(self, word: str) -> bool:
        return self._skip(("name", word))

    def _sign(self, sign: str) -> bool:
        return self._skip(("sign", sign))

    def _skip(self, wanted: tuple[str, str]) -> bool:
        token = self.rest()
        if token is None or (token[0], token[1].lower()) != wanted:
            return False
        self._at += 1
        return True

    def _expect(self, sign: str) -> None:
        if not self._sign(sign):
            raise self._wrong(f"'{sign}'", self._shown())

    def _shown(self) -> str:
        token = self.rest()
        return token[1] if token else "the end"

    @staticmethod
    def _wrong(wanted: str, found: str) -> QueryError:
        return QueryError(
            f"ODSQL query is malformed: expected {wanted}, found '{found}'. Clause(s) containing the error(s): where."
        )


def _compared(name: str, sign: str, wanted: Any) -> Condition:
    compare = COMPARE[sign]

    def holds(record: Record) -> bool:
        have = record.get(name)
        if have is None:
            return False
        if isinstance(have, str) != isinstance(wanted, str):
            return sign in ("!=", "<>")
        try:
            return compare(have, wanted)
        except TypeError:
            return False

    return holds


def _like(name: str, words: str) -> Condition:
    """Hold where every word of the pattern begins a word of the text, whatever its case; % stands for anything."""
    patterns = [word.lower().split("%") for word in words.split()]
    return lambda record: all(_fits(str(record.get(name) or "").lower(), parts) for parts in patterns)


def _fits(text: str, parts: list[str]) -> bool:
    """Say whether the parts follow one another in a text, the first at the beginning of a word."""
    first, *rest = parts
    # The earliest place leaves the most room for what follows, so no other need be tried.
    starts = (found.start() for found in re.finditer(r"\b\w|^", text) if text.startswith(first, found.start()))
    at = next(starts, -1) if first else 0
    if at < 0:
        return False
    at += len(first)
    for part in rest:
        at = text.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True

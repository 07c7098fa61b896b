"""How generators write their records: as the portal's answer, or as a table."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

Record = dict[str, Any]


def as_answer(records: Sequence[Record], note: str) -> str:
    """Return records as an answer of the Explore API, one record a line, with a note that nobody measured them."""
    lines = ",\n".join(f"  {json.dumps(record, ensure_ascii=False)}" for record in records)
    head = f' "note": {json.dumps(note, ensure_ascii=False)},\n "total_count": {len(records)},\n'
    return f'{{\n{head} "results": [\n{lines}\n ]\n}}\n'


def as_table(header: str, rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV; what stands between the names in `header` also stands between the values."""
    separator = ";" if ";" in header else ","
    lines = [header, *(separator.join(str(value) for value in row) for row in rows)]
    return "\n".join(lines) + "\n"

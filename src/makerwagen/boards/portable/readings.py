"""What a sensor node sends: its readings, each once, however often the node sends it again."""

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Reading = tuple[int, str, str, float]

# makerwagen/<node>/<property>, as sensors/protocol.py has it
ROOT = "makerwagen"


def readings_in(heard: "list[tuple[int, str | None, str]]") -> "list[Reading]":
    """Return (us, property, unit, value) of each reading, when it was first sent; what is no reading is left out."""
    found: list[Reading] = []
    known = []
    for us, topic, text in heard:
        parts = topic.split("/") if topic else []
        if len(parts) != 3 or parts[0] != ROOT:
            continue
        data = _data(text)
        value = data.get("v")
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            continue
        name = [parts[1], data.get("b"), data.get("n")]
        if name not in known:
            known.append(name)
            found.append((us, parts[2], str(data.get("u", "")), float(value)))
    return found


def _data(text: str) -> "dict[str, Any]":
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}

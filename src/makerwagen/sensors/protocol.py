"""The messages between sensor nodes and hub: read, checked, and answered.

Topic `makerwagen/<node>/<property>`, QoS 1, answered on `makerwagen-ack/<node>`. Payload: JSON with `b` (the node's
random number of this start), `n` (running number in it), `v` (value), `u` (unit), `a` (age in seconds when sent), and,
if given, `t` (the node's own clock, seconds since 1970), `s` (1 = simulated) and `g` (1 = the age is a guess: the node
was off in between). Node, `b` and `n` name an observation, however often it is sent.

Answer: `{"b": …, "n": [stored]}`, or `{"b": …, "x": [refused], "w": why}`: a node forgets both, and tells the second.
"""

import contextlib
import json
import math
import re
from dataclasses import dataclass
from typing import Any

from makerwagen.sensors.properties import PROPERTIES

ROOT = "makerwagen"
READINGS = f"{ROOT}/+/+"
ACKNOWLEDGED = "makerwagen-ack"
MOST_BYTES = 256
NODE = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
LONGEST_NODE = 40
# Whoever is called so measures nothing, even if its messages forget to say so.
SIMULATED_NODE = "sim-"
MOST_BOOT, MOST_NUMBER = 2**32 - 1, 2**53
# A node keeps what it could not send; a week of it is more than any of our flash memories hold.
OLDEST_S = 7 * 24 * 3600.0
# A node's own clock may differ so much from ours before we no longer believe it.
CLOCK_TOLERANCE_S = 60.0


class MessageError(ValueError):
    """A message that is no reading; its text says what is wrong, in German, for the page of the hub.

    `sender` is (node, boot, number) where they can be read, so that the node can be told.
    """

    sender: tuple[str, int, int] | None = None

    def __init__(self, text: str) -> None:
        """Keep the text; what in it cannot be written down (half a character from a message) becomes a ?."""
        super().__init__(text.encode("utf-8", "replace").decode())


@dataclass(frozen=True)
class Reading:
    """One value as a node sent it; `age_s` is its age when it was sent, `own_time` the node's clock if it has one."""

    node: str
    boot: int
    number: int
    observed: str
    value: float
    age_s: float = 0.0
    own_time: float | None = None
    simulated: bool = False
    guessed: bool = False


@dataclass(frozen=True)
class Moment:
    """When a value was true: seconds since 1970, and how it is known.

    `clock` is "node" (its own clock, which agrees with ours), "wrong" (it does not), "none" (it has none) or "guessed".
    """

    at: float
    clock: str


def read_message(topic: str, payload: bytes | bytearray) -> Reading:
    """Return the reading in a message; raise MessageError saying what is wrong with it."""
    node, observed = _address(topic)
    data = _payload(payload)
    try:
        return _reading(node, observed, data)
    except MessageError as error:
        with contextlib.suppress(MessageError):
            error.sender = (node, _whole(data, "b", MOST_BOOT), _whole(data, "n", MOST_NUMBER))
        raise


def _reading(node: str, observed: str, data: dict[str, Any]) -> Reading:
    if observed not in PROPERTIES:
        raise MessageError(f"Die Messgröße „{observed[:40]}“ kenne ich nicht; es gibt {', '.join(PROPERTIES)}")
    known = PROPERTIES[observed]
    unit = data.get("u", "")
    if unit != known.unit:
        told = f"in „{str(unit)[:20]}“" if unit else "ohne Einheit"
        should = f"in „{known.unit}“" if known.unit else "ohne Einheit"
        raise MessageError(f"{known.title} kommt {told} statt {should}; im Programm die Einheit ändern")
    own = data.get("t")
    return Reading(
        node=node,
        boot=_whole(data, "b", MOST_BOOT),
        number=_whole(data, "n", MOST_NUMBER),
        observed=observed,
        value=_number(data, "v"),
        age_s=min(max(_number(data, "a") if "a" in data else 0.0, 0.0), OLDEST_S),
        own_time=None if own is None else _number(data, "t"),
        simulated=data.get("s") == 1 or node.startswith(SIMULATED_NODE),
        guessed=data.get("g") == 1,
    )


def moment_of(reading: Reading, arrived: float) -> Moment:
    """Return when a reading was taken: its arrival less its age; a node's clock counts only if it agrees with that."""
    ours = arrived - reading.age_s
    if reading.guessed:
        return Moment(ours, "guessed")
    if reading.own_time is None:
        return Moment(ours, "none")
    if abs(reading.own_time - ours) <= CLOCK_TOLERANCE_S:
        return Moment(reading.own_time, "node")
    return Moment(ours, "wrong")


def topic_of(reading: Reading) -> str:
    """Return the topic of a reading."""
    return f"{ROOT}/{reading.node}/{reading.observed}"


def answer_topic(node: str) -> str:
    """Return the topic on which a node hears what the hub has stored."""
    return f"{ACKNOWLEDGED}/{node}"


def payload_of(reading: Reading) -> bytes:
    """Return the message of a reading, as a node would send it."""
    data: dict[str, Any] = {"b": reading.boot, "n": reading.number, "v": reading.value}
    data |= {"u": PROPERTIES[reading.observed].unit, "a": round(reading.age_s, 3)}
    if reading.own_time is not None:
        data["t"] = reading.own_time
    if reading.simulated:
        data["s"] = 1
    if reading.guessed:
        data["g"] = 1
    return json.dumps(data, ensure_ascii=False).encode()


def acknowledgement(boot: int, numbers: list[int]) -> bytes:
    """Return the hub's answer: these numbers of this start are on its disk."""
    return json.dumps({"b": boot, "n": numbers}).encode()


def refusal(boot: int, number: int, why: str) -> bytes:
    """Return the hub's answer to what it will never take, so that the node does not send it for ever."""
    return json.dumps({"b": boot, "x": [number], "w": why[:200]}, ensure_ascii=False).encode()


def _address(topic: str) -> tuple[str, str]:
    parts = topic.split("/")
    if len(parts) != 3 or parts[0] != ROOT:
        raise MessageError(f"Die Adresse „{topic[:60]}“ hat nicht die Form {ROOT}/<Knoten>/<Messgröße>")
    _, node, observed = parts
    if not NODE.match(node) or len(node) > LONGEST_NODE:
        raise MessageError(f"„{node[:40]}“ ist kein Name für einen Knoten: kleine Buchstaben, Ziffern, Bindestriche")
    return node, observed


def _payload(payload: bytes | bytearray) -> dict[str, Any]:
    if len(payload) > MOST_BYTES:
        raise MessageError(f"Die Nachricht ist {len(payload)} Bytes lang, erlaubt sind {MOST_BYTES}")
    try:
        data = json.loads(payload)
    except (ValueError, RecursionError):
        raise MessageError("Die Nachricht ist kein JSON") from None
    if not isinstance(data, dict):
        raise MessageError("Die Nachricht ist kein JSON-Objekt")
    return data


def _number(data: dict[str, Any], name: str) -> float:
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise MessageError(f"„{name}“ ist keine Zahl: {str(value)[:20]}")
    return float(value)


def _whole(data: dict[str, Any], name: str, most: int) -> int:
    value = data.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise MessageError(f"„{name}“ ist keine Nummer: {str(value)[:20]}")
    return value

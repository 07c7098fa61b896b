"""Asks the wagon over HTTP: where it is, and what went wrong in a child's words."""

import os
from collections.abc import Mapping
from typing import Any

import httpx

from makerwagen.errors import MakerwagenError
from makerwagen.learn.seat import hidden_folder, read_json

# A child waits for the answer, and the notebook with it.
TIMEOUT = httpx.Timeout(3.0, connect=1.0)
AWAY = "Der Wagen antwortet nicht. Ist der Laptop im WLAN vom Wagen? Probier es gleich noch einmal."
UNKNOWN = "Dieser Laptop kennt die Adresse vom Wagen noch nicht. Hol eine erwachsene Person (makerwagen lab --wagon)."


class WagonAwayError(MakerwagenError):
    """Nobody answers, or nobody knows where; trying later may help."""


def wagon_address() -> str:
    """Return where the wagon is: MAKERWAGEN_WAGON, else where the seat's desk is; "" when nobody said."""
    told = os.environ.get("MAKERWAGEN_WAGON") or read_json(hidden_folder() / "desk.json").get("address", "")
    return str(told).rstrip("/")


def ask(path: str, parameters: Mapping[str, str] | None = None, *, send: Any = None) -> tuple[int, dict[str, Any]]:
    """Return status and answer of a question, or of what is sent; raise WagonAwayError when there is no answer."""
    address = wagon_address()
    if not address:
        raise WagonAwayError(UNKNOWN)
    try:
        # The wagon is in its own network: a proxy set for elsewhere must not come between.
        with httpx.Client(timeout=TIMEOUT, trust_env=False) as client:
            if send is None:
                answer = client.get(f"{address}{path}", params=dict(parameters or {}))
            else:
                answer = client.post(f"{address}{path}", json=send)
        told = answer.json()
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        raise WagonAwayError(AWAY) from None
    if answer.status_code >= 500 or answer.status_code == 429 or not isinstance(told, dict):
        raise WagonAwayError(AWAY)
    return answer.status_code, told

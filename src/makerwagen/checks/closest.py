"""Offers what an author probably meant when a name is unknown."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Return a question with the closest known name, or `otherwise` when none is close."""
    names = sorted(set(known))
    near = get_close_matches(word, names, n=1, cutoff=0.6)
    if not near:
        # difflib sees letters only; `printer` for `printer-mk3s` is a beginning, not a typing error.
        near = [name for name in names if len(word) > 2 and name.startswith(word)]
    return f"did you mean '{near[0]}'?" if near else otherwise

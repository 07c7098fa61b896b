"""The page of a rule, made from its docstring: what, why, a bad and a good example."""

from inspect import cleandoc

from makerwagen.checks.closest import did_you_mean
from makerwagen.checks.reported_elsewhere import REPORTED_ELSEWHERE
from makerwagen.checks.rules import RULES
from makerwagen.errors import MakerwagenError


def explain(code: str) -> str:
    """Return the page of a rule as plain text; raise MakerwagenError when there is no such code."""
    found = pages()
    wanted = code.strip().upper()
    if wanted not in found:
        remedy = did_you_mean(wanted, found, "try: makerwagen explain")
        raise MakerwagenError(f"there is no rule '{code}'; {remedy}")
    return found[wanted]


def explain_all() -> str:
    """Return one line for each code: what its rule claims."""
    return "\n".join(page.partition("\n")[0] for page in pages().values())


def pages() -> dict[str, str]:
    """Return the pages of all codes, in order."""
    texts = {code: rule.__doc__ or "" for code, rule in RULES.items()} | REPORTED_ELSEWHERE
    return {code: cleandoc(texts[code]).strip() for code in sorted(texts)}

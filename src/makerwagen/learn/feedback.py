"""Checks of tasks: did it work, what did I see, what could you try."""

import html
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from IPython.display import display

MIME = "application/vnd.makerwagen.check+json"
Seen = tuple[bool, str]
attempts: dict[str, int] = {}


@dataclass(frozen=True)
class CheckResult:
    """What a check found: `task`, whether it `passed`, what was `seen`, and the rung of the hint ladder (0 = none)."""

    task: str
    passed: bool
    seen: str
    hint_number: int
    hint: str


def check(task: str, *, hints: Sequence[str]) -> Callable[[Callable[[], Seen]], CheckResult]:
    """Run the decorated function at once and show its verdict as a card.

    The function returns `(passed, seen)`, where `seen` names the child's own values. Each failed try climbs one rung
    of `hints`; a name that is missing, or any other error in what the child wrote, counts as "not yet", not as a crash.
    """

    def run(look: Callable[[], Seen]) -> CheckResult:
        passed, seen = _look(look)
        tries = attempts[task] = 0 if passed else attempts.get(task, 0) + 1
        number = min(tries, len(hints))
        result = CheckResult(task, passed, seen, number, hints[number - 1] if number else "")
        display({MIME: asdict(result), "text/html": _card(result, len(hints)), "text/plain": _plain(result)}, raw=True)
        return result

    return run


def _look(look: Callable[[], Seen]) -> Seen:
    try:
        passed, seen = look()
        return bool(passed), seen
    except NameError as error:
        name = getattr(error, "name", None) or "ein Name"
        return False, f"Ich finde „{name}“ nicht. Führe zuerst die Zellen darüber aus."
    except Exception as error:  # the child's values can break any check; that is an answer, not a crash
        return False, f"Hier bin ich gestolpert: {type(error).__name__}: {error}"


def _plain(result: CheckResult) -> str:
    head = "Geschafft" if result.passed else "Noch nicht"
    tip = f" Tipp {result.hint_number}: {result.hint}" if result.hint else ""
    return f"{head}: {result.seen}{tip}"


def _card(result: CheckResult, rungs: int) -> str:
    colour, mark, head = ("#1b7f4b", "✓", "Geschafft") if result.passed else ("#9a5b00", "→", "Noch nicht")
    tip = ""
    if result.hint:
        tip = f"<p style='margin:.4em 0 0'><b>Tipp {result.hint_number} von {rungs}:</b> {html.escape(result.hint)}</p>"
    return (
        f"<div role='status' style='border:2px solid {colour};border-left-width:10px;border-radius:8px;"
        f"padding:.7em 1em;max-width:38em;background:#fff;color:#1c1c1c;font-size:1.05em;line-height:1.45'>"
        f"<p style='margin:0;color:{colour}'><b>{mark} {head}</b></p>"
        f"<p style='margin:.3em 0 0'>{html.escape(result.seen)}</p>{tip}</div>"
    )

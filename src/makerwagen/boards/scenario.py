"""A scenario: what happens to the board, step by step, and what its pins must do then."""

from pathlib import Path
from typing import Any, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from makerwagen.boards.messages import NOTES
from makerwagen.boards.simulator import Press
from makerwagen.content.typed import Content, Line, Localized, Slug
from makerwagen.errors import MakerwagenError

# Hints that every scenario has without writing them.
USUAL_HINTS = frozenset({"error", *NOTES})


class SetControl(Content):
    """A button is pressed or let go."""

    pin: Line
    pressed: bool


class ExpectPin(Content):
    """A pin shows a level within so many seconds, and keeps it for `lasts` (shortest, longest) seconds."""

    pin: Line
    level: int = Field(ge=0, le=1)
    within: float = Field(default=0.2, gt=0)
    lasts: tuple[float, float] | None = None
    hint: Slug


class NeverTogether(Content):
    """Two pins that are never on at once, in the whole run."""

    pins: tuple[Line, Line]
    hint: Slug


class Step(Content):
    """One step: exactly one of its fields."""

    wait: float | None = Field(default=None, gt=0, description="Seconds")
    set_control: SetControl | None = Field(default=None, alias="set-control")
    expect_pin: ExpectPin | None = Field(default=None, alias="expect-pin")
    never_together: NeverTogether | None = Field(default=None, alias="never-together")

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if sum(value is not None for _, value in self) != 1:
            raise ValueError("a step does one thing: wait, set-control, expect-pin or never-together")
        return self

    @property
    def hint(self) -> str | None:
        """Return the id of the hint that this step gives when it fails."""
        expects = self.expect_pin or self.never_together
        return expects.hint if expects else None


class Scenario(Content):
    """How an exercise is judged (microcontroller/exercises/<slug>/scenario.yml)."""

    seconds: float = Field(gt=0, description="Length of the run on the board's clock")
    steps: tuple[Step, ...] = Field(min_length=1)
    hints: dict[Slug, Localized]
    wrong: dict[Slug, Slug] = Field(default={}, description="Name of a wrong program -> the hint it must get")

    @model_validator(mode="after")
    def _hints_exist(self) -> Self:
        asked = {step.hint for step in self.steps if step.hint} | set(self.wrong.values())
        if missing := sorted(asked - set(self.hints) - USUAL_HINTS):
            raise ValueError(f"no hint is called {', '.join(missing)}")
        return self

    @property
    def presses(self) -> tuple[Press, ...]:
        """Return when each button is held; times come from the waits alone, so they are known before the run."""
        now, since, presses = 0.0, dict[str, float](), list[Press]()
        for step in self.steps:
            now += step.wait or 0.0
            if control := step.set_control:
                start = since.pop(control.pin, None)
                if control.pressed:
                    since[control.pin] = now if start is None else start
                elif start is not None:
                    presses.append(Press(control.pin, start, now))
        return (*presses, *(Press(pin, start, self.seconds) for pin, start in since.items()))


def read_scenario(path: Path) -> Scenario:
    """Return the scenario in `path`; raise MakerwagenError when it cannot be used."""
    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        return Scenario.model_validate(data)
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise MakerwagenError(f"{path} cannot be used as a scenario: {error}") from error

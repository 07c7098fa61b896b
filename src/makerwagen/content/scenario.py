"""Scenarios: what happens to a board step by step, what it must do then, and the hints for who is not there yet."""

from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, model_validator

from makerwagen.content.typed import Content, Line, Localized, Located, Slug

# Hints that every scenario has without writing them: an error, and what boards.portable.notes finds by itself.
BOARD_HINTS = (
    "error no-brackets value-set compared floating not-an-output short nothing-to-measure pwm-without-freq "
    "pwm-shares-frequency servo-freq servo-pulse trigger-too-short display-swapped dht-too-soon ds18x20-too-soon "
    "wrong-baudrate sleep-in-handler handler-too-slow other-dht"
)
USUAL_HINTS = frozenset(BOARD_HINTS.split())
Range = Annotated[tuple[float, float], Field(description="[least, most]")]
Seconds = Annotated[float, Field(gt=0, le=600)]
Byte = Annotated[int, Field(ge=0, le=255)]


def _as_ladder(value: Any) -> Any:
    return (value,) if isinstance(value, dict) else value


Ladder = Annotated[
    tuple[Localized, ...],
    BeforeValidator(_as_ladder, json_schema_input_type=Localized | list[Localized]),
    Field(min_length=1, max_length=3),
]


class Expectation(Content):
    """Something the board must do within so many seconds, and the hint when it does not."""

    hint: Slug = Field(description="One of `hints`")
    within: Seconds = 0.2

    @model_validator(mode="after")
    def _ranges_rise(self) -> Self:
        for name, value in self:
            if name in RANGES and value is not None and value[0] > value[1]:
                raise ValueError(f"{name}: the least is greater than the most")
        return self


RANGES = frozenset({"times", "lasts", "hz", "percent", "number", "lit", "degrees"})


class AtPin(Expectation):
    """An expectation of what happens at a part's only pin, or at a pin."""

    part: Slug | None = Field(default=None, description="Its id in the exercise's wiring")
    pin: Line | None = Field(default=None, description="Instead of the part")

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if (self.part is None) == (self.pin is None):
            raise ValueError("give 'part' or 'pin'")
        return self


class SetControl(Content):
    """A control of a part is moved: a button pressed (true) or let go (false), a sensor given another value."""

    part: Slug
    control: Slug | None = Field(default=None, description="None = the part's first")
    value: bool | float


class ExpectPin(AtPin):
    """A pin has a level, and keeps it for `lasts` seconds from then on."""

    level: int = Field(ge=0, le=1)
    lasts: Range | None = None


class ExpectFrequency(AtPin):
    """A pin swings, by PWM or because the program switches it; [0, 0] is silence."""

    hz: Range
    seconds: float = Field(default=0.1, gt=0, alias="for", description="How long at least")


class ExpectDuty(AtPin):
    """A pin is on for so many per cent of the time: how bright a light is."""

    percent: Range


class Words(Expectation):
    """Text that contains words (capitals do not count), a number in a range, or both."""

    contains: Line | None = None
    number: Range | None = None

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if self.contains is None and self.number is None:
            raise ValueError("give 'contains', 'number', or both")
        return self


class ExpectText(Words):
    """The program prints a line."""


class ExpectDisplay(Words):
    """A display shows text."""

    part: Slug


class ExpectMessage(Words):
    """The program sends a message to a topic."""

    topic: Line


class ExpectReading(Expectation):
    """A node sends a reading: a property in its unit, with a value in a range."""

    property: Slug = Field(description="What is observed, e.g. temperature")
    unit: str = Field(description="e.g. °C; '' for a count")
    number: Range | None = Field(default=None, description="None = whatever the value is")


class CountReadings(Expectation):
    """A node sends so many readings of a property within the next seconds, neither more nor fewer."""

    property: Slug
    times: tuple[int, int] = Field(description="[fewest, most]; [0, 0] = none is sent")


class ExpectPixels(Expectation):
    """So many lights of a strip are lit, or one of them has a colour; brightness does not count."""

    part: Slug
    lit: tuple[int, int] | None = Field(default=None, description="[least, most] lights")
    pixel: int | None = Field(default=None, ge=0, description="Counted from 0; needs a colour")
    colour: tuple[Byte, Byte, Byte] | None = Field(default=None, description="[red, green, blue]; [0, 0, 0] is dark")
    tolerance: int = Field(default=80, ge=0, le=255, description="Per colour, of 255")

    @model_validator(mode="after")
    def _asks_for_lights(self) -> Self:
        if (self.lit is None) == (self.pixel is None) or (self.pixel is not None and self.colour is None):
            raise ValueError("give 'lit' (and a colour, if it matters), or 'pixel' and 'colour'")
        return self


class ExpectAngle(Expectation):
    """A servo stands at an angle."""

    part: Slug
    degrees: Range


class NeverTogether(Content):
    """Two outputs that are never on at once, in the whole run."""

    parts: tuple[Slug, Slug] | None = None
    pins: tuple[Line, Line] | None = Field(default=None, description="Instead of the parts")
    hint: Slug

    @model_validator(mode="after")
    def _are_two(self) -> Self:
        if (self.parts is None) == (self.pins is None):
            raise ValueError("give 'parts' or 'pins'")
        return self


class Step(Content):
    """One step: exactly one of its fields.

    The clock stands where the last expected thing happened, and `wait` moves it on: after `expect-pin` for a light,
    `wait: 0.4` and `set-control` press a button 0.4 s after the light went on, whenever that was.
    """

    wait: Seconds | None = None
    set_control: SetControl | None = Field(default=None, alias="set-control")
    expect_pin: ExpectPin | None = Field(default=None, alias="expect-pin")
    expect_frequency: ExpectFrequency | None = Field(default=None, alias="expect-frequency")
    expect_duty: ExpectDuty | None = Field(default=None, alias="expect-duty")
    expect_text: ExpectText | None = Field(default=None, alias="expect-text")
    expect_display: ExpectDisplay | None = Field(default=None, alias="expect-display")
    expect_pixels: ExpectPixels | None = Field(default=None, alias="expect-pixels")
    expect_angle: ExpectAngle | None = Field(default=None, alias="expect-angle")
    expect_message: ExpectMessage | None = Field(default=None, alias="expect-message")
    expect_reading: ExpectReading | None = Field(default=None, alias="expect-reading")
    count_readings: CountReadings | None = Field(default=None, alias="count-readings")
    never_together: NeverTogether | None = Field(default=None, alias="never-together")

    @model_validator(mode="after")
    def _is_one_thing(self) -> Self:
        if len(self.model_fields_set) != 1 or all(value is None for _, value in self):
            names = ", ".join(field.alias or name for name, field in type(self).model_fields.items())
            raise ValueError(f"a step is exactly one of: {names}")
        return self

    @property
    def kind(self) -> str:
        """Return the step's key."""
        (name,) = self.model_fields_set
        return name.replace("_", "-")

    @property
    def action(self) -> SetControl | Expectation | NeverTogether | None:
        """Return what the step does or expects, None for `wait`."""
        (name,) = self.model_fields_set
        value = getattr(self, name)
        return value if isinstance(value, SetControl | Expectation | NeverTogether) else None

    @property
    def hint(self) -> str | None:
        """Return the id of the hint that this step gives when it fails."""
        return getattr(self.action, "hint", None)


class Scenario(Located):
    """How an exercise is judged (microcontroller/exercises/<slug>/scenario.yml)."""

    seconds: Seconds = Field(description="Length of the run on the board's clock")
    seed: int = Field(default=0, ge=0, description="For the program's random numbers")
    steps: tuple[Step, ...] = Field(min_length=1)
    hints: dict[Slug, Ladder] = Field(description="A text, or up to three: look here, think of this, do this")
    wrong: dict[Slug, Slug] = Field(default={}, description="Name of a program in wrong/ -> the hint it must get")

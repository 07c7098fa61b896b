"""Parts: what can be wired to a board, what it needs of a pin, and what it can be told (microcontroller/parts.yml)."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from makerwagen.content.typed import Content, Line, Localized, Located, Slug


class PartKind(StrEnum):
    """How a part is played by the simulator and drawn: each kind is one device there and one drawing here."""

    LED = "led"
    BUTTON = "button"
    DIGITAL = "digital"
    ANALOG = "analog"
    BUZZER = "buzzer"
    SERVO = "servo"
    NEOPIXEL = "neopixel"
    DHT22 = "dht22"
    DS18X20 = "ds18x20"
    HCSR04 = "hcsr04"
    SSD1306 = "ssd1306"
    BME280 = "bme280"
    SDS011 = "sds011"


class PinUse(StrEnum):
    """What a terminal needs the pin to be."""

    OUTPUT = "output"
    INPUT = "input"
    BOTH = "both"
    ADC = "adc"
    SDA = "i2c-sda"
    SCL = "i2c-scl"
    RX = "uart-rx"
    TX = "uart-tx"


class Terminal(Content):
    """A leg of a part that a program talks to; `gives_volts` is what the part itself puts on the pin."""

    name: Slug
    uses: PinUse
    gives_volts: float | None = Field(
        default=None, gt=0, description="Level the part drives; none = that of its supply"
    )


class Control(Content):
    """Something a child can set on a simulated part: a press, a temperature, a position."""

    name: Slug
    label: Localized
    unit: str = Field(default="", description="'' = a switch that is 0 or 1")
    min: float = 0
    max: float = 1
    step: float = Field(default=1, gt=0)
    default: float = 0
    fault: bool = Field(default=False, description="Something that goes wrong, e.g. a cable is off; only nodes have it")

    @model_validator(mode="after")
    def _default_is_in_range(self) -> Self:
        if not self.min <= self.default <= self.max:
            raise ValueError("min ≤ default ≤ max does not hold")
        return self


class Part(Content):
    """A part that can be wired to a board."""

    id: Slug
    title: Localized
    kind: PartKind
    terminals: tuple[Terminal, ...] = Field(min_length=1, description="In the order in which they are wired and drawn")
    supply_volts: tuple[float, ...] = Field(default=(), description="What it may be fed with; none = no supply legs")
    needs_resistor: bool = False
    colour: Line | None = Field(default=None, description="red, yellow, green, blue, white: for drawing")
    controls: tuple[Control, ...] = ()
    curve: tuple[tuple[float, float], ...] = Field(
        default=(), description="Analogue parts: (value of the first control, volts at the pin), rising in the first"
    )
    swings: bool = Field(default=False, description="The curve's volts are from top to bottom of a sound's wave")
    equipment: Slug | None = Field(default=None, description="Its id in curriculum/equipment.yml, for lists of parts")
    cannot_tell: Localized | None = Field(default=None, description="What a sensor's reading does not say")

    def terminal(self, name: str) -> Terminal | None:
        """Return the terminal called `name`, if there is one."""
        return next((terminal for terminal in self.terminals if terminal.name == name), None)


class Parts(Located):
    """All parts (microcontroller/parts.yml)."""

    parts: tuple[Part, ...]

    def get(self, id: str) -> Part | None:
        """Return the part called `id`, if there is one."""
        return next((part for part in self.parts if part.id == id), None)

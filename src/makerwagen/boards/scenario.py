"""Makes of a scenario, with the exercise's devices, the plain data that the portable judge takes."""

from collections.abc import Mapping, Sequence
from typing import Any

from makerwagen.boards.devices import Device
from makerwagen.content.part import PartKind
from makerwagen.content.scenario import USUAL_HINTS, NeverTogether, Scenario, SetControl, Step
from makerwagen.content.typed import text_in
from makerwagen.errors import MakerwagenError

TRY = "try: makerwagen check"


def for_judge(scenario: Scenario, devices: Sequence[Device], lang: str = "de") -> dict[str, Any]:
    """Return `scenario` as plain data for boards.portable, on laptop and page; raise when it names what is not."""
    wired = {device.id: device for device in devices}
    asked = {step.hint for step in scenario.steps if step.hint} - scenario.hints.keys() - USUAL_HINTS
    if asked:
        raise MakerwagenError(f"the scenario has no hint '{min(asked)}'; {TRY}")
    return {
        "seconds": scenario.seconds,
        "seed": scenario.seed,
        "parts": {device.id: _known(device) for device in devices},
        "hints": {name: [text_in(rung, lang) for rung in ladder] for name, ladder in scenario.hints.items()},
        "steps": [_plain(step, wired) for step in scenario.steps],
    }


def _known(device: Device) -> dict[str, Any]:
    return {"label": device.label, "kind": device.part.kind.value, "count": device.count}


def _plain(step: Step, wired: Mapping[str, Device]) -> dict[str, Any]:
    action = step.action
    if action is None:
        return {"kind": "wait", "seconds": step.wait}
    plain = {"kind": step.kind} | action.model_dump(mode="json", by_alias=True, exclude_none=True)
    if isinstance(action, NeverTogether):
        parts = list(action.parts or (None, None))
        pins = action.pins or [_pin_of(_device(part, wired)) for part in action.parts or ()]
        return plain | {"parts": parts, "pins": list(pins)}
    if "part" not in plain:
        return plain
    device = _device(plain["part"], wired)
    if isinstance(action, SetControl):
        return plain | _control(action, device)
    if "pin" in type(action).model_fields:
        # An LED between supply and pin shines when the pin is 0.
        shines = 1 - device.other_leg_level if device.part.kind is PartKind.LED else 1
        return plain | {"pin": _pin_of(device), "on": shines}
    return plain


def _control(action: SetControl, device: Device) -> dict[str, Any]:
    controls = {control.name: control for control in device.part.controls}
    name = action.control or next(iter(controls), "")
    if name not in controls:
        raise MakerwagenError(f"part '{device.id}' has no control '{name}'; {TRY}")
    return {"control": name, "value": float(action.value), "usual": float(controls[name].default)}


def _device(id: str | None, wired: Mapping[str, Device]) -> Device:
    if id is None or id not in wired:
        raise MakerwagenError(f"the scenario names '{id}', which is not wired; {TRY}")
    return wired[id]


def _pin_of(device: Device) -> str:
    return next(iter(device.pins.values()))

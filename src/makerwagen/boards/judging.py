"""Judges a program by a scenario that was read, on a board with devices."""

from collections.abc import Sequence

from makerwagen.boards.devices import Device
from makerwagen.boards.scenario import for_judge
from makerwagen.boards.simulator import Limits, Run, SimulatedBoard, board_config
from makerwagen.boards.verdict import Verdict, events_of, verdict_on
from makerwagen.content.scenario import Scenario

__all__ = ["Verdict", "events_of", "judge", "judged_run"]


def judge(
    source: str,
    scenario: Scenario,
    *,
    on: SimulatedBoard,
    devices: Sequence[Device] = (),
    limits: Limits | None = None,
) -> Verdict:
    """Run `source` on the board through the scenario and return the verdict on its first failing step."""
    return judged_run(source, scenario, on=on, devices=devices, limits=limits)[0]


def judged_run(
    source: str,
    scenario: Scenario,
    *,
    on: SimulatedBoard,
    devices: Sequence[Device] = (),
    limits: Limits | None = None,
) -> tuple[Verdict, Run]:
    """Return the verdict together with the run it was given on."""
    config = board_config(on.board, devices, [])
    return verdict_on(source, for_judge(scenario, devices), config=config, modules=on.modules, limits=limits)

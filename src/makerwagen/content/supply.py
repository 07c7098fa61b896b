"""Which supply leg of a board feeds a part, where the exercise leaves it open."""

from makerwagen.content.exercise import Board, Wire
from makerwagen.content.part import Part


def supply_of(wire: Wire, part: Part, board: Board) -> str | None:
    """Return the supply leg that feeds `part`: as declared, or the board's first with the volts the part likes best."""
    if not part.supply_volts:
        return None
    if wire.power is not None:
        return wire.power
    fitting = (name for volts in part.supply_volts for name, given in board.supplies.items() if given == volts)
    return next(fitting, None)

"""The tiles in a notebook: what is clicked comes as a message, the program and its run go back."""

from typing import Any

import traitlets

from makerwagen.boards.simulator import Run
from makerwagen.learn import board
from makerwagen.learn.board_panel import BoardPanel
from makerwagen.learn.tile_program import Tiles


class TilesPanel(BoardPanel):
    """The board's panel with tiles above it."""

    tiles = traitlets.Dict().tag(sync=True)

    def __init__(self, made: Tiles) -> None:
        """Show the tiles, the program they make and its run."""
        self.made = made
        super().__init__(made.running, made.run, changed=board.remember)
        self.fresh = False  # the child starts it
        self.result = self._run()
        self.tiles = {"palette": [tile.told for tile in made.palette], **self._program()}

    def answer(self, wish: dict[str, Any], loop: Any) -> Any:
        """Return the run of a press, or after a change of the tiles the new program with its run."""
        if wish.get("kind") != "steps":
            return super().answer(wish, loop)
        told = wish.get("steps")
        self.made.choose([str(key) for key in told] if isinstance(told, list) else [])
        self.setup = self.made.running
        return {**self._program(), "result": self._run()}

    def _run(self) -> dict[str, Any]:
        result = self.setup.result(self.made.run, self.setup.options.seconds)
        if not self.made.run.source:  # nothing ran: it is over at once
            result |= {"events": [["end", 0]], "devices": self.setup.described(Run())}
        return result

    def _program(self) -> dict[str, Any]:
        made, program = self.made, self.made.program
        return {
            "steps": [step.key for step in made.steps],
            "source": program.source,
            "rows": list(program.rows),
            "restored": made.restored,
            "message": made.message,
        }

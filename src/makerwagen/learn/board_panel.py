"""The board's panel in a notebook: it shows a run, and each press in the browser makes a new one."""

import logging
import threading
from collections.abc import Callable
from typing import Any

import traitlets

from makerwagen.boards.simulator import Run
from makerwagen.errors import MakerwagenError
from makerwagen.learn.board_setup import Setup, read_inputs, read_seconds
from makerwagen.learn.widget import Widget, kernel_loop, script

QUESTIONS = ("run", "real", "boards", "steps")
NOT_RUN = "Das Board hat nicht geantwortet. Versuch es noch einmal."
NOT_PLUGGED = "Ich finde kein Board. Steckt das Kabel fest im Board und im Laptop?"


class BoardPanel(Widget):
    """What every view of one cell's board shows; questions come as messages with a number, answers carry it back."""

    _esm = script("board.mjs")
    description = traitlets.Dict().tag(sync=True)
    result = traitlets.Dict().tag(sync=True)
    real: traitlets.List[Any] = traitlets.List().tag(sync=True)
    fresh = traitlets.Bool(True).tag(sync=True)
    later: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(self, setup: Setup, run: Run, *, changed: Callable[[Run], None]) -> None:
        """Show `run`; `changed` hears of every further run."""
        self.setup = setup
        self.run = run
        self.changed = changed
        self._one_at_a_time = threading.Lock()
        self._stop = threading.Event()
        result = setup.result(run, setup.options.seconds, second_look=False)
        super().__init__(description=setup.description(run), result=result, real=ports_with_boards())
        self.on_msg(lambda _widget, wish, _buffers: self.hear(wish))

    def bundle(self) -> dict[str, Any]:
        """Return the widget as a notebook stores it, and look at the program once more while it is played."""
        if loop := kernel_loop():
            threading.Thread(target=self.look_again, args=(loop.add_callback,), daemon=True).start()
        return super().bundle()

    def look_again(self, in_loop: Callable[..., Any]) -> None:
        """Find what the program would stumble over where this run never came; `in_loop` is where it is set."""
        result = self.setup.result(self.run, self.setup.options.seconds)
        in_loop(setattr, self, "later", result["notes"])

    def hear(self, wish: dict[str, Any]) -> threading.Thread | None:
        """Do what a view asks for beside the kernel's own work; a program that hangs must not stop other cells."""
        kind = str(wish.get("kind"))
        if kind == "seen":
            self.fresh = False
        elif kind == "stop":
            self._stop.set()
        elif kind in QUESTIONS:
            asked = threading.Thread(target=self._answer, args=(wish, kernel_loop()), daemon=True)
            asked.start()
            return asked
        return None

    def answer(self, wish: dict[str, Any], loop: Any) -> Any:
        """Return a new run, as the panel replays it: with the presses that a view tells, or on the real board.

        Asked for boards, return those that are plugged in now.
        """
        if wish.get("kind") == "boards":
            return ports_with_boards()
        seconds = read_seconds(wish.get("seconds"))
        if wish.get("kind") == "real":
            run = self.on_board(wish, loop)
        else:
            run = self.setup.run(read_inputs(wish.get("inputs")), seconds)
        self.changed(run)
        return self.setup.result(run, seconds)

    def on_board(self, wish: dict[str, Any], loop: Any) -> Run:
        """Run the program on the board at the cable; what it prints is passed on at once."""
        from makerwagen.boards.real.running import Wish, run_on_board

        port = str(wish.get("port"))
        if port not in [found["port"] for found in ports_with_boards()]:
            raise MakerwagenError(NOT_PLUGGED)
        self._stop.clear()
        board, seconds = self.setup.board.board, read_seconds(wish.get("seconds"))
        heard = {"number": wish.get("number"), "heard": True}

        def hear(text: str) -> None:
            self._tell({**heard, "text": text}, loop)

        def meet(identity: Any) -> None:
            self._tell({**heard, "text": "", "met": name_of(port, identity.sticker)}, loop)

        wish_of_all = Wish(seconds, board.port, hear=hear, stop=self._stop, meet=meet)
        return or_failure(run_on_board(port, self.setup.source, wish=wish_of_all))

    def _answer(self, wish: dict[str, Any], loop: Any) -> None:
        answer: dict[str, Any] = {"number": wish.get("number")}
        try:
            with self._one_at_a_time:
                answer["result"] = self.answer(wish, loop)
        except MakerwagenError as error:
            answer["problem"] = str(error)
        except Exception:
            logging.getLogger(__name__).exception("a question failed: %s", wish.get("kind"))
            answer["problem"] = NOT_RUN
        self._tell(answer, loop)

    def _tell(self, answer: dict[str, Any], loop: Any) -> None:
        if loop:
            loop.add_callback(self.send, answer)
        else:
            self.send(answer)


def ports_with_boards() -> list[dict[str, str]]:
    """Return the ports with a board's USB id, without asking the boards: that would interrupt their programs."""
    try:
        from makerwagen.boards.real.finding import places_of
    except ImportError:
        return []
    return [{"port": place.device, "name": place.device.rpartition("/")[2]} for place in places_of(())]


def or_failure(run: Run) -> Run:
    """Return the run; raise MakerwagenError when it was not the program that went wrong but the board or its cable."""
    from makerwagen.boards.real.running import BOARD_FAILED

    if run.error and run.error.kind == BOARD_FAILED:
        raise MakerwagenError(run.error.message)
    return run


def name_of(port: str, sticker: int | None) -> str:
    """Return how a child tells this board from others: by the number on its sticker, else by its port."""
    return f"Board Nr. {sticker}" if sticker is not None else f"dem Board an {port.rpartition('/')[2]}"

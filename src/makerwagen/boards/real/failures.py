"""What can go wrong with a board on a cable: each kind in English for the command line, in German for a child."""

from enum import StrEnum

from makerwagen.errors import MakerwagenError


class Failure(StrEnum):
    """Why a board could not do what was asked."""

    NO_BOARD = "no-board"
    BUSY = "busy"
    NO_PERMISSION = "no-permission"
    UNPLUGGED = "unplugged"
    SILENT = "silent"
    GARBAGE = "garbage"
    NOT_MICROPYTHON = "not-micropython"
    TOO_OLD = "too-old"
    WRONG_BOARD = "wrong-board"
    FULL = "full"
    NOT_VERIFIED = "not-verified"
    REFUSED = "refused"
    STOPPED = "stopped"


ENGLISH = {
    Failure.NO_BOARD: "no board is there; plug it in with a USB cable that carries data, or name its port with --port",
    Failure.BUSY: "another program uses this port{detail}; close it there (Thonny, a serial monitor, another notebook)",
    Failure.NO_PERMISSION: (
        "you may not open this port; try: sudo usermod -aG dialout $USER, then log out and in again"
    ),
    Failure.UNPLUGGED: "the board went away{detail}; check the plug and the cable, then try again",
    Failure.SILENT: (
        "the board does not answer{detail}; press its reset button or unplug it and plug it in again, then try: "
        "makerwagen board restore"
    ),
    Failure.GARBAGE: (
        "what answers there is not MicroPython's prompt{detail}; another firmware, a device that is no board, or a "
        "program that cannot be interrupted; try: makerwagen board restore"
    ),
    Failure.NOT_MICROPYTHON: "this board runs {detail}, not MicroPython; try: makerwagen board restore --help",
    Failure.TOO_OLD: "its firmware is too old: {detail}; put a newer one on it, see: makerwagen board restore --help",
    Failure.WRONG_BOARD: "this is the wrong board: {detail}",
    Failure.FULL: "there is no room left on the board{detail}; try: makerwagen board restore",
    Failure.NOT_VERIFIED: "what the board stored is not what was sent{detail}; main.py is the old one; try again",
    Failure.REFUSED: "the board answered with an error: {detail}",
    Failure.STOPPED: "stopped by you",
}
GERMAN = {
    Failure.NO_BOARD: "Ich finde kein Board. Steckt das Kabel fest im Board und im Laptop?",
    Failure.BUSY: "Ein anderes Programm spricht gerade mit dem Board. Schließe es und versuche es noch einmal.",
    Failure.NO_PERMISSION: "Dieser Laptop darf noch nicht mit dem Board sprechen. Hole jemanden vom Makerwagen.",
    Failure.UNPLUGGED: "Das Board ist plötzlich weg. Hat sich das Kabel gelöst? Stecke es fest und starte noch einmal.",
    Failure.SILENT: "Das Board antwortet nicht. Ziehe das Kabel ab, stecke es wieder ein und starte noch einmal.",
    Failure.GARBAGE: "Das Board antwortet wirr. Ziehe das Kabel ab, stecke es wieder ein und starte noch einmal.",
    Failure.NOT_MICROPYTHON: "Auf diesem Board läuft kein MicroPython. Hole jemanden vom Makerwagen.",
    Failure.TOO_OLD: "Auf diesem Board ist ein altes MicroPython. Hole jemanden vom Makerwagen.",
    Failure.WRONG_BOARD: "Diese Aufgabe braucht ein anderes Board. Frag nach dem richtigen.",
    Failure.FULL: "Auf dem Board ist kein Platz mehr. Hole jemanden vom Makerwagen.",
    Failure.NOT_VERIFIED: "Beim Kopieren ist etwas verloren gegangen. Starte noch einmal.",
    Failure.REFUSED: "Das Board konnte das nicht ausführen. Starte noch einmal.",
    Failure.STOPPED: "Du hast das Programm angehalten.",
}
# Which of these let a `detail` stand in the middle of a sentence, in brackets.
BRACKETED = {
    Failure.BUSY,
    Failure.UNPLUGGED,
    Failure.SILENT,
    Failure.GARBAGE,
    Failure.FULL,
    Failure.NOT_VERIFIED,
}


class BoardFailureError(MakerwagenError):
    """Say what a board could not do: the kind, the port, and what is known beyond that."""

    def __init__(self, kind: Failure, port: str = "", detail: str = "") -> None:
        self.kind, self.port, self.detail = kind, port, detail
        inside = f" ({detail})" if detail and kind in BRACKETED else detail
        self.what = ENGLISH[kind].format(detail=inside)
        super().__init__(f"{port}: {self.what}" if port else self.what)

    @property
    def for_a_child(self) -> str:
        """Return the message for a child."""
        return GERMAN[self.kind]

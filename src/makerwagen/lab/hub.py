"""Seats on a JupyterHub, for a class without wagon laptops: an animal and a code instead of names and accounts."""

import datetime
import hmac
import os
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jupyterhub.auth import Authenticator  # type: ignore[import-untyped]
from jupyterhub.spawner import LocalProcessSpawner  # type: ignore[import-untyped]
from traitlets import Unicode

from makerwagen.errors import MakerwagenError
from makerwagen.lab.commands import todays_copies
from makerwagen.lab.seat import ANIMALS, prepare_seats, seat_of, write_whole
from makerwagen.lab.settings import address_path, write_settings

# Without letters and digits that look alike on paper.
ALPHABET, LENGTH = "abcdefghkmnpqrstuvwxyz23456789", 8
MAKE_CODES = "deploy/jupyterhub/README.md"


class CodeAuthenticator(Authenticator):  # type: ignore[misc]
    """Lets in who knows a seat's code from the file."""

    codes_file = Unicode(help="One seat a line: animal and code").tag(config=True)

    async def authenticate(self, _handler: Any, data: Mapping[str, str]) -> str | None:
        """Return the animal when the code is its own."""
        animal, code = data["username"].strip().lower(), data["password"].strip().lower()
        known = read_codes(Path(self.codes_file)).get(animal, "")
        return animal if known and hmac.compare_digest(known.encode(), code.encode()) else None


class SeatSpawner(LocalProcessSpawner):  # type: ignore[misc]
    """Starts a seat's JupyterLab with the same settings as `makerwagen lab`; all seats belong to the hub's own user."""

    state_dir = Unicode(help="Where the seats lie").tag(config=True)
    checkout = Unicode(help="The checkout with lessons and fonts").tag(config=True)
    lesson = Unicode(help="The lesson to open; without it today's").tag(config=True)

    def make_preexec_fn(self, name: str) -> Callable[[], None]:
        """Return what the new process does first: go to its seat."""
        folder = seat_of(Path(self.state_dir), name).folder
        return lambda: os.chdir(folder)

    def user_env(self, env: dict[str, str]) -> dict[str, str]:
        """Prepare the seat and return the environment of its server."""
        root = Path(self.checkout)
        copies = todays_copies(root, self.lesson or None, datetime.datetime.now().date())
        (seat,) = prepare_seats(Path(self.state_dir), [self.user.name], copies)
        ours = write_settings(seat, root, notebook=copies[0].notebook)
        place = {"HOME": str(seat.folder), "JUPYTERHUB_DEFAULT_URL": address_path(copies[0].notebook)}
        return env | ours | place

    def move_certs(self, paths: Any) -> Any:
        """Return the certificates where they are."""
        return paths


def read_codes(path: Path) -> dict[str, str]:
    """Return each seat's code; raise for a line that is no animal and code."""
    try:
        lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise MakerwagenError(f"the codes in '{path}' cannot be read ({error.strerror}); see {MAKE_CODES}") from error
    if wrong := [line for line in lines if len(line) != 2 or line[0] not in ANIMALS or len(line[1]) < LENGTH]:
        raise MakerwagenError(f"'{path}': '{' '.join(wrong[0])}' is no animal with a code; see {MAKE_CODES}")
    return {animal: code for animal, code in lines}


def write_codes(path: Path, seats: int) -> None:
    """Write new codes for so many seats, readable by the hub's user only; the old ones are worth nothing then."""
    if not 1 <= seats <= len(ANIMALS):
        raise MakerwagenError(f"there are animals for 1 to {len(ANIMALS)} seats, not for {seats}")
    codes = ("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(seats))
    lines = [f"{animal} {code}" for animal, code in zip(ANIMALS, codes, strict=False)]
    write_whole(path, ("\n".join(lines) + "\n").encode())
    path.chmod(0o600)


if __name__ == "__main__":
    write_codes(Path(sys.argv[1]), int(sys.argv[2]))

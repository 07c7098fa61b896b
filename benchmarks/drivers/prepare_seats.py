"""Prepare so many seats in a folder, as `makerwagen lab` and the hub do for one."""

import datetime
import sys
from pathlib import Path

from makerwagen.lab.commands import todays_copies
from makerwagen.lab.seat import ANIMALS, prepare_seats

if __name__ == "__main__":
    root, state, seats = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    today = datetime.datetime.now().date()
    print(len(prepare_seats(state, ANIMALS[:seats], todays_copies(root, None, today))))

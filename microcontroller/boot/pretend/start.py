"""Starts the pretend board: micropython -i start.py FLASH_FILE [raw]; programs find no names of ours."""

import booting
import sys

booting.start(sys.argv[1], len(sys.argv) > 2)
del booting, sys

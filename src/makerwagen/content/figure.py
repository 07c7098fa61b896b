"""How a cell names a figure that is made from an exercise: the info string of an empty fence."""

import re

KINDS = ("wiring", "circuit", "parts")
FIGURE = re.compile(r"(wiring|circuit|parts)\s+(\S+)(?:\s+(picture|list))?$")
BEGINS = re.compile(r"(?:wiring|circuit|parts)(?:\s|$)")
FOLDER = "figures"

"""The printers of the checkout, and meshes and G-code to try on them."""

import pytest

from makerwagen.content.printer import Printer
from makerwagen.load.repository_loader import load_repository
from tests.conftest import ROOT

PRINTERS = load_repository(ROOT)[0].printers
START = """\
M104 S215
M140 S60
G90
M83
M190 S60
M109 S215
G28
G1 Z0.2 F720
G1 X50 Y50 F6000
"""
END = "M104 S0\nM140 S0\nM84\n"
LINE = "G1 X70 Y50 E0.6 F1200\n"


@pytest.fixture(params=sorted(PRINTERS))
def printer(request) -> Printer:
    return PRINTERS[request.param]


@pytest.fixture
def mk3s() -> Printer:
    return PRINTERS["printer-mk3s"]

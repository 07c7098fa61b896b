import base64
import datetime
import json
import zipfile
from pathlib import Path

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.lab.seat import Copy, prepare_seats, seat_of
from makerwagen.lab.takeaway import pictures, takeaway

TODAY = datetime.date(2026, 11, 22)
OUTPUTS = [
    {"output_type": "display_data", "data": {"image/svg+xml": ["<svg>", "</svg>"], "text/plain": "x"}},
    {"output_type": "display_data", "data": {"image/png": base64.b64encode(b"png").decode()}},
    {"output_type": "stream", "text": "hallo"},
]
NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "outputs": OUTPUTS}, {"cell_type": "markdown"}]}).encode()


def test_a_lesson_that_lies_there_untouched_stays_there(tmp_path: Path):
    files = {"Räder/Räder.ipynb": NOTEBOOK, "Räder/bild.svg": b"<svg/>", "Dose/Dose.ipynb": NOTEBOOK}
    (seat,) = prepare_seats(tmp_path, ["otter"], [Copy("x", "Räder/Räder.ipynb", files)])
    (seat.folder / "Räder/Räder.ipynb").write_bytes(NOTEBOOK + b" ")
    with zipfile.ZipFile(takeaway(seat, tmp_path, today=TODAY)) as taken:
        assert {name.split("/")[0] for name in taken.namelist()} == {"LIES-MICH.txt", "Räder"}
        assert "Räder/bild.svg" in taken.namelist()


def test_a_child_takes_notebook_parts_and_pictures_home(tmp_path: Path):
    (seat,) = prepare_seats(tmp_path, ["otter"], [Copy("x", "Räder/Räder.ipynb", {"Räder/Räder.ipynb": NOTEBOOK})])
    (seat.folder / "Räder/teil.3mf").write_bytes(b"part")
    (seat.folder / "Räder/.ipynb_checkpoints").mkdir()
    (seat.folder / "Räder/.ipynb_checkpoints/alt.ipynb").write_text("{}")
    made = takeaway(seat, tmp_path, today=TODAY)
    assert made.name == "makerwagen-otter-2026-11-22.zip"
    with zipfile.ZipFile(made) as taken:
        assert set(taken.namelist()) == {
            "LIES-MICH.txt",
            "Räder/Bilder/Bild-1.svg",
            "Räder/Bilder/Bild-2.png",
            "Räder/Räder.ipynb",
            "Räder/teil.3mf",
        }
        assert taken.read("Räder/Bilder/Bild-2.png") == b"png"
        assert taken.testzip() is None
    assert takeaway(seat, tmp_path, today=TODAY).name == "makerwagen-otter-2026-11-22-2.zip"


def test_a_broken_notebook_still_goes_home():
    assert list(pictures(b"{")) == []
    assert list(pictures(NOTEBOOK))[0] == ("Bild-1.svg", b"<svg></svg>")


@pytest.mark.parametrize(
    "damage", [b"[]", b'{"cells": 3}', b'{"cells": [1, {"outputs": [{"data": {"image/png": "abc"}}]}]}']
)
def test_nasty_notebooks_have_no_pictures(damage: bytes):
    assert list(pictures(damage)) == []


def test_a_missing_stick_is_said(tmp_path: Path):
    (seat,) = prepare_seats(tmp_path, ["otter"], [])
    with pytest.raises(MakerwagenError, match="plugged in"):
        takeaway(seat, tmp_path / "usb", today=TODAY)


def test_a_seat_without_work_is_said(tmp_path: Path):
    with pytest.raises(MakerwagenError, match="no work"):
        takeaway(seat_of(tmp_path, "uhu"), tmp_path, today=TODAY)

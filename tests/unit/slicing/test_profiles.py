"""Flat settings from a bundle."""

import pytest

from makerwagen.content.printer import ProfileSource
from makerwagen.errors import MakerwagenError
from makerwagen.load.repository_loader import load_repository
from makerwagen.slicing.profiles import flat_settings, installed_bundle, read_sections, version_of
from tests.conftest import ROOT

SOURCE = ProfileSource(vendor="V", version="1", printer="P", print="Q", filament="F")
BUNDLE = """\
[vendor]
config_version = 1
[print:*one*]
layer_height = 0.1
perimeters = 2
compatible_printers = everything
[print:*two*]
layer_height = 0.2
[print:Q]
inherits = *one*; *two*
alias = short
fill_density = 15%
[filament:F]
temperature = 210
[printer:P]
renamed_From = "Old"
start_gcode = G28\\nG1 Z=5
"""
PRINTERS = load_repository(ROOT)[0].printers


def settings(text: str) -> dict[str, str]:
    return dict(line.split(" = ", 1) for line in text.splitlines() if not line.startswith("#"))


def test_a_later_parent_wins_and_choosers_are_dropped():
    assert settings(flat_settings(BUNDLE, SOURCE)) == {
        "layer_height": "0.2",
        "perimeters": "2",
        "fill_density": "15%",
        "temperature": "210",
        "start_gcode": "G28\\nG1 Z=5",
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("config_version = 1", "config_version = 2"), "is 2, not 1"),
        (("[print:Q]", "[print:X]"), r"no \[print:Q\]"),
        (("[print:*two*]", "[print:*two*]\ninherits = Q"), "inherits from itself"),
        (("temperature = 210", "post_process = /bin/sh"), "runs something"),
    ],
)
def test_a_bundle_that_does_not_fit_is_refused(change, message):
    with pytest.raises(MakerwagenError, match=message):
        flat_settings(BUNDLE.replace(*change), SOURCE)


@pytest.mark.parametrize("slug", PRINTERS)
def test_the_pinned_settings_are_those_of_the_installed_bundle(slug):
    printer = PRINTERS[slug]
    bundle = installed_bundle(printer.profile.vendor)
    if bundle is None or version_of(read_sections(bundle)) != printer.profile.version:
        pytest.skip(f"bundle {printer.profile.vendor} {printer.profile.version} is not installed here")
    pinned = (ROOT / f"curriculum/printers/{slug}.ini").read_text(encoding="utf-8")
    assert pinned == flat_settings(bundle, printer.profile)


@pytest.mark.parametrize("slug", PRINTERS)
def test_pinned_settings_run_nothing_and_ask_no_network(slug):
    found = settings((ROOT / f"curriculum/printers/{slug}.ini").read_text(encoding="utf-8"))
    assert not any(value for key, value in found.items() if "host" in key or key in {"post_process", "serial_port"})
    assert float(found["layer_height"]) == 0.2 and found["nozzle_diameter"] == "0.4"

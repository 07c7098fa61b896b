"""The colours of plots: told apart with every colour vision, in grey by dash and marker, and strong on white."""

import math
from itertools import combinations, pairwise

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from makerwagen.learn.seeing.maps_drawing import GROUND
from makerwagen.learn.seeing.maps_marks import EDGE, SHADES
from makerwagen.learn.seeing.style import COLOURS, DASHES, HATCHES, MARKERS

# Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision Deficiency, IEEE TVCG
# 15 (6), 2009, doi:10.1109/TVCG.2009.113: matrices of severity 1.0, for linear RGB.
VISIONS = {
    "normal": np.eye(3),
    "protan": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deutan": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritan": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
SRGB_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
# A difference of 2.3 is just noticed side by side; lines lie apart on a page, so ours must be many times that.
LEAST_DIFFERENCE = 20.0
LEAST_CONTRAST = 3.0  # WCAG 2.2, 1.4.11: graphical objects


def linear(colour):
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(colour, vision):
    xyz = SRGB_TO_XYZ @ np.clip(np.array(VISIONS[vision]) @ linear(colour), 0, 1) / SRGB_TO_XYZ.sum(axis=1)
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def ciede2000(one, two):
    """Sharma, Wu, Dalal: The CIEDE2000 Color-Difference Formula, Color Research and Application 30 (1), 2005."""
    (l1, a1, b1), (l2, a2, b2) = one, two
    chroma = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * math.sqrt(chroma**7 / (chroma**7 + 25**7))
    a1, a2 = a1 * stretch, a2 * stretch
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = (h2 - h1 + 180) % 360 - 180 if c1 * c2 else 0.0
    hue = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(turn / 2))
    middle = (
        h1 + h2 if not c1 * c2 else (h1 + h2) / 2 + (180 if abs(h1 - h2) > 180 else 0) * (1 if h1 + h2 < 360 else -1)
    )
    lightness, c = (l1 + l2) / 2, (c1 + c2) / 2
    t = 1 - 0.17 * math.cos(math.radians(middle - 30)) + 0.24 * math.cos(math.radians(2 * middle))
    t += 0.32 * math.cos(math.radians(3 * middle + 6)) - 0.20 * math.cos(math.radians(4 * middle - 63))
    sl = 1 + 0.015 * (lightness - 50) ** 2 / math.sqrt(20 + (lightness - 50) ** 2)
    sc, sh = 1 + 0.045 * c, 1 + 0.015 * c * t
    rotation = math.sin(math.radians(60 * math.exp(-(((middle - 275) / 25) ** 2))))
    rt = -2 * math.sqrt(c**7 / (c**7 + 25**7)) * rotation
    dl, dc, dh = (l2 - l1) / sl, (c2 - c1) / sc, hue / sh
    return math.sqrt(dl**2 + dc**2 + dh**2 + rt * dc * dh)


def contrast(colour, ground="#ffffff"):
    dark, light = sorted(float(SRGB_TO_XYZ[1] @ linear(one)) for one in (colour, ground))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("one", "two", "difference"),
    [
        # Pairs 1, 7, 13, 17, 21 and 25 of the test data that Sharma, Wu and Dalal give with their paper.
        ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
        ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
        ((50.0, -0.0010, 2.4900), (50.0, 0.0011, -2.4900), 4.7461),
        ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
        ((50.0, 2.5, 0.0), (50.0, 3.1736, 0.5854), 1.0000),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_the_difference_of_colours_is_computed_as_its_authors_do(one, two, difference):
    assert ciede2000(one, two) == pytest.approx(difference, abs=1e-4)


def test_the_simulation_turns_no_grey_into_a_colour():
    for vision in VISIONS:
        _, a, b = lab("#808080", vision)
        assert math.hypot(a, b) < 1.5, vision


@pytest.mark.parametrize("vision", VISIONS)
def test_any_two_series_can_be_told_apart(vision):
    seen = {colour: lab(colour, vision) for colour in COLOURS}
    differences = {pair: ciede2000(*(seen[colour] for colour in pair)) for pair in combinations(COLOURS, 2)}
    nearest = min(differences, key=differences.get)
    assert differences[nearest] >= LEAST_DIFFERENCE, (nearest, differences[nearest])


def test_the_colours_of_before_would_not_have_passed():
    before = ("#0b3c6f", "#b34700", "#1a1a1a", "#1b7f4b", "#7a2a84", "#6b5b00")
    least = min(
        ciede2000(lab(one, vision), lab(two, vision)) for one, two in combinations(before, 2) for vision in VISIONS
    )
    assert least < 1, least


@pytest.mark.parametrize("colour", COLOURS)
def test_each_line_is_strong_on_white(colour):
    assert contrast(colour) >= LEAST_CONTRAST


def test_in_black_and_white_dash_marker_and_hatch_tell_the_series_apart():
    assert len(COLOURS) == len(DASHES) == len(MARKERS) == len(HATCHES) == 6
    for looks in (DASHES, MARKERS, HATCHES):
        assert len(set(map(str, looks))) == 6


@pytest.mark.parametrize("vision", VISIONS)
def test_the_shades_of_a_map_go_from_pale_to_dark_for_every_eye(vision):
    lightness = [lab(shade, vision)[0] for shade in SHADES]
    assert all(pale - dark >= 10 for pale, dark in pairwise(lightness)), lightness
    assert contrast(EDGE, GROUND) >= LEAST_CONTRAST

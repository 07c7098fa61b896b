"""Build a die with engraved dots or numbers; opposite faces add up to seven."""

import math

import cadquery as cq

from makerwagen.models.lettering import Lettering, letter
from makerwagen.models.parts.reliefs import Relief, disc_areas, lettering_areas, with_reliefs
from makerwagen.models.parts.text import FONT
from makerwagen.models.winding import area

QUARTER = 0.25  # of the edge: from the middle of a face to the dots in its corners
TURNS = {1: (0, 0), 6: (180, 0), 2: (90, 0), 5: (-90, 0), 3: (0, 90), 4: (0, -90)}  # degrees around x and y
CORNERS = [(-1, -1), (1, 1), (-1, 1), (1, -1)]
DOTS = {
    1: [(0, 0)],
    2: CORNERS[:2],
    3: [(0, 0), *CORNERS[:2]],
    4: CORNERS,
    5: [(0, 0), *CORNERS],
    6: [*CORNERS, (-1, 0), (1, 0)],
}


def build(params: dict) -> cq.Workplane:
    """Return the die, standing on its six."""
    edge = params["edge_mm"]
    drawn = _numbers(params) if params["signs"] == "Zahlen" else _dots(params)
    reliefs = [Relief(areas, -depth, _face(number, edge)) for number, (areas, depth) in drawn.items()]
    die = with_reliefs(_cube(edge, params["corners"]), reliefs)
    return cq.Workplane(die.moved(cq.Location((0, 0, edge / 2))))


def _cube(edge: float, corners: str) -> cq.Shape:
    cube = cq.Workplane().box(edge, edge, edge)
    if corners == "schräg":
        cube = cube.edges().chamfer(0.08 * edge)
    if corners == "rund":
        # A ball of this size leaves the corners leaning by less than 45 degrees, so they print without support.
        cube = cube.intersect(cq.Workplane().sphere(0.75 * edge))
    return cube.findSolid()


def _face(number: int, edge: float) -> cq.Location:
    around_x, around_y = TURNS[number]
    return cq.Location((0, 0, 0), (around_x, around_y, 0)) * cq.Location((0, 0, edge / 2))


def _dots(params: dict) -> dict:
    """Return each face's dots and their depth; a fair die loses the same plastic on every face."""
    step = QUARTER * params["edge_mm"]
    found = {}
    for face, places in DOTS.items():
        size = params["dot_mm"] * (math.sqrt(6 / face) if params["fair"] else 1)
        found[face] = disc_areas([(x * step, y * step) for x, y in places], size), params["depth_mm"]
    return found


def _numbers(params: dict) -> dict:
    """Return each face's number and its depth; on a fair die a number with much ink is engraved less deep."""
    room = 0.6 * params["edge_mm"]
    signs = {face: letter(str(face), font=FONT, capital_mm=room, fit_mm=(room, room)) for face in TURNS}
    ink = {face: _ink(found) for face, found in signs.items()}
    share = {face: min(ink.values()) / ink[face] if params["fair"] else 1 for face in TURNS}
    return {face: (lettering_areas(found), params["depth_mm"] * share[face]) for face, found in signs.items()}


def _ink(lettering: Lettering) -> float:
    # Holes run the other way round, so their area counts negative.
    return sum(area(ring) for patch in lettering.patches for ring in (patch.outer, *patch.holes))

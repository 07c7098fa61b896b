"""Build a die with engraved dots or numbers; opposite faces add up to seven."""

import math
from dataclasses import replace

import cadquery as cq

from makerwagen.models.lettering import Lettering, letter, patches_of
from makerwagen.models.parts import quick
from makerwagen.models.parts.outlines import grown
from makerwagen.models.parts.reliefs import Relief, disc_areas, lettering_areas, with_reliefs
from makerwagen.models.parts.text import FONT
from makerwagen.models.winding import area

CHAMFER, ROUND = 0.08, 0.75  # of the edge: cut off, and the radius of the ball that rounds the corners
NOZZLE_MM = 0.4
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
    if params["signs"] == "Zahlen":
        drawn = {face: (lettering_areas(found), depth) for face, (found, depth) in _numbers(params).items()}
    else:
        drawn = {face: (disc_areas(*found), params["depth_mm"]) for face, found in _dots(params).items()}
    reliefs = [Relief(areas, -depth, _face(number, edge)) for number, (areas, depth) in drawn.items()]
    die = with_reliefs(_cube(edge, params["corners"]), reliefs)
    return cq.Workplane(die.moved(cq.Location((0, 0, edge / 2))))


def preview(params: dict) -> dict:
    """Return the same die quickly."""
    edge, deep = params["edge_mm"], params["depth_mm"]
    if params["signs"] == "Zahlen":
        tools = {
            n: quick.letters(found, 2 * depth, at=(0, 0, -depth)) for n, (found, depth) in _numbers(params).items()
        }
    else:
        flats = {n: [quick.disc(across, at) for at in places] for n, (places, across) in _dots(params).items()}
        tools = {n: quick.whole(quick.up(disc, 2 * deep, -deep) for disc in discs) for n, discs in flats.items()}
    placed = [tool.translate((0, 0, edge / 2)).rotate((*TURNS[n], 0)) for n, tool in tools.items()]
    die = quick.chamfered_cube(edge, CHAMFER * edge) if params["corners"] == "schräg" else quick.cube(edge)
    if params["corners"] == "rund":
        die ^= quick.ball(ROUND * edge)
    return {"body": (die - quick.whole(placed)).translate((0, 0, edge / 2))}


def _cube(edge: float, corners: str) -> cq.Shape:
    cube = cq.Workplane().box(edge, edge, edge)
    if corners == "schräg":
        cube = cube.edges().chamfer(CHAMFER * edge)
    if corners == "rund":
        # A ball of this size leaves the corners leaning by less than 45 degrees, so they print without support.
        cube = cube.intersect(cq.Workplane().sphere(ROUND * edge))
    return cube.findSolid()


def _face(number: int, edge: float) -> cq.Location:
    around_x, around_y = TURNS[number]
    return cq.Location((0, 0, 0), (around_x, around_y, 0)) * cq.Location((0, 0, edge / 2))


def _dots(params: dict) -> dict:
    """Return the middles and the size of each face's dots; a fair die loses the same plastic on every face."""
    step = QUARTER * params["edge_mm"]
    found = {}
    for face, places in DOTS.items():
        size = params["dot_mm"] * (math.sqrt(6 / face) if params["fair"] else 1)
        found[face] = [(x * step, y * step) for x, y in places], size
    return found


def _numbers(params: dict) -> dict:
    """Return each face's number and its depth; on a fair die a number with much ink is engraved less deep."""
    room = 0.6 * params["edge_mm"]
    signs = {face: letter(str(face), font=FONT, capital_mm=room, fit_mm=(room, room)) for face in TURNS}
    signs = {face: _without_splinters(found) for face, found in signs.items()}
    ink = {face: _ink(found) for face, found in signs.items()}
    share = {face: min(ink.values()) / ink[face] if params["fair"] else 1 for face in TURNS}
    return {face: (found, params["depth_mm"] * share[face]) for face, found in signs.items()}


def _without_splinters(lettering: Lettering) -> Lettering:
    """Return the engraving without plastic that stands thinner than the nozzle between two lines."""
    rings = [ring for patch in lettering.patches for ring in (patch.outer, *patch.holes)]
    return replace(lettering, patches=patches_of(grown(grown(rings, NOZZLE_MM / 2), -NOZZLE_MM / 2)))


def _ink(lettering: Lettering) -> float:
    # Holes run the other way round, so their area counts negative.
    return sum(area(ring) for patch in lettering.patches for ring in (patch.outer, *patch.holes))

"""Build a housing for a small board and its sensor: a box, and a lid that snaps in."""

from types import ModuleType

import cadquery as cq

from makerwagen.models.parts import quick, solids
from makerwagen.models.parts.snaps import Tongue

# Length, width and thickness in millimetres. Pico W: data sheet of the Raspberry Pi Pico W (51 x 21, 1 mm thick, holes
# of 2.1 mm +-0.05, their middles 47 and 11.4 apart). ESP32-DevKitC V4: 54.4 x 27.9, no holes; boards of other makers
# differ by up to a millimetre, so measure yours. Both are routed to about +-0.2 mm, which the play must take up.
BOARDS = {"Pico W": (51.0, 21.0, 1.0), "ESP32-DevKitC": (54.4, 27.9, 1.6)}
HOLES_MM = (47.0, 11.4)
PEG_MM, POST_MM = 1.8, 3.8  # a peg 0.3 mm thinner than the hole; a post that stays clear of the soldered pins
USB_MM, USB_MIDDLE_MM = (12.0, 8.0), 1.3  # room for the plug's grip, and its middle above the board
FLOOR_MM, LID_MM, ROUND_MM, GAP_MM = 2.0, 1.6, 3.0, 4.0
TONGUE_MM, TONGUE_AT_MM = 8.0, 7.0  # width of a tongue, and its middle from the end of the room inside


def build(params: dict) -> cq.Workplane:
    """Return box and lid side by side, the lid upside down; the USB socket looks towards negative x."""
    box, lid = _pieces(params)
    return cq.Workplane().newObject([box[0].fuse(*box[1:]), lid[0].fuse(*lid[1:])])


def preview(params: dict) -> dict:
    """Return the same, cut and put together quickly."""
    inside, height, tongue = _sizes(params)
    wall = params["wall_mm"]
    outer = quick.rounded(inside[0] + 2 * wall, inside[1] + 2 * wall, ROUND_MM)
    room = quick.rounded(*inside, _corner(params))
    walls = quick.up(outer - room, height - FLOOR_MM, FLOOR_MM)
    walls -= quick.whole(_openings(params, (*inside, height), tongue, kit=quick))
    tongues = _tongue_pieces(params, inside, tongue, kit=quick)
    lid = quick.whole([quick.up(outer, LID_MM), *tongues]).translate((0, _beside(params, inside), 0))
    return {"body": quick.whole([quick.up(outer, FLOOR_MM), walls, lid, *_supports(params, inside, kit=quick)])}


def _sizes(params: dict) -> tuple[tuple[float, float], float, Tongue]:
    """Return length and width of the room inside, the height of the box, and the tongue that holds the lid."""
    length, width, thickness = BOARDS[params["board"]]
    inside = (length + 2 * params["play_mm"] + params["extra_mm"], width + 2 * params["play_mm"])
    height = FLOOR_MM + params["stand_mm"] + thickness + params["room_mm"]
    return inside, height, Tongue(params["catch_mm"], params["play_mm"])


def _pieces(params: dict) -> tuple[list[cq.Shape], list[cq.Shape]]:
    inside, height, tongue = _sizes(params)
    walls = _walls(params, inside, height).cut(*_openings(params, (*inside, height), tongue, kit=solids))
    outer = inside[0] + 2 * params["wall_mm"], inside[1] + 2 * params["wall_mm"]
    floor, plate = (solids.slab((*outer, high), ROUND_MM) for high in (FLOOR_MM, LID_MM))
    beside = cq.Location((0, _beside(params, inside), 0))
    lid = [piece.moved(beside) for piece in (plate, *_tongue_pieces(params, inside, tongue, kit=solids))]
    return [floor, walls, *_supports(params, inside, kit=solids)], lid


def _beside(params: dict, inside: tuple[float, float]) -> float:
    return inside[1] + 2 * params["wall_mm"] + GAP_MM


def _corner(params: dict) -> float:
    return max(0.6, ROUND_MM - params["wall_mm"])


def _outer(params: dict, inside: tuple[float, float]) -> cq.Sketch:
    wall = params["wall_mm"]
    return cq.Sketch().rect(inside[0] + 2 * wall, inside[1] + 2 * wall).vertices().fillet(ROUND_MM).reset()


def _walls(params: dict, inside: tuple[float, float], height: float) -> cq.Shape:
    room = cq.Sketch().rect(*inside).vertices().fillet(_corner(params)).reset()
    around = _outer(params, inside).face(room, mode="s")
    return cq.Workplane(origin=(0, 0, FLOOR_MM)).placeSketch(around).extrude(height - FLOOR_MM).val()


def _supports(params: dict, inside: tuple[float, float], *, kit: ModuleType) -> list:
    """Return what the board lies on: posts with pegs for a board with holes, else two ribs and a stop."""
    length, width, thickness = BOARDS[params["board"]]
    stand, left = params["stand_mm"], -inside[0] / 2 + params["play_mm"]
    low = FLOOR_MM - 0.5  # everything reaches a little into the floor
    if params["board"] == "Pico W":
        middle, (across, up) = left + length / 2, HOLES_MM
        feet = [(middle + sx * across / 2, sy * up / 2, low) for sx in (-1, 1) for sy in (-1, 1)]
        posts = [kit.rod(POST_MM / 2, stand + 0.5, foot) for foot in feet]
        return posts + [kit.rod(PEG_MM / 2, stand + thickness + 1.3, foot) for foot in feet]
    ribs = [kit.box((3, width - 8, stand + 0.5), (left + at - 1.5, 4 - width / 2, low)) for at in (6, length - 6)]
    if params["extra_mm"] < 4:
        return ribs  # the end wall is stop enough
    stop = (2, width / 2, stand + thickness + 1.5)
    return [*ribs, kit.box(stop, (left + length + params["play_mm"], -width / 4, low))]


def _openings(params: dict, room: tuple[float, float, float], tongue: Tongue, *, kit: ModuleType) -> list:
    """Return what is cut out of the walls around the room inside, whose third size is the height of the box."""
    wall, (length, width, height) = params["wall_mm"], room
    deep, outer = wall + 1, (-length / 2 - wall - 0.5, -width / 2 - wall - 0.5)
    middle = FLOOR_MM + params["stand_mm"] + BOARDS[params["board"]][2] + USB_MIDDLE_MM
    usb = kit.box((deep, *USB_MM), (outer[0], -USB_MM[0] / 2, middle - USB_MM[1] / 2))
    cable, end = params["cable_mm"], length / 2 - 0.5
    notch = kit.box((deep, cable, height), (end, -cable / 2, height - cable))
    bottom = kit.lying_rod(cable / 2, deep, (end, 0, height - cable))
    through = width + 2 * wall + 1
    low, high = tongue.window_mm
    window = TONGUE_MM + 2 * params["play_mm"]
    windows = [
        kit.box((window, through, high - low), (x - window / 2, outer[1], height - high)) for x in _tongues(length)
    ]
    slots = [
        kit.box((params["slot_mm"], through, height - 6 - FLOOR_MM), (x, outer[1], FLOOR_MM + 2))
        for x in _slots(params)
    ]
    return [usb, notch, bottom, *windows, *slots]


def _tongues(length: float) -> tuple[float, float]:
    return TONGUE_AT_MM - length / 2, length / 2 - TONGUE_AT_MM


def _slots(params: dict) -> list[float]:
    """Return where slots begin on the x-axis."""
    across, pitch = params["slot_mm"], params["slot_mm"] + 2
    return [(number - (params["slots"] - 1) / 2) * pitch - across / 2 for number in range(params["slots"])]


def _tongue_pieces(params: dict, inside: tuple[float, float], tongue: Tongue, *, kit: ModuleType) -> list:
    back = inside[1] / 2 - params["play_mm"] - tongue.thickness_mm
    profile = [(back + out, LID_MM - 0.4 + up if up == 0 else LID_MM + up) for out, up in tongue.outline()]
    sides = [profile, [(-y, z) for y, z in reversed(profile)]]
    return [kit.bar_x(side, TONGUE_MM, x - TONGUE_MM / 2) for side in sides for x in _tongues(inside[0])]

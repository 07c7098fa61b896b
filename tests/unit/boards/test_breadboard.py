"""The picture of a wiring joins what exercise.yml declares, and nothing else."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from wired import PARTS, REPOSITORY, WIRED, exercise, led, part, random_wiring

from makerwagen.boards.wiring.breadboard import draw_breadboard
from makerwagen.boards.wiring.holes import ROWS, Hole, WiringError
from makerwagen.boards.wiring.layout import lay_out
from makerwagen.boards.wiring.legend import rings
from makerwagen.boards.wiring.legs import leg_plan
from makerwagen.boards.wiring.nets import assert_true, declared_nets, nets_of
from makerwagen.boards.wiring.routes import BADGE, Plan
from makerwagen.content.part import PartKind

CASES = pytest.mark.parametrize("wired", WIRED.values(), ids=WIRED)
SVG = "{http://www.w3.org/2000/svg}"


def board_of(wired):
    return REPOSITORY.boards[wired.board]


def layout_of(wired):
    return lay_out(board_of(wired), wired, PARTS)


@CASES
def test_the_holes_join_what_is_declared(wired):
    layout = layout_of(wired)
    nets, bridges = nets_of(layout)
    declared, declared_bridges = declared_nets(board_of(wired), wired, PARTS)
    assert nets == declared
    assert sorted(ohms for ohms, _ in bridges) == sorted(ohms for ohms, _ in declared_bridges)
    assert {net for _, net in bridges} == {net for _, net in declared_bridges}


@CASES
def test_every_pin_is_reached_from_the_board(wired):
    nets, bridges = nets_of(layout_of(wired))
    reached = {node for net in nets for node in net} | {node for _, nets in bridges for net in nets for node in net}
    assert {("pin", pin) for wire in wired.wiring for pin in wire.pins_of(PARTS.get(wire.part)).values()} <= reached


@CASES
def test_no_two_things_share_a_hole_and_every_hole_is_there(wired):
    layout = layout_of(wired)
    holes = [leg.hole for placed in layout.placed for leg in placed.legs]
    holes += [end for cable in layout.cables for end in (cable.start, cable.end) if isinstance(end, Hole)]
    holes += [end for resistor in layout.resistors for end in (resistor.start, resistor.end)]
    holes += [end for _, end in layout.feet if isinstance(end, Hole)]
    assert len(holes) == len(set(holes))
    assert all(hole.is_real for hole in holes)


@CASES
def test_parts_do_not_overlap(wired):
    layout = layout_of(wired)
    edges = [(min(placed.first, placed.body[0]), max(placed.last, placed.body[1])) for placed in layout.placed]
    assert all(last < first for (_, last), (first, _) in zip(edges, edges[1:], strict=False))
    assert all(last <= ROWS for _, last in edges)
    if layout.plugged and edges:
        assert edges[0][0] > len(layout.board.header.left)


@CASES
def test_no_wire_lies_on_another_and_no_number_on_a_foreign_wire(wired):
    plan = Plan(layout_of(wired), labels_height=40)
    routes = plan.routes()
    stretches = [
        (route.cable.number, a, b) for route in routes for a, b in zip(route.points, route.points[1:], strict=False)
    ]
    for number, a, b in stretches:
        for other, c, d in stretches:
            if number < other:
                assert not lie_together(a, b, c, d), (number, other)
    for route in routes:
        for number, a, b in stretches:
            if number != route.cable.number:
                assert distance(route.badge, a, b) > BADGE - 1, (route.cable.number, number)
    badges = [route.badge for route in routes]
    near = [(p, q) for p in badges for q in badges if p < q and (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 < 4 * BADGE**2]
    assert not near


def lie_together(a, b, c, d):
    for axis, along in ((0, 1), (1, 0)):
        if a[axis] == b[axis] == c[axis] == d[axis]:
            low, high = sorted((a[along], b[along])), sorted((c[along], d[along]))
            return low[0] < high[1] and high[0] < low[1]
    return False


def distance(point, a, b):
    (x, y), (dx, dy) = point, (b[0] - a[0], b[1] - a[1])
    long = dx * dx + dy * dy
    t = max(0, min(1, ((x - a[0]) * dx + (y - a[1]) * dy) / long)) if long else 0
    return ((a[0] + t * dx - x) ** 2 + (a[1] + t * dy - y) ** 2) ** 0.5


@CASES
def test_the_picture_is_the_same_every_time_and_lies_within_its_frame(wired):
    svg = draw_breadboard(board_of(wired), wired, PARTS)
    assert svg == draw_breadboard(board_of(wired), wired, PARTS)
    root = ET.fromstring(svg)
    left, top, width, height = (float(number) for number in root.get("viewBox").split())
    for shape in root.iter():
        if shape.tag in {f"{SVG}circle", f"{SVG}line", f"{SVG}text", f"{SVG}rect"}:
            x = float(shape.get("cx") or shape.get("x1") or shape.get("x") or 0)
            y = float(shape.get("cy") or shape.get("y1") or shape.get("y") or 0)
            assert left <= x <= width
            assert top <= y <= height
    assert root.find(f"{SVG}title").text.startswith("Schaltung auf dem Steckbrett: ")
    assert "USB-Kabel" in root.find(f"{SVG}desc").text


@CASES
def test_the_picture_says_which_pins_and_parts_are_used(wired):
    root = ET.fromstring(draw_breadboard(board_of(wired), wired, PARTS))
    bold = " ".join(text.text for text in root.iter(f"{SVG}text") if text.get("font-weight") == "bold")
    for wire in wired.wiring:
        assert wire.label["de"] in bold
        assert all(pin in bold for pin in wire.pins_of(PARTS.get(wire.part)).values())


def test_every_kind_of_part_is_drawn_in_some_picture():
    drawn = {PARTS.get(wire.part).kind for wired in WIRED.values() for wire in wired.wiring}
    assert drawn == set(PartKind)


@pytest.mark.parametrize("kind", PARTS.parts, ids=lambda kind: kind.id)
def test_every_part_has_all_its_legs(kind):
    roles = [role for role, _ in leg_plan(kind).legs]
    assert {terminal.name for terminal in kind.terminals} <= set(roles)
    assert len(roles) == len(set(roles))
    assert ("supply" in roles) == bool(kind.supply_volts)


def test_a_wire_in_a_wrong_hole_is_found():
    wired = WIRED["light and button"]
    layout = layout_of(wired)
    astray = [
        replace(cable, end=Hole(cable.end.row + 1, "b")) if cable.carries == "GP15" else cable
        for cable in layout.cables
    ]
    with pytest.raises(WiringError, match="would be wrong at"):
        assert_true(replace(layout, cables=tuple(astray)), wired, PARTS)


@pytest.mark.parametrize("lost", range(4))
def test_a_missing_wire_is_found(lost):
    wired = WIRED["light and button"]
    layout = layout_of(wired)
    cables = tuple(cable for number, cable in enumerate(layout.cables) if number != lost)
    with pytest.raises(WiringError, match="would be wrong at"):
        assert_true(replace(layout, cables=cables), wired, PARTS)


def test_a_resistor_of_another_value_or_in_another_place_is_found():
    wired = WIRED["parking"]
    layout = layout_of(wired)
    first, *others = layout.resistors
    for wrong in (replace(first, ohms=330.0), replace(first, end=Hole(1, "a"))):
        with pytest.raises(WiringError, match="would be wrong at"):
            assert_true(replace(layout, resistors=(wrong, *others)), wired, PARTS)


def test_two_legs_in_one_hole_are_found():
    wired = WIRED["light and button"]
    layout = layout_of(wired)
    light = layout.placed[-1]
    legs = tuple(replace(leg, hole=light.legs[0].hole) for leg in light.legs)
    with pytest.raises(WiringError, match="would be wrong at"):
        assert_true(replace(layout, placed=(*layout.placed[:-1], replace(light, legs=legs))), wired, PARTS)


def test_too_many_parts_are_refused_with_what_to_do():
    lights = [led(f"licht{number}", "red", f"GP{number}") for number in range(16)]
    with pytest.raises(WiringError, match=r"16 parts need \d+ rows, a breadboard has 63; split the exercise in two"):
        layout_of(exercise("pico-w", *lights))


@pytest.mark.parametrize(
    ("wire", "said"),
    [
        (part("x", "warp-drive", "GP1"), "is not wired properly"),
        (part("x", "oled-display", {"sda": "GP4"}), "is not wired properly"),
        (part("x", "led-red", "GP15"), "has no resistor that can be drawn"),
        (led("x", "red", "GP51"), "has no leg 'GP51'"),
    ],
)
def test_a_bad_declaration_is_refused_and_points_to_check(wire, said):
    with pytest.raises(WiringError, match=said) as error:
        layout_of(exercise("pico-w", wire))
    assert "makerwagen check" in str(error.value)


def test_a_wide_board_lies_beside_the_breadboard_and_takes_wires_with_sockets():
    layout = layout_of(WIRED["esp32 lights"])
    assert not layout.plugged
    assert min(placed.first for placed in layout.placed) < 10


def test_labels_of_authors_cannot_break_the_picture():
    wired = exercise("pico-w", led("rot", "red", "GP15") | {"label": {"de": '<script>"&'}})
    svg = draw_breadboard(board_of(wired), wired, PARTS)
    ET.fromstring(svg)
    assert not re.search("<script", svg)


@pytest.mark.parametrize(
    ("ohms", "colours"),
    [
        (220, "rot, rot, braun"),
        (330, "orange, orange, braun"),
        (1000, "braun, schwarz, rot"),
        (4700, "gelb, lila, rot"),
    ],
)
def test_the_rings_of_a_resistor_are_told(ohms, colours):
    assert rings(ohms, "de") == colours


@CASES
def test_no_wire_lies_on_a_resistor(wired):
    layout = layout_of(wired)
    plan = Plan(layout, labels_height=40)
    for resistor in layout.resistors:
        ends = [(plan.x(end), plan.y(end)) for end in (resistor.start, resistor.end)]
        middle = (max(x for x, _ in ends) - 1.5 * 17, ends[0][1]) if ends[0][1] == ends[1][1] else None
        x, y = middle or ((ends[0][0] + ends[1][0]) / 2, min(y for _, y in ends) + 27)
        for route in plan.routes():
            for a, b in zip(route.points, route.points[1:], strict=False):
                assert distance((x, y), a, b) > 8, (resistor, route.cable)


@pytest.mark.parametrize("seed", range(60))
def test_any_wiring_is_right_or_refused_for_its_length(seed):
    wired = random_wiring(seed)
    try:
        layout_of(wired)
    except WiringError as error:
        assert len(wired.wiring) > 4
        assert "rows, a breadboard has 63; split the exercise in two" in str(error)
        return
    test_the_holes_join_what_is_declared(wired)
    test_no_two_things_share_a_hole_and_every_hole_is_there(wired)
    test_parts_do_not_overlap(wired)
    test_no_wire_lies_on_another_and_no_number_on_a_foreign_wire(wired)
    test_no_wire_lies_on_a_resistor(wired)

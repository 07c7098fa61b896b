"""What the gate lets through, and everything it must not."""

import math
import time

import pytest
from pydantic import ValidationError

from makerwagen.content.printer import NEVER, Printer
from makerwagen.slicing.arcs import arc_of
from makerwagen.slicing.gcode_gate import MAX_REASONS, inspect_gcode
from tests.unit.slicing.conftest import END, LINE, START


def reasons(text: str | bytes, printer: Printer) -> tuple[str, ...]:
    data = text if isinstance(text, bytes) else text.encode()
    return inspect_gcode(data.splitlines(keepends=True) if b"\r" not in data else [data], printer).reasons


def with_body(body: str) -> str:
    return START + body + END


def test_a_plain_line_passes_on_every_printer(printer):
    report = inspect_gcode(with_body(LINE).encode().splitlines(keepends=True), printer)
    assert report.reasons == ()
    assert report.filament_mm == pytest.approx(0.6)
    assert report.high_mm[:2] == (70, 50)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("G1 X260 F6000", "verlässt seinen Bereich (X260 Y50 Z0.2)"),
        ("G1 X-1", "verlässt seinen Bereich"),
        ("G1 Y-5", "verlässt seinen Bereich"),
        ("G1 Z-0.1", "verlässt seinen Bereich"),
        ("G1 Z210.1", "verlässt seinen Bereich"),
        ("G91\nG1 X300", "verlässt seinen Bereich"),
        ("G91\n" + "G1 X60\n" * 4, "verlässt seinen Bereich"),
        ("G1 Y-3\nG1 X200 E5 F1200", "Plastik neben dem Druckbett"),
        ("G1 X70 E0.6 F20000", "das Tempo ist nicht erlaubt"),
        ("G1 X70 E0.6 F0", "das Tempo ist nicht erlaubt"),
        ("G1 X70 E9", "die Linie ist zu dick"),
        ("G1 X50.01 E0.2", "zu viel Plastik an einer Stelle"),
        ("G1 X70 E7 F12000", "zu viel Plastik in einer Sekunde"),
        ("G1 E30 F1200", "zu viel Filament im Stand"),
        ("G1 E-30 F1200", "zu viel Filament im Stand"),
        ("G1 X70 E-30", "zu viel Filament zurückgezogen"),
        ("M82\nG92 E0\nG1 X70 E0.6\nG1 X71 E9", "die Linie ist zu dick"),
        ("M104 S0\nG1 X70 E0.6 F1200", "Filament wird kalt geschoben"),
        ("M104 S260", "die Düse wird zu heiß (260 °C, höchstens 225)"),
        ("M109 R260", "die Düse wird zu heiß"),
        ("M140 S90", "das Druckbett wird zu heiß"),
        ("M104", "M104 ohne klare Temperatur"),
        ("M104 S200 R300", "M104 ohne klare Temperatur"),
        ("G92 X0", "G92 verschiebt den Nullpunkt"),
        ("G92", "G92 verschiebt den Nullpunkt"),
        ("G2 X70 Y50 R10", "ein Bogen, den wir nicht prüfen können"),
        ("G2 X70 Y50 I3 J3", "ein Bogen, der nicht aufgeht"),
        ("G1 X5 Y50\nG2 X5 Y90 I0 J20 E1 F1200", "verlässt seinen Bereich"),
        ("G1 X70 Y50 X300", "nicht zu lesen"),
        ("G1 X1e3", "nicht zu lesen"),
        ("G1X300", "G1X300 ist nicht erlaubt"),
        ("g1 X300", "g1 ist nicht erlaubt"),
        ("G01 X300", "G01 ist nicht erlaubt"),
        ("N10 G1 X300*55", "nicht zu lesen"),
        ("@pause", "@pause ist nicht erlaubt"),
        ("SET_HEATER_TEMPERATURE HEATER=extruder TARGET=300", "nicht zu lesen"),
        ("M203 X900", "M203 X ist so nicht erlaubt (X900)"),
        ("M204 P9000", "M204 P ist so nicht erlaubt"),
        ("M106 S", "M106 S ist so nicht erlaubt"),
        ("M115 U9.9.9", "nicht zu lesen"),
        ("M84\nG1 X60", "Bewegung ohne Nullpunkt"),
        ("G28 X", "Bewegung ohne Nullpunkt"),
        ("M73 P" + "1" * 100, "die Zeile ist zu lang"),
        ("M117 Hallo", "nicht zu lesen"),
        ("G4 S100000", "G4 S ist so nicht erlaubt"),
    ],
)
def test_what_leaves_the_limits_is_refused(body, reason, mk3s):
    found = reasons(with_body(body + "\nG1 X55 E0.1 F1200\n"), mk3s)
    assert any(reason in one for one in found), found


@pytest.mark.parametrize("code", sorted(NEVER))
def test_what_writes_memory_or_firmware_is_refused_on_every_printer(code, printer):
    assert f"Zeile 10: {code} darf nie an einen Drucker" in reasons(with_body(f"{code}\n{LINE}"), printer)


@pytest.mark.parametrize("code", ["M500", "M502", "M997", "M928", "M30", "M28", "M587", "M92", "M302", "G20", "M211"])
def test_the_worst_are_among_those_never_sent(code):
    assert code in NEVER


def test_no_limits_can_allow_what_is_never_sent(mk3s):
    data = mk3s.model_dump()
    for change in ({"commands": {"M500": {}}}, {"lines": ["M502"]}, {"bed": data["bed"] | {"x_mm": [0, 400]}}):
        with pytest.raises(ValidationError):
            Printer.model_validate(data | change)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "es wird nichts gedruckt"),
        (START + END, "es wird nichts gedruckt"),
        (START + LINE, "am Ende ist die Heizung noch an"),
        (START + LINE + "M104 S0\n", "am Ende ist die Heizung noch an"),
        (LINE, "Bewegung ohne Nullpunkt"),
    ],
)
def test_how_a_file_starts_and_ends_matters(text, reason, mk3s):
    assert any(reason in one for one in reasons(text, mk3s))


@pytest.mark.parametrize("line", [b"; harmless\rM502\n", b"G1 X60 ; a\x00b\n", b"; tea\x0b\n"])
def test_a_command_cannot_hide_in_a_comment(line, mk3s):
    lines = [*START.encode().splitlines(keepends=True), line, LINE.encode(), *END.encode().splitlines(keepends=True)]
    assert any("kein G-Code" in one for one in inspect_gcode(lines, mk3s).reasons)


def test_comments_and_windows_line_ends_are_fine(mk3s):
    text = with_body(";TYPE:Perimeter M502\n; Größe\n\n" + LINE.replace("\n", " ; a line\n")).replace("\n", "\r\n")
    assert inspect_gcode([line + b"\n" for line in text.encode().split(b"\n")[:-1]], mk3s).reasons == ()


def test_relative_moves_and_absolute_filament_are_followed(mk3s):
    body = "G91\nG1 X10 F6000\nG90\nM82\nG92 E0\nG1 X80 Y50 E0.6 F1200\nG1 X100 Y50 E1.2\n"
    report = inspect_gcode(with_body(body).encode().splitlines(keepends=True), mk3s)
    assert report.reasons == ()
    assert report.filament_mm == pytest.approx(1.2)


def test_pulling_back_is_not_counted_as_used(mk3s):
    body = LINE + "G1 E-0.8 F2100\nG1 X60 F6000\nG1 E0.8 F2100\n"
    assert inspect_gcode(with_body(body).encode().splitlines(keepends=True), mk3s).filament_mm == pytest.approx(0.6)


def test_an_arc_inside_the_bed_passes_and_its_far_side_counts(mk3s):
    assert reasons(with_body("G2 X90 Y50 I20 J0 E2 F1200\n"), mk3s) == ()
    # From (50,50) to (50,50.0) around a centre at the left edge: the ends are inside, the circle is not.
    assert any("verlässt" in one for one in reasons(with_body("G3 X50 Y50 I-40 J0 E5 F1200\n"), mk3s))


@pytest.mark.parametrize(("clockwise", "length", "lowest"), [(True, math.pi * 10, 0.0), (False, math.pi * 10, -10.0)])
def test_an_arc_reaches_to_the_side_it_turns(clockwise, length, lowest):
    arc = arc_of((0, 0), (20, 0), (10, 0), clockwise=clockwise)
    assert arc.length_mm == pytest.approx(length)
    assert min(y for _, y in arc.extremes) == pytest.approx(lowest, abs=1e-9)


def test_an_arc_that_ends_where_it_starts_is_a_circle():
    assert arc_of((0, 0), (0, 0), (5, 0), clockwise=True).length_mm == pytest.approx(10 * math.pi)


def test_reading_stops_after_ten_kinds_of_reasons(mk3s):
    assert len(reasons(with_body("".join(f"M{code}\n" for code in range(700, 800))), mk3s)) == MAX_REASONS


def test_a_megabyte_takes_well_under_a_second(mk3s):
    layer = "".join(f"G1 X{60 + number % 50}.123 Y{60 + number % 30}.456 E.00123\n" for number in range(35_000))
    lines = with_body("G1 F1200\n" + layer).encode().splitlines(keepends=True)
    before = time.process_time()
    assert inspect_gcode(lines, mk3s).reasons == ()
    assert time.process_time() - before < 1.5

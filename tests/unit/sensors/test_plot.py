"""The plot of a datastream shows what was measured: gaps as gaps, outliers whole, impossible values marked."""

import re
from xml.etree import ElementTree

import pytest

from makerwagen.sensors.plot import HEIGHT, LEFT, WIDTH, Window, columns_of, draw
from makerwagen.sensors.protocol import Reading
from makerwagen.sensors.store import Arrival, Observation, Store

T = 1_795_500_000.0
HOUR = Window(T - 3600, T)


def seen(values, *, every=10.0, possible=True):
    return [Observation(T - (len(values) - 1 - i) * every, T, v, possible, "none", False) for i, v in enumerate(values)]


def plot(observations, window=HOUR, **more):
    return draw(columns_of(observations, window), window, title="Temperatur von Hochbeet", unit="°C", **more)


def lines(svg):
    return re.findall(r'<polyline points="([^"]+)"', svg)


def test_a_gap_ends_the_line_and_is_shaded():
    values = seen([20.0] * 300)
    svg = plot([one for one in values if not T - 1200 < one.phenomenon_time < T - 600])
    assert len(lines(svg)) == 2
    assert svg.count("Lücke: Hier kam nichts an") == 1
    assert "1 Lücke" in svg


def test_silence_until_now_is_a_gap_too():
    svg = plot([one for one in seen([20.0] * 300) if one.phenomenon_time < T - 900])
    assert len(lines(svg)) == 1 and svg.count("<rect") == 1


def test_an_outlier_among_thousands_keeps_its_height():
    values = [20.0 + i % 2 * 0.1 for i in range(3600)]
    values[1800] = 60.0
    svg = plot(seen(values, every=1.0))
    heights = [float(point.split(",")[1]) for line in lines(svg) for point in line.split()]
    assert min(heights) < 40 and max(heights) > 150
    assert len(heights) <= 2 * 301


def test_impossible_values_are_crosses_and_do_not_stretch_the_axis():
    values = seen([20.0, 20.5, 21.0, 20.5] * 20)
    values[40] = Observation(values[40].phenomenon_time, T, -127.0, False, "none", False)
    svg = plot(values)
    assert svg.count("unmöglicher Wert</title>") == 1
    assert "−127" not in svg and "1 unmöglicher Wert" in svg


def test_where_every_value_is_impossible_the_axis_has_no_numbers_and_words_say_why():
    svg = plot(seen([140.0, 141.0], possible=False))
    assert "nur 2 unmögliche Werte." in svg and ">nur unmögliche Werte in dieser Zeit</text>" in svg
    assert "0,25" not in svg and "keine Werte" not in svg
    assert svg.count("unmöglicher Wert</title>") == 2


def test_a_simulated_stream_says_so_in_picture_and_words():
    svg = plot(seen([20.0, 21.0]), simulated=True)
    assert ">simuliert</text>" in svg and "simuliert, " in svg
    assert "simuliert" not in plot(seen([20.0, 21.0]))


def test_axes_are_german_and_bear_the_unit():
    svg = plot(seen([20.1, 20.2, 20.9, 21.4]))
    texts = re.findall(r"<text[^>]*>([^<]+)", svg)
    assert "°C" in texts
    assert any("," in text for text in texts) and not any(re.search(r"\d\.\d", text) for text in texts)
    assert any(re.fullmatch(r"\d\d:\d\d", text) for text in texts)


@pytest.mark.parametrize("seconds", [5, 60, 600, 3600, 86400, 7 * 86400, 400 * 86400])
@pytest.mark.parametrize("values", [[], [20.0], [0.0, 0.0], [-40.0, 100.0], [1e9, 1e9 + 1], [1e-9, 2e-9]])
def test_any_window_and_any_values_give_a_picture_inside_its_frame(seconds, values):
    window = Window(T - seconds, T)
    root = ElementTree.fromstring(plot(seen(values, every=seconds / 10), window))
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        assert -1 <= float(text.get("x")) <= WIDTH and 0 <= float(text.get("y")) <= HEIGHT
    for line in root.iter("{http://www.w3.org/2000/svg}polyline"):
        for point in line.get("points").split():
            x, y = (float(number) for number in point.split(","))
            assert LEFT - 1 <= x <= WIDTH and 0 <= y <= HEIGHT


def test_text_from_outside_is_text():
    assert "<b>" not in draw([], HOUR, title="<b>x</b>", unit="<i>")


def test_the_store_makes_the_same_columns(tmp_path):
    store = Store(tmp_path / "r.sqlite")
    values = [20.0 + i % 7 for i in range(500)]
    store.add(Arrival(Reading("n", 1, i, "temperature", v), T - 499 + i) for i, v in enumerate(values))
    stream = store.datastreams()[0]
    ours = columns_of(store.observations(stream.id), HOUR)
    assert store.columns(stream.id, HOUR.since, HOUR.until, HOUR.column_s) == ours
    store.close()

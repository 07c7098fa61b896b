"""The map without a net: metres that are right, places that are real, values, gaps and names that can be read."""

import math
from itertools import combinations

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.learn import distance_m, packs, show_map
from makerwagen.learn.seeing import labels as seeing_labels
from makerwagen.learn.seeing import maps
from makerwagen.learn.seeing.errors import SeeingError
from makerwagen.learn.seeing.plot import clean


@pytest.fixture(autouse=True)
def fresh():
    before = mpl.get_backend()
    mpl.use("Agg")
    seeing_labels.forget()
    yield
    plt.close("all")
    mpl.use(before)


@pytest.fixture
def three_o_clock():
    data = clean(packs.load_pack("parkhauser"), "frei", low=0)
    return data[data["zeitstempel"].dt.hour == 15]


def yard():
    lats, lons = [51.5301, 51.5303, 51.53045, 51.53005], [7.4801, 7.4806, 7.4799, 7.4805]
    names = ["Asphalt", "Wiese", "Sand", "Linde"]
    return pd.DataFrame({"ort": names, "lat": lats, "lon": lons, "grad": [41.2, 28, np.nan, 25.5]})


def below(ax):
    return ax.figure.get_supxlabel().replace("\n", " ")


def test_distances_are_those_of_a_sphere():
    assert distance_m((0, 0), (0, 90)) == pytest.approx(math.pi / 2 * 6371008.8)
    assert distance_m((51, 7), (52, 7)) == pytest.approx(111195.1, abs=0.1)
    assert distance_m((51.5, 7.4), (51.5, 7.4)) == 0


def test_known_distances_in_dortmund_come_out():
    # Straight lines between the coordinates of the articles: a walk of a few minutes, and about ten kilometres.
    assert 600 < distance_m("Hauptbahnhof", "Reinoldikirche") < 750
    assert 10_000 < distance_m("Hauptbahnhof", "Flughafen") < 11_000


def test_a_row_a_pair_and_a_name_are_points():
    row = yard().iloc[0]
    assert distance_m(row, (51.5301, 7.4801)) == 0
    assert distance_m(row, {"lat": 51.5301, "lon": 7.4806}) == pytest.approx(34.6, abs=0.1)


@pytest.mark.parametrize(
    ("point", "says"),
    [
        ("Hauptbanhof", "Meinst du „Hauptbahnhof“?"),
        ((51.5, None), "sind Zahlen"),
        ((math.nan, 7.4), "lat oder lon fehlt"),
        ((751, 7), "gibt es auf der Erde nicht"),
        (7.4, "nicht eine Zahl"),
        ({"name": "x"}, "braucht lat und lon"),
        (pd.DataFrame({"lat": [1], "lon": [2]}), "Nimm eine davon"),
    ],
)
def test_what_is_no_point_is_answered(point, says):
    with pytest.raises(SeeingError) as caught:
        distance_m(point, (51.5, 7.4))
    assert says in str(caught.value)


def test_the_places_lie_in_and_around_dortmund_and_apart():
    places = maps.places_of("dortmund")
    assert len(places) >= 10
    for place in places:
        assert 51.41 < place.lat < 51.61, place
        assert 7.30 < place.lon < 7.64, place
    assert all(distance_m((a.lat, a.lon), (b.lat, b.lon)) > 300 for a, b in combinations(places, 2))


@pytest.mark.parametrize("text", ["places: [{name: x, lat: 51}]", "a: b", "[", "places: [{name: x, lat: 951, lon: 7}]"])
def test_a_broken_file_of_places_is_named(tmp_path, text):
    (tmp_path / "x.yml").write_text(text, encoding="utf-8")
    with pytest.raises(MakerwagenError, match=r"x\.yml: not a list of places"):
        maps.read_places(tmp_path / "x.yml")


def test_the_grid_counts_true_metres():
    ax = show_map(yard(), "grad", label="ort")
    at = {text.get_text(): text.xy for text in ax.texts if hasattr(text, "xyann")}
    drawn = math.dist(at["Asphalt"], at["Wiese"])
    assert drawn == pytest.approx(distance_m(yard().iloc[0], yard().iloc[1]), rel=0.001)
    assert ax.get_xlabel() == "Meter nach Osten"
    assert at["Wiese"][0] > at["Asphalt"][0]


def test_the_scale_bar_is_as_long_as_it_says():
    ax = show_map(yard(), "grad")
    (bar,) = [line for line in ax.get_lines() if line.get_label() == "_Maßstab"]
    share = bar.get_xdata()[1] - bar.get_xdata()[0]
    (said,) = [text.get_text() for text in ax.texts if text.get_text().endswith(" m")]
    assert share * ax.get_xlim()[1] == pytest.approx(float(said.removesuffix(" m")))


def test_a_wide_map_counts_kilometres_and_shows_known_places(three_o_clock):
    ax = show_map(three_o_clock, "frei", label="name", title="Samstag")
    written = {text.get_text() for text in ax.texts}
    assert ax.get_xlabel() == "Kilometer nach Osten"
    assert {"Westfalenstadion", "Borsigplatz", "Kranich", "N"} <= written
    assert "Straßen und Häuser sind nicht gezeichnet" in below(ax)


def test_a_small_map_says_how_far_the_next_known_place_is():
    assert "Von hier 0,8 km nach Süden: Borsigplatz." in below(show_map(yard(), "grad", source="eigene Messung"))


def test_simulated_values_and_invented_places_are_said(three_o_clock):
    assert "Ort der Punkte: hier erfunden." in below(show_map(three_o_clock, "frei"))
    assert "Simulierte Daten" in below(show_map(three_o_clock, "frei"))


def test_missing_and_taken_out_values_have_marks_of_their_own(three_o_clock):
    named = [text.get_text() for text in show_map(yard(), "grad").get_legend().get_texts()]
    assert "fehlt" in named
    ax = show_map(three_o_clock, "frei")
    assert "herausgenommen" in [text.get_text() for text in ax.get_legend().get_texts()]
    (hollow,) = [line for line in ax.get_lines() if line.get_label() == "_herausgenommen"]
    assert len(hollow.get_xdata()) == 1
    assert hollow.get_markerfacecolor() == "white"


def test_every_value_has_a_class_and_larger_ones_are_larger_and_darker(three_o_clock):
    ax = show_map(three_o_clock, "frei")
    discs = [line for line in ax.get_lines() if line.get_marker() == "o"]
    assert sum(len(disc.get_xdata()) for disc in discs) == three_o_clock["frei"].notna().sum()
    sizes = [disc.get_markersize() for disc in discs]
    assert sizes == sorted(sizes)
    assert len(set(sizes)) == len(sizes)


def test_names_cover_neither_one_another_nor_a_mark(three_o_clock):
    ax = show_map(three_o_clock, "frei", label="name")
    ax.figure.draw_without_rendering()
    names = [text for text in ax.texts if hasattr(text, "xyann") and text.get_text() != "N"]
    boxes = [text.get_window_extent() for text in names]
    for one, two in combinations(boxes, 2):
        wide, high = min(one.x1, two.x1) - max(one.x0, two.x0), min(one.y1, two.y1) - max(one.y0, two.y0)
        assert wide < 4 or high < 4
    left = [name for name in three_o_clock["name"] if name not in {text.get_text() for text in names}]
    assert all(name in below(ax) for name in left)


def test_one_point_and_equal_values_still_make_a_map():
    ax = show_map(yard().head(1), "grad", label="ort")
    assert ax.get_xlim()[1] >= 40
    same = yard().assign(grad=20.0)
    assert len([line for line in show_map(same, "grad").get_lines() if line.get_marker() == "o"]) == 1


def test_names_instead_of_numbers_get_a_colour_and_a_mark_each():
    table = yard().assign(boden=["hart", "weich", None, "weich"])
    ax = show_map(table, "boden", label="ort")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["hart", "weich", "fehlt"]
    marks = {line.get_label(): line for line in ax.get_lines()}
    assert len(marks["_weich"].get_xdata()) == 2
    assert marks["_weich"].get_marker() != marks["_hart"].get_marker()
    assert "Sand fehlt" in packs.describe(ax.figure)
    with pytest.raises(SeeingError, match="7 verschiedene Namen"):
        show_map(pd.concat([yard()] * 2).head(7).assign(boden=list("abcdefg")), "boden")


def test_a_place_far_away_is_named_with_its_row_and_a_way_to_leave_it_out():
    table = pd.concat([yard()] * 3, ignore_index=True)
    table.loc[7, ["lat", "lon"]] = [7.48, 51.53]
    with pytest.raises(SeeingError, match=r"Zeile 7 liegt \d+ km .*lat 7,48, lon 51,53.*tabelle.drop\(\[7\]\)"):
        show_map(table, "grad")
    assert "11 Punkte" not in packs.describe(show_map(table.drop([7]), "grad", label="ort").figure)


def test_many_points_are_told_as_a_span():
    table = pd.concat([yard()] * 5, ignore_index=True)
    assert "15 Punkte von 25,5 bis 41,2, 5 ohne Wert" in packs.describe(show_map(table, "grad").figure)


def test_points_without_a_value_need_no_legend():
    ax = show_map(yard(), label="ort")
    assert ax.get_legend() is None
    assert "4 Punkte: Asphalt, Wiese, Sand, Linde" in packs.describe(ax.figure)


def test_a_map_of_gaps_only_says_so():
    ax = show_map(yard().assign(grad=np.nan), "grad", label="ort")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["fehlt"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda table: table.rename(columns={"lat": "breite"}), "Die Spalte „lat“ gibt es nicht"),
        (lambda table: table.assign(lat=np.nan), "Keine Zeile hat einen Ort"),
        (lambda table: table.assign(lat=[751.5, 51, 51, 51]), "gibt es auf der Erde nicht"),
        (lambda table: table.assign(lon=[7.4, 7.4, 51.5, 7.41]), "Sind die beiden vertauscht?"),
        (lambda table: pd.concat([table] * 200), "zu viele für eine Karte"),
    ],
)
def test_a_table_that_makes_no_map_is_answered(change, says):
    with pytest.raises(SeeingError) as caught:
        show_map(change(yard()), "grad")
    assert says in str(caught.value)
    assert plt.get_fignums() == []


def test_rows_without_a_place_are_counted():
    table = yard()
    table.loc[1, "lat"] = np.nan
    assert "1 Zeile fehlt auf der Karte" in below(show_map(table, "grad"))


def test_an_unknown_city_is_answered():
    with pytest.raises(SeeingError, match="Es gibt: dortmund"):
        show_map(yard(), "grad", city="unna")


def test_the_map_is_told_in_words():
    said = packs.describe(show_map(yard(), "grad", label="ort", title="Schulhof").figure)
    assert said.startswith("Karte „Schulhof“. 63 m breit")
    assert "Sand fehlt" in said
    assert "Asphalt 41,2" in said

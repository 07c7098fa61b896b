"""Seeing: gaps stay gaps, what was taken out shows, the source is named, and mistakes are answered in German."""

import io
from itertools import pairwise

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.colors import to_hex

from makerwagen.learn import packs
from makerwagen.learn.seeing import labels as seeing_labels
from makerwagen.learn.seeing.errors import SeeingError
from makerwagen.learn.seeing.plot import clean, plot
from makerwagen.learn.seeing.style import COLOURS, MOST_SERIES, german


@pytest.fixture(autouse=True)
def fresh():
    before = mpl.get_backend()
    mpl.use("Agg")
    seeing_labels.forget()
    yield
    plt.close("all")
    mpl.use(before)


@pytest.fixture
def parking():
    return packs.load_pack("parkhauser")


def yard(**columns):
    times = pd.date_range("2027-05-03 08:00", periods=12, freq="10min")
    table = pd.DataFrame({"zeit": times, "temperatur": np.linspace(15, 20.5, 12), **columns})
    table.attrs = {"label": "Simulierte Daten – Schulhof", "units": {"temperatur": "°C"}, "titles": {}}
    return table


def below(ax):
    return ax.figure.get_supxlabel().replace("\n", " ")


def lines(ax):
    return [line for line in ax.get_lines() if not str(line.get_label()).startswith("_")]


def test_cleaning_says_what_it_took_out_and_keeps_it_countable(parking, capsys):
    cleaned = clean(parking, "frei", low=0, high="capacity")
    said = capsys.readouterr().out
    assert said.startswith(
        "6 von 180 Werten in „frei“ lagen außerhalb von 0 bis „capacity“ und sind jetzt Lücken: 313,"
    )
    assert "−437" in said
    assert cleaned["frei"].isna().sum() == cleaned["frei_entfernt"].notna().sum() == 6
    assert set(cleaned["frei_entfernt"].dropna()) == {313, -4, -9, -12, -7, -437}
    assert len(cleaned) == len(parking)
    assert "frei_entfernt" not in parking.columns


def test_cleaning_one_value_is_said_in_the_singular_with_its_unit(capsys):
    table = yard()
    table.loc[3, "temperatur"] = 85
    table.loc[4, "temperatur"] = np.nan
    cleaned = clean(table, "temperatur", high=50)
    assert capsys.readouterr().out.strip() == (
        "1 von 11 Werten in „temperatur“ lag über 50 °C und ist jetzt eine Lücke: 85. 1 Wert fehlte schon vorher."
    )
    assert cleaned.attrs["units"] == {"temperatur": "°C"}


def test_cleaning_that_finds_nothing_says_so_and_changes_nothing(parking, capsys):
    cleaned = clean(parking, "frei", low=-1000)
    assert "Kein Wert von 180 in „frei“ lag unter -1000".replace("-", "−") in capsys.readouterr().out
    assert cleaned.drop(columns=[]).equals(parking)


def test_cleaning_twice_keeps_the_first_values_too(parking):
    twice = clean(clean(parking, "frei", low=-100), "frei", low=0)
    assert set(twice["frei_entfernt"].dropna()) == {-437, -4, -9, -12, -7}
    assert len(twice.attrs["cleaned"]) == 2


def test_dropping_rows_is_counted_too(parking, capsys):
    cleaned = clean(parking, "frei", low=0, gaps="drop")
    assert len(cleaned) == 175
    assert "Zeilen ohne Wert sind gelöscht: 5." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda table: clean(table, "Frei", low=0), "Die Spalte „Frei“ gibt es nicht. Meinst du „frei“?"),
        (lambda table: clean(table, "frei"), "Welche Werte sind unmöglich?"),
        (lambda table: clean(table, "name", low=0), "stehen keine Zahlen, sondern zum Beispiel 'Bienenstock'"),
        (lambda table: clean(table, "frei", low=10, high=0), "low=10 ist größer als high=0"),
        (lambda table: clean(table, "frei", low=[0]), "hier steht eine Liste"),
        (lambda table: clean(table, "frei", low=0, gaps="weg"), "„weg“ gibt es nicht. Es gibt: mark, drop"),
        (lambda table: clean(table["frei"], "frei", low=0), "nur eine Spalte"),
        (lambda table: plot("parkhauser", "zeitstempel", "frei"), "hier steht ein Text"),
        (lambda table: plot(table, "zeitstempel", "freii"), "Meinst du „frei“?"),
        (lambda table: plot(table, "zeitstempel", "frei", by="name"), "Das wären 12 Linien, mehr als 6"),
        (lambda table: plot(table, "zeitstempel", "frei", kind="linie"), "Meinst du „line“?"),
        (lambda table: plot(table, "name", "frei"), 'nimm kind="points"'),
        (lambda table: plot(table, "name", "frei", kind="bars"), "Für „Bienenstock“ stehen 15 Werte"),
        (lambda table: plot(table, "zeitstempel", "type"), "stehen keine Zahlen"),
        (lambda table: plot(table[table["frei"] > 9999], "zeitstempel", "frei"), "Die Tabelle ist leer"),
        (lambda table: plot(table, "zeitstempel", "frei", band=-1), "eine Zahl über 0"),
        (lambda table: plot(table, "zeitstempel", "frei", band="viel"), "nicht ein Text"),
        (lambda table: plot(table.assign(leer=np.nan), "zeitstempel", "leer"), "kein einziger Wert"),
        (lambda table: packs.load_pack("Parkhauser"), "Meinst du „parkhauser“?"),
    ],
)
def test_a_mistake_is_answered_in_one_german_sentence(parking, call, says):
    with pytest.raises(SeeingError) as caught:
        call(parking)
    assert says in str(caught.value)
    assert plt.get_fignums() == []


def test_a_notebook_shows_the_sentence_and_no_lines_of_the_engine(capsys):
    shell = InteractiveShell.instance()
    try:
        shell.run_cell("from makerwagen.learn import load_pack\nload_pack('parkplatz')")
        shown = capsys.readouterr().out
    finally:
        InteractiveShell.clear_instance()
    assert "Das Datenpaket „parkplatz“ gibt es nicht." in shown
    assert "Traceback" not in shown
    assert "packs.py" not in shown


def test_axes_speak_german_with_titles_and_units(parking):
    ax = plot(parking[parking["name"] == "Dachsbau"], "zeitstempel", "frei", title="Dachsbau")
    ax.figure.draw_without_rendering()
    assert ax.get_ylabel() == "freie Plätze"
    assert ax.get_xlabel() == "Uhrzeit am Samstag, 14.11.2026"
    assert "10 Uhr" in [tick.get_text() for tick in ax.get_xticklabels()]
    assert plot(yard(), "zeit", "temperatur").get_ylabel() == "Temperatur in °C"
    assert ax.yaxis.get_major_formatter()(1.5, 0) == "1,5"


def test_a_long_table_names_its_unit_in_each_row():
    table = pd.DataFrame({"zeit": [1, 2, 3, 4], "value": [20, 21, 60, 61], "unit": ["°C", "°C", "%", "%"]})
    assert plot(table.head(2), "zeit", "value").get_ylabel() == "Value in °C"
    assert plot(table, "zeit", "value").get_ylabel() == "Value"


@pytest.mark.parametrize(
    ("freq", "periods", "tick", "name"),
    [
        ("20s", 40, "08:05", "Uhrzeit am Montag, 3.5.2027"),
        ("6h", 20, "Mi 5.5.", "Tag"),
        ("1D", 60, "1.6.", "Datum"),
        ("7D", 80, "Jan. 2028", "Monat"),
    ],
)
def test_times_are_written_as_their_span_wants(freq, periods, tick, name):
    times = pd.date_range("2027-05-03 08:00", periods=periods, freq=freq)
    ax = plot(pd.DataFrame({"zeit": times, "wert": range(periods)}), "zeit", "wert")
    ax.figure.draw_without_rendering()
    assert tick in [label.get_text() for label in ax.get_xticklabels()]
    assert ax.get_xlabel() == name


def test_times_with_a_zone_are_clock_times_of_dortmund():
    times = pd.date_range("2027-07-01 10:00", periods=5, freq="h", tz="UTC")
    ax = plot(pd.DataFrame({"zeit": times, "wert": range(5)}), "zeit", "wert")
    ax.figure.draw_without_rendering()
    assert "12 Uhr" in [label.get_text() for label in ax.get_xticklabels()]


def test_simulated_is_said_on_every_kind_of_plot(parking):
    row = parking[parking["zeitstempel"].dt.hour == 15]
    for kind, x in (("line", "zeitstempel"), ("points", "name"), ("bars", "name")):
        assert "Simulierte Daten" in below(plot(row if kind != "line" else parking.head(15), x, "frei", kind=kind))


def test_rows_of_simulated_nodes_are_said_even_when_the_label_is_not_about_them():
    table = yard(simulated=[True] * 3 + [False] * 9)
    table.attrs["label"] = "Daten: Messstation der 8c"
    assert "Zum Teil simulierte Daten – Daten: Messstation der 8c" in below(plot(table, "zeit", "temperatur"))


def test_a_plot_without_a_source_says_so_and_a_child_can_write_one():
    table = pd.DataFrame({"ort": ["Wiese", "Asphalt"], "grad": [20, 31]})
    assert "Quelle: nicht angegeben" in below(plot(table, "ort", "grad", kind="bars"))
    assert below(plot(table, "ort", "grad", kind="bars", source="eigene Messung, 6b")) == "eigene Messung, 6b"


def test_points_have_gaps_in_time_and_none_in_lines():
    one = yard().drop([5, 6, 7])
    assert "Lücken in der Zeit: 1." in below(plot(one, "zeit", "temperatur", kind="points"))
    both = pd.concat([one.assign(ort="Hof"), yard(ort="Linde")])
    both.attrs = one.attrs
    assert "Lücken in der Zeit: Hof 1." in below(plot(both, "zeit", "temperatur", by="ort", kind="points"))
    assert "Lücken in den Linien: Hof 1." in below(plot(both, "zeit", "temperatur", by="ort"))
    trees = pd.DataFrame(
        {"jahr": [1930, 1931, 1932, 2020, 2021], "umfang": [150, 151, 149, 30, 31], "art": ["Ahorn"] * 5}
    )
    trees = pd.concat([trees, trees.assign(art="Linde")])
    assert "Lücken" not in below(plot(trees, "jahr", "umfang", by="art", kind="points"))


def test_the_days_of_a_week_do_not_run_into_each_other():
    week = pd.DataFrame({"zeit": pd.date_range("2026-07-13 02:00", periods=166, freq="h"), "grad": range(166)})
    ax = plot(week, "zeit", "grad")
    ax.figure.canvas.draw()
    boxes = [tick.get_window_extent() for tick in ax.get_xticklabels() if tick.get_text()]
    assert len(boxes) >= 3 and all(a.x1 < b.x0 for a, b in pairwise(boxes))


def test_a_line_never_runs_over_a_missing_value_or_a_missing_row():
    table = yard()
    table.loc[4, "temperatur"] = np.nan
    ax = plot(table.drop([8, 9]), "zeit", "temperatur")
    assert np.isnan(lines(ax)[0].get_ydata()).sum() == 2
    assert "2 Lücken" in packs.describe(ax.figure)
    assert len(ax.patches) == 2
    assert [text.get_text() for text in ax.texts] == ["Lücke"]


def test_irregular_measuring_is_not_called_a_gap():
    minutes = [0, 1, 4, 6, 11, 12, 17, 19]
    times = pd.Timestamp("2027-05-03") + pd.to_timedelta(minutes, unit="min")
    ax = plot(pd.DataFrame({"zeit": times, "wert": minutes}), "zeit", "wert")
    assert not np.isnan(lines(ax)[0].get_ydata()).any()


def test_rows_without_a_time_are_counted_below(parking):
    ax = plot(parking[parking["name"] == "Igelwiese"], "zeitstempel", "frei")
    assert "3 Zeilen fehlen im Bild" in below(ax)


def test_what_was_taken_out_stands_hollow_and_far_values_at_the_edge_with_their_number(parking):
    cleaned = clean(parking, "frei", low=0)
    near = plot(cleaned[cleaned["name"] == "Bienenstock"], "zeitstempel", "frei")
    hollow = [line for line in near.get_lines() if line.get_label() == "_entfernt"]
    assert sorted(float(line.get_ydata()[0]) for line in hollow) == [-12, -9, -7, -4]
    assert {to_hex(line.get_markerfacecolor()) for line in hollow} == {"#ffffff"}
    far = plot(cleaned[cleaned["name"] == "Dachsbau"], "zeitstempel", "frei")
    (mark,) = [line for line in far.get_lines() if line.get_label() == "_entfernt"]
    assert float(mark.get_ydata()[0]) == far.get_ylim()[0] > -100
    assert "−437" in [text.get_text() for text in far.texts]
    assert "Hohles Zeichen: 1 herausgenommener Wert." in below(far)
    assert "Aufgeräumt: 5 von 180 Werten" in below(far)


def test_several_removed_values_of_a_place_are_one_text_and_the_place_does_not_lack():
    table = pd.DataFrame({"ort": ["Wiese"] * 2 + ["Sand"] * 3, "grad": [20.0, 21.0, 36.8, 37.3, 38.1]})
    ax = plot(clean(table, "grad", high=32), "ort", "grad", kind="points")
    assert [text.get_text() for text in ax.texts] == ["36,8 bis 38,1"]
    assert "Sand herausgenommen 36,8 bis 38,1" in packs.describe(ax.figure)
    (number,) = ax.texts
    ax.figure.canvas.draw()
    box, inside = number.get_window_extent(), ax.figure.bbox
    assert inside.x0 <= box.x0 and box.x1 <= inside.x1


def test_numbers_at_both_edges_stand_beside_one_another_and_equal_ones_are_said_once():
    table = pd.DataFrame({"ort": ["A", "A", "B", "B", "C"], "grad": [-127.0, -127.0, 85.0, -127.0, 20.0]})
    ax = plot(clean(table, "grad", low=0, high=50), "ort", "grad", kind="points")
    assert sorted(text.get_text() for text in ax.texts) == ["85", "−127", "−127"]


def test_a_missing_bar_is_said_and_not_drawn_as_zero():
    table = pd.DataFrame({"ort": ["Wiese", "Beet", "Sand"], "grad": [20.0, np.nan, 0.0]})
    ax = plot(table, "ort", "grad", kind="bars")
    assert len(ax.patches) == 2
    assert "fehlt" in [text.get_text() for text in ax.texts]
    assert "Beet fehlt" in packs.describe(ax.figure)
    assert ax.get_ylim()[0] == 0


def test_an_axis_that_is_cut_off_says_so_except_for_temperatures():
    high = pd.DataFrame({"nummer": range(5), "wert": [101, 104, 103, 102, 105]})
    assert "Achtung: Die Achse links beginnt erst bei 101, nicht bei 0." in below(plot(high, "nummer", "wert"))
    assert plot(high, "nummer", "wert", kind="bars").get_ylim()[0] == 0
    assert plot(high.assign(wert=[50, 60, 80, 90, 100]), "nummer", "wert").get_ylim()[0] == 0
    assert "Achtung" not in below(plot(yard(), "zeit", "temperatur"))


def test_a_hollow_mark_stands_where_its_bar_would():
    table = pd.DataFrame({"ort": ["a", "a", "b", "b"], "wann": ["früh", "spät"] * 2, "grad": [20.0, -9.0, 21.0, 30.0]})
    ax = plot(clean(table, "grad", low=0), "ort", "grad", by="wann", kind="bars")
    (mark,) = [line for line in ax.get_lines() if line.get_label() == "_entfernt"]
    late = max(ax.patches, key=lambda bar: bar.get_x())
    assert float(mark.get_xdata()[0]) == pytest.approx(late.get_x() + late.get_width() / 2 - 1)


def test_uncertainty_is_drawn_and_said_in_a_childs_words():
    for kind, drawn in (("line", "Schattiert"), ("points", "Senkrechte Striche"), ("bars", "Senkrechte Striche")):
        ax = plot(yard(), "zeit", "temperatur", kind=kind, band=0.5)
        assert f"{drawn}: Der Fühler kann um 0,5 °C danebenliegen." in below(ax)
        assert ax.collections
    low, high = plot(yard(), "zeit", "temperatur", band=2).collections[0].get_paths()[0].get_extents().intervaly
    assert (low, high) == (13, 22.5)


def test_names_stand_at_the_ends_of_their_lines_when_there_is_room():
    both = pd.concat([yard(ort="Wiese"), yard(ort="Asphalt").assign(temperatur=lambda table: table["temperatur"] + 4)])
    ax = plot(both, "zeit", "temperatur", by="ort")
    assert ax.get_legend() is None
    assert {text.get_text() for text in ax.texts} == {"Wiese", "Asphalt"}


def test_a_box_names_the_lines_when_one_ends_early_or_all_end_at_one_place():
    early = pd.concat([yard(ort="Wiese"), yard(ort="Asphalt").head(5)])
    ax = plot(early, "zeit", "temperatur", by="ort")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["Wiese", "Asphalt"]
    crowd = pd.concat([yard(ort=f"Ort {number}") for number in range(6)])
    assert plot(crowd, "zeit", "temperatur", by="ort").get_legend() is not None


def test_six_series_differ_in_colour_dash_and_marker():
    crowd = pd.concat([yard(ort=f"Ort {number}") for number in range(MOST_SERIES)])
    drawn = lines(plot(crowd, "zeit", "temperatur", by="ort"))
    assert [line.get_color() for line in drawn] == list(COLOURS)
    assert len({line.get_marker() for line in drawn}) == 6
    assert len({str(line._unscaled_dash_pattern) for line in drawn}) == 6


def test_a_plot_is_told_in_words(parking):
    ax = plot(parking[parking["name"] == "Bienenstock"], "zeitstempel", "frei", title="Samstag")
    assert packs.describe(ax.figure).startswith(
        "Diagramm „Samstag“. freie Plätze. Linie: beginnt bei 202, endet bei 202, kleinster Wert −12, größter 204."
    )


def test_the_same_plot_twice_gives_the_same_bytes(parking):
    pictures = []
    for _ in range(2):
        file = io.BytesIO()
        ax = plot(parking[parking["name"].isin(["Maulwurf", "Dachsbau"])], "zeitstempel", "frei", by="name", band=5)
        ax.figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
        pictures.append(file.getvalue())
    assert pictures[0] == pictures[1]


def test_a_long_row_keeps_marks_on_values_that_stand_alone():
    values = np.sin(np.arange(500) / 20)
    values[100:200:2] = np.nan
    ax = plot(pd.DataFrame({"nummer": range(500), "wert": values}), "nummer", "wert")
    marked = lines(ax)[0].get_markevery()
    assert set(range(101, 199, 2)) <= set(marked)
    assert len(marked) < 90


@pytest.mark.parametrize(("number", "text"), [(21.4, "21,4"), (-3, "−3"), (1000, "1000"), (0.30000000001, "0,3")])
def test_numbers_are_written_as_people_do(number, text):
    assert german(number) == text

"""A pack in the notebook: local time, a label on every plot and table, the same picture every time."""

import hashlib
import io
import shutil
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.figure import Figure

from makerwagen.errors import MakerwagenError
from makerwagen.learn import packs
from makerwagen.learn.seeing import labels as seeing_labels
from makerwagen.learn.seeing.plot import clean, plot

PACK = Path(__file__).parents[3] / "lessons" / "free-parking" / "data" / "parkhauser"


@pytest.fixture(autouse=True)
def fresh(monkeypatch, tmp_path):
    seeing_labels.forget()
    monkeypatch.chdir(tmp_path)
    shutil.copytree(PACK, tmp_path / "data" / "parkhauser")


def picture(data):
    ax = Figure().subplots()
    ax.plot(data["zeitstempel"], data["frei"], label="frei")
    ax.legend()
    packs.label_source(ax, data)
    file = io.BytesIO()
    ax.figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return ax, file.getvalue()


def test_times_are_local_and_the_point_is_two_columns():
    data = packs.load_pack("parkhauser")
    assert data["zeitstempel"].iloc[0] == pd.Timestamp("2026-11-14 07:00")
    assert data["zeitstempel"].isna().sum() == 3
    assert {"lat", "lon"} <= set(data.columns)
    assert "geo_point_2d" not in data.columns


def test_the_label_says_simulated_and_survives_a_filter():
    data = packs.load_pack("parkhauser")
    assert data.attrs["label"].startswith("Simulierte Daten – ")
    assert "Stand 14.11.2026" in data.attrs["label"]
    assert data[data["frei"] < 0].attrs["label"] == data.attrs["label"]


def test_a_real_pack_is_labelled_with_its_source_and_licence(tmp_path):
    folder = tmp_path / "data" / "parkhauser"
    text = (folder / "pack.yml").read_text(encoding="utf-8").replace("simulated: true", "simulated: false")
    (folder / "pack.yml").write_text(text, encoding="utf-8")
    label = packs.load_pack("parkhauser").attrs["label"]
    assert not label.startswith("Simuliert")
    assert "Lizenz" in label


def test_the_label_stands_under_the_plot_with_or_without_the_table():
    data = packs.load_pack("parkhauser")
    for given in (data, None, data.groupby("name")["frei"].sum().to_frame()):
        ax = Figure().subplots()
        packs.label_source(ax, given)
        assert "Simulierte Daten" in ax.figure.get_supxlabel()


def test_a_plot_without_any_data_asks_for_them():
    with pytest.raises(MakerwagenError, match="load_pack"):
        packs.label_source(Figure().subplots())


def test_two_runs_give_the_same_bytes_without_a_date():
    data = packs.load_pack("parkhauser")
    first, second = picture(data)[1], picture(data)[1]
    assert first == second
    assert b"<dc:date>" not in first


def test_numbers_on_an_axis_have_a_german_comma():
    data = packs.load_pack("parkhauser")
    ax = picture(data)[0]
    assert ax.yaxis.get_major_formatter()(1.5, 0) == "1,5"
    assert ax.yaxis.get_major_formatter()(-20.0, 0) == "−20"


def test_a_plot_is_described_in_words_for_those_who_cannot_see_it():
    data = packs.load_pack("parkhauser")
    ax = picture(data[data["name"] == "Bienenstock"])[0]
    ax.set_title("Samstag")
    said = packs.describe(ax.figure)
    assert said.startswith("Diagramm „Samstag“. frei: beginnt bei 202, endet bei 202, kleinster Wert −12, größter 204.")
    assert "Simulierte Daten" in said


def test_a_number_that_is_missing_makes_no_decimals_of_the_others_and_a_place_keeps_its_digits():
    table = pd.DataFrame({"frei": [202.0, None], "lat": [51.51753, 51.5]})
    page = packs._table_html(table)
    assert "<td>202</td>" in page
    assert "<td>fehlt</td>" in page
    assert "<td>51,5175</td>" in page


def test_two_packs_that_were_mixed_are_both_named():
    data = packs.load_pack("parkhauser")
    other = pd.DataFrame({"wert": [1.0]})
    seeing_labels.remember(other, "Daten: eigene Messung", {}, {})
    mixed = pd.concat([data, other])
    assert {"Simulierte", "eigene"} <= set(seeing_labels.label_of(mixed).replace("\n", " ").split())


def test_a_table_says_under_itself_that_it_is_simulated():
    data = packs.load_pack("parkhauser")
    page = packs._table_html(data.groupby("name")["frei"].mean().to_frame())
    assert "12 Zeilen. Simulierte Daten" in page
    assert "<td>110,4</td>" in page
    assert "<style" not in page


def test_a_wrong_name_lists_the_packs_there_are():
    with pytest.raises(MakerwagenError, match="„parkhaus“ gibt es nicht. Meinst du „parkhauser“"):
        packs.load_pack("parkhaus")


def test_the_childs_own_copy_comes_first(tmp_path):
    folder = tmp_path / "data" / "parkhauser"
    raw = (folder / "parkhauser.json").read_bytes().replace(b"Maulwurf", "Wühlmaus".encode())
    (folder / "parkhauser.json").write_bytes(raw)
    with pytest.raises(MakerwagenError, match="„parkhauser“ stimmt etwas nicht.*sha256"):
        packs.load_pack("parkhauser")
    old = hashlib.sha256((PACK / "parkhauser.json").read_bytes()).hexdigest()
    text = (folder / "pack.yml").read_text(encoding="utf-8").replace(old, hashlib.sha256(raw).hexdigest())
    (folder / "pack.yml").write_text(text, encoding="utf-8")
    assert "Wühlmaus" in set(packs.load_pack("parkhauser")["name"])


def test_days_are_times_so_that_a_plot_over_them_works(capsys):
    weather = packs.load_pack("dwd-sommer")
    assert weather["Zeitstempel"].dtype.kind == "M"
    assert weather["Zeitstempel"].iloc[0] == pd.Timestamp("2026-06-01")
    heat = weather[weather["Produkt_Code"] == "OBS_DEU_P1D_T2M_X"]
    ax = plot(clean(heat, "Wert", high=50), "Zeitstempel", "Wert")
    assert ax.get_xlabel() == "Datum"
    assert "3-mal stand da −999" in capsys.readouterr().out


def test_a_column_without_any_value_is_still_one_of_numbers():
    dust = packs.load_pack("sensor-community-silvester")
    assert dust["durP1"].isna().all()
    assert dust["durP1"].dtype.kind == "f"


def test_a_number_for_not_measured_stays_is_named_under_the_plot_and_goes_with_clean(capsys):
    weather = packs.load_pack("dwd-lufttemperatur")
    assert (weather["TT_TU"] == -999).sum() == 4
    ax = plot(weather, "MESS_DATUM", "TT_TU")
    assert "−999 heißt: nicht gemessen. Nimm es mit clean heraus." in ax.figure.get_supxlabel()
    cleaned = clean(weather, "TT_TU")
    said = capsys.readouterr().out
    assert f"4 von {len(weather)} Werten in „TT_TU“ lagen bei −999 und sind jetzt Lücken" in said
    assert "−999 heißt: nicht gemessen." in said
    assert cleaned["TT_TU"].isna().sum() == 4
    assert set(cleaned["TT_TU_entfernt"].dropna()) == {-999}
    assert "Nimm es mit clean heraus" not in plot(cleaned, "MESS_DATUM", "TT_TU").figure.get_supxlabel()


def test_cleaning_by_a_limit_says_what_happened_to_the_number_for_not_measured(capsys):
    weather = packs.load_pack("dwd-lufttemperatur")
    cleaned = clean(weather, "TT_TU", high=99)
    said = capsys.readouterr().out
    assert "lag über 99 °C. 4-mal stand da −999 und ist jetzt eine Lücke. −999 heißt: nicht gemessen." in said
    assert "Es ist alles geblieben" not in said
    assert cleaned["TT_TU"].isna().sum() == 4
    clean(weather, "TT_TU", low=-50)
    assert "lagen unter −50 °C und sind jetzt Lücken: −999, −999, −999, −999. −999 heißt:" in capsys.readouterr().out

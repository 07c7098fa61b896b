"""Columns and values that give persons away are recognised, and those of streets and sensors are not."""

import pytest

from makerwagen.content.personal import personal_name, personal_value


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        ("ansprechpartner", "person"),
        ("Vorname", "person"),
        ("vorname_kind", "person"),
        ("ownerName", "person"),
        ("kontakt", "person"),
        ("E-Mail", "e-mail address"),
        ("telefonnummer", "phone number"),
        ("macAddress", "device address"),
        ("client-ip", "device address"),
        ("kennzeichen", "number plate"),
        ("aufnahme", "recording of voice or picture"),
    ],
)
def test_a_column_about_persons_is_recognised(column, kind):
    assert personal_name(column) == kind


@pytest.mark.parametrize(
    "column",
    [
        "name",
        "boxName",
        "auftraggeber",
        "strasse",
        "standort",
        "kronendurchmesser",
        "frei",
        "STATIONS_ID",
        "P1",
        "stand",
    ]
    + ["zeitstempel", "sensorId", "art_der_baumassnahme", "Produkt_Code", "machine", "maximum", "ausgewiesen", "typ"],
)
def test_a_column_about_things_is_left_alone(column):
    assert personal_name(column) == ""


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        ("Fragen an jana.muster@example.org", "e-mail address"),
        ("gesehen: a4:cf:12:0b:ee:01", "device address"),
        ("Tel. 0231 5012345", "phone number"),
        ("+49 231 50-12345", "phone number"),
    ],
)
def test_a_value_that_gives_somebody_away_is_recognised(value, kind):
    assert personal_value(["Hörde", None, 3, value])[0] == kind


@pytest.mark.parametrize(
    "value", ["2026-07-14T05:00:00+00:00", "04.05.2026 - 02.10.2026", "99999;2026071300;3;12.9", "51.51, 7.46"]
)
def test_times_and_places_give_nobody_away(value):
    assert personal_value([value]) == ("", "")

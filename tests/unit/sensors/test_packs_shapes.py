"""Files of the DWD, of openSenseMap and of Sensor.Community become records, or are refused with what is wrong and where."""

from pathlib import Path

import pytest

from makerwagen.content.pack import DataPack
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.reading import check_columns
from makerwagen.sensors.packs.shapes import records_of

TEMPERATURE = {"STATIONS_ID": "integer", "MESS_DATUM": "time", "TT_TU": "number", "eor": "text"}
HOUR = b"STATIONS_ID;MESS_DATUM;QN_9;TT_TU;RF_TU;eor\n       3987;2026071405;    5; -12.3;  84.0;eor\n"


def pack(shape, columns, file="data.csv"):
    return DataPack(
        id="tiny",
        title={"de": "Winzig"},
        file=file,
        sha256="0",
        simulated=False,
        date="2026-11-14",
        license="CC-BY-4.0",
        source="here",
        attribution={"de": "Test"},
        shape=shape,
        columns=[{"name": name, "type": kind, "title": {"de": name}} for name, kind in columns.items()],
    )


def read(shape, columns, data, file="data.csv"):
    description = pack(shape, columns, file)
    records = records_of(description, data, Path(file))
    check_columns(description, records, Path(file))
    return records


def refused(shape, columns, data, file="data.csv"):
    with pytest.raises(MakerwagenError) as caught:
        read(shape, columns, data, file)
    return str(caught.value)


def test_an_hour_of_the_weather_service_has_its_time_in_utc_and_no_filling_spaces():
    (record,) = read("dwd-cdc", TEMPERATURE, HOUR)
    assert record["STATIONS_ID"] == 3987
    assert record["MESS_DATUM"] == "2026-07-14T05:00:00+00:00"
    assert record["TT_TU"] == -12.3
    assert record["QN_9"] == "5", "a column that pack.yml does not describe stays text"


def test_minus_999_stays_what_the_source_wrote():
    (record,) = read("dwd-cdc", TEMPERATURE, HOUR.replace(b" -12.3", b"-999"))
    assert record["TT_TU"] == -999


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("20260714", "2026-07-14T00:00:00+00:00"),
        ("2026-07-14", "2026-07-14T00:00:00+00:00"),
        ("2026-07-14T05:00", "2026-07-14T05:00:00+00:00"),
        ("202607140530", "2026-07-14T05:30:00+00:00"),
        ("2026-07-14T05:00:12", "2026-07-14T05:00:12+00:00"),
        ("2026-07-14T05:00:12.500Z", "2026-07-14T05:00:12.500000+00:00"),
        ("2026-07-14T07:00:00+02:00", "2026-07-14T07:00:00+02:00"),
    ],
)
def test_every_way_to_write_a_time_is_read(written, meant):
    (record,) = read("dwd-cdc", {"t": "time"}, f"t;x\n{written};1\n".encode())
    assert record["t"] == meant


def test_the_long_form_of_the_climate_portal_is_read():
    data = b"Produkt_Code;SDO_ID;Zeitstempel;Wert;Qualitaet_Niveau;Qualitaet_Byte\nA;44;2026-07-14;3.5;3;1\n"
    (record,) = read("dwd-cdc", {"Zeitstempel": "date", "Wert": "number"}, data)
    assert (record["Zeitstempel"], record["Wert"]) == ("2026-07-14", 3.5)


def test_an_empty_field_is_a_gap():
    data = b"sensor_id;timestamp;P1;durP1;P2\n7;2026-03-01T00:01:00;11.00;;8.50\n"
    columns = {"sensor_id": "integer", "timestamp": "time", "P1": "number", "durP1": "number", "P2": "number"}
    (record,) = read("sensor-community", columns, data)
    assert record["durP1"] is None
    assert record["timestamp"] == "2026-03-01T00:01:00+00:00"


def test_opensensemap_is_read_as_csv_and_as_json():
    columns = {"createdAt": "time", "value": "number", "phenomenon": "text"}
    table = b"createdAt,value,phenomenon\n2026-07-14T00:00:12.345Z,21.50,Temperatur\n"
    listed = b'[{"createdAt": "2026-07-14T00:00:12.345Z", "value": "21.50", "phenomenon": "Temperatur"}]'
    for data, file in ((table, "data.csv"), (listed, "data.json")):
        (record,) = read("opensensemap", columns, data, file)
        assert record["value"] == 21.5


def test_an_export_of_the_city_portal_to_csv_holds_points():
    data = "\ufeffname;geo\r\nA;51.51, 7.46\r\nB;\r\n".encode()
    first, second = read("explore-v2.1", {"name": "text", "geo": "point"}, data)
    assert first["geo"] == {"lon": 7.46, "lat": 51.51}
    assert second["geo"] is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html>Zugriff gesperrt</html>", "this is a web page (HTML), not CSV"),
        (b"\xff\xfe\x00", "not UTF-8 text; download it again as CSV"),
        (b"", "holds no records"),
        (HOUR.splitlines()[0], "holds no records"),
        (HOUR[:-6], "line 2 has 5 fields, the first line has 6; it may be cut off"),
        (HOUR[:-2], "line 2 does not end in 'eor'; it may be cut off"),
        (HOUR.replace(b"-12.3", b"-12,3"), "line 2, column 'TT_TU': '-12,3' is not what pack.yml says it is; it has a"),
        (HOUR.replace(b"-12.3", b"nan"), "line 2, column 'TT_TU': 'nan' is not"),
        (HOUR.replace(b"-12.3", b"1e999"), "line 2, column 'TT_TU': '1e999' is not"),
        (HOUR.replace(b"3987", b"39.7"), "line 2, column 'STATIONS_ID': '39.7' is not"),
        (HOUR.replace(b"2026071405", b"2026171405"), "line 2, column 'MESS_DATUM'"),
        (HOUR.replace(b"2026071405", b"gestern"), "line 2, column 'MESS_DATUM'"),
        (HOUR.replace(b"TT_TU", b"TT_XX"), "has no column 'TT_TU' (it has: STATIONS_ID, MESS_DATUM, QN_9, TT_XX"),
        (b'a;b\n"1;2\n', "not CSV"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(data, said):
    message = refused("dwd-cdc", TEMPERATURE, data)
    assert message.startswith("data.csv: ")
    assert said in message


def test_a_value_in_json_that_is_no_number_is_named():
    data = b'[{"value": "viel"}]'
    assert "column 'value': 'viel' is not of type number" in refused(
        "opensensemap", {"value": "number"}, data, "d.json"
    )


def test_a_point_needs_two_numbers():
    assert "column 'geo': '51.5' is not" in refused("explore-v2.1", {"geo": "point"}, b"geo;x\n51.5;1\n")


@pytest.mark.parametrize("number", [b"NaN", b"1e999", b"-Infinity"])
def test_a_number_without_end_is_refused(number):
    data = b'{"results": [{"frei": ' + number + b"}]}"
    assert "is not of type number" in refused("explore-v2.1", {"frei": "number"}, data, "d.json")

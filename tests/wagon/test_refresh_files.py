"""Packs of the DWD, openSenseMap and Sensor.Community are refreshed over real HTTP, or stay byte by byte what they were."""

import datetime
import gzip
import io
import json
import shutil
import socket
import threading
import zipfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from makerwagen.cli import main
from makerwagen.errors import MakerwagenError
from makerwagen.learn.seeing.labels import source_label
from makerwagen.sensors.packs import refresh_portal, refresh_unpack
from makerwagen.sensors.packs.reading import read_pack
from makerwagen.sensors.packs.refresh import refresh
from tests.wagon.test_refresh import DAY, Crooked, contents, say

ROOT = Path(__file__).parents[2]
AIR, RAIN, SUMMER = "dwd-lufttemperatur", "dwd-niederschlag", "dwd-sommer"
BOXES, DUST = "opensensemap-schulhof", "sensor-community-silvester"
BOX, OTHER = "5a79937eb43907001b172bc2", "5b4d11485dc1ec001b5452c7"
KL = "STATIONS_ID;MESS_DATUM;QN_3;  FX;  FM;QN_4; RSK;RSKF; SDK;SHK_TAG;  NM; VPM;  PM; TMK; UPM; TXK; TNK; TGK;eor"
SDS = "sensor_id;sensor_type;location;lat;lon;timestamp;P1;durP1;ratioP1;P2;durP2;ratioP2"


def hours(count, begin="2026-10-01"):
    start = datetime.datetime.fromisoformat(begin)
    return [start + datetime.timedelta(hours=number) for number in range(count)]


def air(count=300):
    rows = [
        f"       1303;{hour:%Y%m%d%H};    3;{'-999.0' if number == count - 2 else f'{8 + number % 24:6.1f}'};  80.0;eor"
        for number, hour in enumerate(hours(count))
    ]
    return "\r\n".join(["STATIONS_ID;MESS_DATUM;QN_9;TT_TU;RF_TU;eor", *rows, ""])


def rain(count=300):
    rows = [f"       1303;{hour:%Y%m%d%H};    3;   0.{n % 9};   1;-999;eor" for n, hour in enumerate(hours(count))]
    return "\r\n".join(["STATIONS_ID;MESS_DATUM;QN_8;  R1;RS_IND;WRTR;eor", *rows, ""])


def days(first="2025-05-01", last="2026-11-23"):
    day, end, rows = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last), []
    while day <= end:
        rows.append(
            f"       1303;{day:%Y%m%d};   10;   9.1;   2.8;    9;   0.4;   6;   1.0;   0;   5.9;   6.0; 1029.10;"
            f"   15.2;   88.00;   2{day.day % 10}.5;  10.2;   7.5;eor"
        )
        day += datetime.timedelta(days=1)
    return "\r\n".join([KL, *rows, ""])


def zipped(
    text, *, name="produkt_tu_stunde_20260501_20261123_01303.txt", more=(("Metadaten_Geographie_01303.txt", "x"),)
):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, content in more:
            archive.writestr(other, content)
        archive.writestr(name, text)
    return file.getvalue()


def dust(count=576, sensor="4711"):
    start = datetime.datetime(2025, 12, 31)
    rows = [
        f"{sensor};SDS011;2222;51.51234;7.46789;{start + datetime.timedelta(seconds=150 * n):%Y-%m-%dT%H:%M:%S};"
        f"{12 + n % 7}.25;;;{6 + n % 5}.10;;"
        for n in range(count)
    ]
    return "\n".join([SDS, *rows, ""])


def box_table(columns, phenomenon, count=60, box=BOX):
    known = {
        "lat": "51.51234", "lon": "7.46789", "boxId": box, "boxName": "Familie Igel", "exposure": "outdoor",
        "sensorId": "0cb22d5fb59c1a9449788dec", "phenomenon": phenomenon, "unit": "°C", "sensorType": "HDC1080",
    }  # fmt: skip
    lines = [",".join(columns)]
    for hour in hours(count):
        row = known | {"createdAt": f"{hour:%Y-%m-%dT%H:%M:%S}.123Z", "value": "21.37"}
        lines.append(",".join(row[name] for name in columns))
    return "\n".join([*lines, ""])


@pytest.fixture
def source():
    portal = Crooked()
    portal.about = None
    yield portal
    portal.server.shutdown()
    portal.server.server_close()


@pytest.fixture
def pack(tmp_path):
    """Return a function from a pack's name to a copy of the project's own."""

    def copy(name, *, station="", **change):
        folder = tmp_path / "checkout/curriculum/data" / name
        shutil.copytree(ROOT / "curriculum/data" / name, folder)
        path = folder / "pack.yml"
        text = path.read_text(encoding="utf-8")
        if station:
            text = text.replace("real:\n", f'real:\n  station: "{station}"\n')
        for old, new in change.items():
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        return folder

    return copy


def gives(source, body, *, kind="application/octet-stream", **more):
    source.about = lambda request: say(request, body, kind=kind, **more)


def boxes(request, box=BOX):
    asked = parse_qs(urlsplit(request.path).query)
    say(request, box_table(asked["columns"][0].split(","), asked["phenomenon"][0], box=box).encode(), kind="text/csv")


def refused(folder, address):
    before = contents(folder)
    with pytest.raises(MakerwagenError) as caught:
        refresh(folder, portal=address, today=lambda: DAY)
    assert contents(folder) == before
    assert "nothing was changed" in str(caught.value)
    return str(caught.value)


def test_an_hourly_pack_of_the_dwd_becomes_its_newest_rows_as_they_are(pack, source):
    gives(source, zipped(air()))
    folder = pack(AIR)
    said = refresh(folder, portal=source.address, today=lambda: DAY)
    assert source.asked == [
        "/climate_environment/CDC/observations_germany/climate/hourly/air_temperature/recent/stundenwerte_TU_01303_akt.zip"
    ]
    data = read_pack(folder)
    assert len(data.records) == 168
    assert data.records[-1]["MESS_DATUM"] == "2026-10-13T11:00:00+00:00"
    assert data.records[-2]["TT_TU"] == -999
    assert (folder / data.pack.file).read_text().splitlines()[:2] == [
        "STATIONS_ID;MESS_DATUM;QN_9;TT_TU;RF_TU;eor",
        "1303;2026100612;3;20.0;80.0;eor",
    ]
    assert not data.pack.simulated and data.pack.generator is None
    assert data.pack.title["de"] == "Lufttemperatur in Essen-Bredeney, jede Stunde, 06.10.2026 bis 13.10.2026"
    assert data.pack.source == f"{source.address}{source.asked[0]}, abgerufen am 01.12.2026"
    assert [fault["de"] for fault in data.pack.faults] == [
        "Ausschnitt: Das Portal hat 132 Einträge mehr.",
        "TT_TU: 1 von 168 Werten -999, das heißt: kein Wert.",
    ]
    assert "168 real records of 2026-12-01" in said and "licence CC-BY-4.0 as pack.yml says" in said
    assert "simuliert" not in (folder / "pack.yml").read_text() and "99999" not in (folder / "pack.yml").read_text()


def test_the_dwd_is_named_in_the_words_it_prescribes(pack, source):
    gives(source, zipped(air()))
    refresh(folder := pack(AIR), portal=source.address, today=lambda: DAY)
    assert source_label(read_pack(folder).pack).startswith("Quelle: Deutscher Wetterdienst – Lufttemperatur in Essen")
    gives(source, zipped(days(), name="produkt_klima_tag_20250501_20261123_01303.txt"))
    refresh(folder := pack(SUMMER), portal=source.address, today=lambda: DAY)
    label = source_label(read_pack(folder).pack)
    assert label.startswith("Datenbasis: Deutscher Wetterdienst, eigene Bearbeitung – Ein Sommer in Essen-Bredeney")


def test_rain_is_refreshed_in_the_same_way(pack, source):
    gives(source, zipped(rain(), name="produkt_rr_stunde_20260501_20261123_01303.txt"))
    refresh(folder := pack(RAIN), portal=source.address, today=lambda: DAY)
    assert len(read_pack(folder).records) == 168
    assert "WRTR: 168 von 168 Werten -999, das heißt: kein Wert." in [
        fault["de"] for fault in read_pack(folder).pack.faults
    ]


def test_daily_values_become_one_summer_in_the_long_form(pack, source):
    gives(source, zipped(days(), name="produkt_klima_tag_20250501_20261123_01303.txt"))
    refresh(folder := pack(SUMMER), portal=source.address, today=lambda: DAY)
    records = read_pack(folder).records
    assert len(records) == 184
    assert {record["Zeitstempel"] for record in records} >= {"2026-06-01", "2026-08-31"}
    assert records[0] == {
        "Produkt_Code": "OBS_DEU_P1D_T2M_X", "SDO_ID": 1303, "Zeitstempel": "2026-06-01", "Wert": 21.5,
        "Qualitaet_Niveau": 9, "Qualitaet_Byte": None,
    }  # fmt: skip
    assert records[1]["Produkt_Code"] == "OBS_DEU_P1D_RR"


def test_a_summer_that_has_only_begun_is_not_taken(pack, source):
    gives(source, zipped(days(last="2026-06-20"), name="produkt_klima_tag_1.txt"))
    refresh(folder := pack(SUMMER), portal=source.address, today=lambda: DAY)
    assert {record["Zeitstempel"][:4] for record in read_pack(folder).records} == {"2025"}


def test_boxes_are_asked_for_each_phenomenon_and_nobodys_door_is_in_the_pack(pack, source):
    source.about = boxes
    refresh(folder := pack(BOXES, station=BOX), portal=source.address, today=lambda: DAY)
    asked = [parse_qs(urlsplit(path).query) for path in source.asked]
    assert [one["phenomenon"][0] for one in asked] == ["Temperatur", "rel. Luftfeuchte", "PM2.5"]
    assert {one["boxId"][0] for one in asked} == {BOX}
    records = read_pack(folder).records
    assert len(records) == 180
    assert {record["phenomenon"] for record in records} == {"Temperatur", "rel. Luftfeuchte", "PM2.5"}
    assert {(record["lat"], record["lon"], record["boxName"]) for record in records} == {(51.51, 7.47, "Kasten 1")}
    assert "Igel" not in (folder / read_pack(folder).pack.file).read_text(encoding="utf-8")
    said = [fault["de"] for fault in read_pack(folder).pack.faults]
    assert said == [
        "Die Lage ist auf zwei Stellen gerundet, das ist etwa ein Kilometer.",
        "Die Namen der Kästen sind durch Nummern ersetzt.",
    ]
    assert read_pack(folder).pack.attribution == {"de": "openSenseMap"}


def test_a_day_of_a_dust_sensor_becomes_its_last_hours(pack, source):
    gives(source, dust().encode(), kind="text/csv")
    refresh(folder := pack(DUST, station="4711"), portal=source.address, today=lambda: DAY)
    assert source.asked == ["/2025-12-31/2025-12-31_sds011_sensor_4711.csv"]
    records = read_pack(folder).records
    assert len(records) == 200
    assert records[-1]["timestamp"] == "2025-12-31T23:57:30+00:00"
    assert records[0]["lat"] == 51.51
    assert read_pack(folder).pack.title == {"de": "Feinstaub an Silvester, 31.12.2025"}
    assert read_pack(folder).pack.license == "ODbL-1.0"


def test_a_year_that_is_over_lies_packed_in_a_folder_of_its_own(pack, source):
    def only_packed(request):
        if request.path.endswith(".gz"):
            say(request, gzip.compress(dust().encode()), kind="application/gzip")
        else:
            say(request, b"<html>404</html>", status=404, kind="text/html")

    source.about = only_packed
    refresh(folder := pack(DUST, station="4711"), portal=source.address, today=lambda: DAY)
    assert source.asked[1] == "/2025/2025-12-31/2025-12-31_sds011_sensor_4711.csv.gz"
    assert len(read_pack(folder).records) == 200


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (BOXES, "real.station is not written yet; under real: write the 24 characters at the end of a box's address"),
        (DUST, "real.station is not written yet; under real: write the number of a sensor"),
    ],
)
def test_a_pack_without_a_station_says_where_to_write_it(pack, name, says):
    folder = pack(name)
    message = refused(folder, "http://127.0.0.1:9")
    assert says in message
    assert str(folder / "pack.yml") in message


@pytest.mark.parametrize("station", ["../../etc", "4711/x", "abc", "47 11", "4711?x=1"])
def test_a_station_that_is_none_never_reaches_an_address(pack, source, station):
    assert "real.station is" in refused(pack(DUST, station=station), source.address)
    assert source.asked == []


# What each shape gives when all is well, and the pack that asks for it.
SHAPES = {
    AIR: ("01303", lambda: zipped(air())),
    SUMMER: ("01303", lambda: zipped(days(), name="produkt_klima_tag_1.txt")),
    BOXES: (BOX, lambda: box_table(COLUMNS, "Temperatur", 200).encode()),
    DUST: ("4711", lambda: dust().encode()),
}
COLUMNS = [
    "createdAt",
    "value",
    "lat",
    "lon",
    "boxId",
    "boxName",
    "exposure",
    "sensorId",
    "phenomenon",
    "unit",
    "sensorType",
]


@pytest.fixture(params=SHAPES)
def shape(request, pack):
    station, good = SHAPES[request.param]
    return pack(request.param, station="" if station == "01303" else station), good()


def test_a_download_that_is_cut_off_changes_nothing(shape, source):
    folder, body = shape
    gives(source, body[:-200], length=len(body))
    assert "the answer was cut off" in refused(folder, source.address)


def test_a_cut_download_that_looks_whole_to_http_changes_nothing(shape, source):
    folder, body = shape
    gives(source, body[: len(body) * 2 // 3 - 3])
    assert "it may be cut off, try again" in refused(folder, source.address)


@pytest.mark.parametrize("status", [200, 404, 500, 503])
def test_a_web_page_changes_nothing_whatever_its_status(shape, source, status):
    folder, _ = shape
    gives(source, b"\n <!doctype html><title>Bitte anmelden</title>", kind="text/html", status=status)
    message = refused(folder, source.address)
    assert "a web page (HTML) came instead of data" in message if status == 200 else f"status {status}" in message


@pytest.mark.parametrize("status", [200, 404, 422, 500])
def test_a_message_of_the_source_is_passed_on(shape, source, status):
    folder, _ = shape
    gives(source, json.dumps({"code": "X", "message": "no senseBoxes found"}).encode(), status=status)
    assert "the portal says 'no senseBoxes found'" in refused(folder, source.address)


def test_a_redirect_elsewhere_is_not_followed_but_named(shape, source):
    folder, _ = shape
    gives(source, b"", status=302, more=[("Location", "http://login.example/")])
    assert "sends us on to 'http://login.example/'" in refused(folder, source.address)
    assert len(source.asked) == 1


def test_an_empty_file_changes_nothing(shape, source):
    folder, _ = shape
    gives(source, b"")
    assert "the file is empty" in refused(folder, source.address)


def test_a_file_that_is_too_large_is_left_in_the_middle(shape, source, monkeypatch):
    folder, body = shape
    monkeypatch.setattr(refresh_portal, "MOST_BYTES", 300)
    gives(source, body)
    assert "another file in pack.yml" in refused(folder, source.address)


def test_a_source_that_falls_silent_is_not_waited_for(shape, source, monkeypatch):
    folder, _ = shape
    monkeypatch.setattr(refresh_portal.Portal.__init__, "__kwdefaults__", {"silence_s": 0.2, "whole_s": 60.0})
    ended = threading.Event()
    source.about = lambda _request: ended.wait(20)
    try:
        assert "did not answer in time" in refused(folder, source.address)
    finally:
        ended.set()


def test_without_a_network_the_command_says_so(shape):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert "cannot be reached" in refused(shape[0], f"http://127.0.0.1:{port}")


def test_random_bytes_change_nothing(shape, source):
    gives(source, bytes(range(256)) * 40)
    refused(shape[0], source.address)


@pytest.mark.parametrize(
    ("name", "station", "body", "says"),
    [
        (AIR, "", lambda: zipped(air().replace("TT_TU", "TEMP")), "there is no column 'TT_TU'; there are: STATIONS_ID"),
        (AIR, "", lambda: zipped(air().replace("  20.0;", "  warm;")), "column 'TT_TU': 'warm' is not what pack.yml"),
        (AIR, "", lambda: zipped(air().replace("   1303;", "   5480;")), "holds STATIONS_ID '5480', asked for was"),
        (AIR, "", lambda: zipped(air().replace(";2026100103;", ";gestern;")), "'gestern' is no time"),
        (AIR, "", lambda: zipped(air(60)), "only 60 records came, the pack has 166"),
        (AIR, "", lambda: zipped(air(0)), "the table holds no rows"),
        (SUMMER, "", lambda: zipped(days().replace(" TXK", " TXX")), "there is no column 'TXK'"),
        (SUMMER, "", lambda: zipped(days("2026-01-01", "2026-03-01")), "holds no day from 06-01 to 08-31"),
        (DUST, "4711", lambda: dust(sensor="4712").encode(), "holds sensor_id '4712', asked for was '4711'"),
        (DUST, "4711", lambda: dust().replace("P1", "PM10").encode(), "there is no column 'P1'"),
        (DUST, "4711", lambda: dust(50).encode(), "only 50 records came, the pack has 185"),
        (BOXES, OTHER, lambda: box_table(COLUMNS, "x", 200).encode(), "holds boxId '5a79937eb43907001b172bc2'"),
        (BOXES, BOX, lambda: box_table(COLUMNS[:3], "x", 200).encode(), "there is no column 'lon'"),
        (BOXES, BOX, lambda: ",".join(COLUMNS).encode() + b"\n", "(Temperatur): the table holds no rows"),
    ],
)  # fmt: skip
def test_a_file_of_another_content_changes_nothing(pack, source, name, station, body, says):
    gives(source, body())
    assert says in refused(pack(name, station=station), source.address)


def lying_about_its_size(text):
    """Return a ZIP whose directory says 10 bytes for a file of 40 MB."""
    data = bytearray(zipped(text))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(data)


def with_a_password(text):
    data = bytearray(zipped(text))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rindex(sign) + offset] |= 1
    return bytes(data)


def damaged(text):
    data = bytearray(zipped(text, more=()))
    data[400:440] = bytes(40)
    return bytes(data)


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (lambda: air().encode(), "what came is no ZIP file"),
        (lambda: zipped(air(), name="daten.txt"), "should hold one produkt_*.txt, it holds: Metadaten_Geographie"),
        (lambda: zipped(air(), more=[("produkt_zwei.txt", "x")]), "should hold one produkt_*.txt"),
        (lambda: zipped(air(), more=[("../../../.bashrc", "x")]), "a name that leads out of its folder"),
        (lambda: zipped(air(), more=[("/etc/passwd", "x")]), "a name that leads out of its folder"),
        (lambda: zipped(air(), more=[("..\\..\\x", "x")]), "a name that leads out of its folder"),
        (lambda: zipped(air(), more=[(f"{n}.txt", "") for n in range(300)]), "holds 301 files"),
        (lambda: zipped(" " * 25_000_000), "unpacked, it is larger than 20 MB"),
        (lambda: lying_about_its_size(" " * 25_000_000), "nothing was changed"),
        (lambda: with_a_password(air()), "the ZIP file cannot be opened"),
        (lambda: damaged(air()), "the ZIP file is broken"),
        (lambda: b"PK\x05\x06" + bytes(18), "it holds: nothing"),
    ],
)
def test_a_zip_that_is_broken_or_a_trap_changes_nothing(pack, source, body, says):
    gives(source, body())
    assert says in refused(pack(AIR), source.address)


def test_a_packed_archive_that_is_a_trap_or_broken_changes_nothing(pack, source, monkeypatch):
    folder = pack(DUST, station="4711")
    gives(source, gzip.compress(dust().encode())[:-30])
    assert "the packed file is broken" in refused(folder, source.address)
    monkeypatch.setattr(refresh_unpack, "MOST_UNPACKED", 10_000)
    gives(source, gzip.compress(b" " * 20_000))
    assert "unpacked, it is larger than" in refused(folder, source.address)


def test_a_bomb_that_http_itself_unpacks_is_left_in_the_middle(pack, source):
    gives(source, gzip.compress(b" " * 30_000_000), more=[("Content-Encoding", "gzip")])
    assert "more than 5 MB" in refused(pack(DUST, station="4711"), source.address)


def test_the_command_refreshes_a_pack_of_the_dwd_and_its_checks_pass(pack, source, capsys):
    gives(source, zipped(air()))
    root = pack(AIR).parents[2]
    assert main(["--root", str(root), "data", "refresh", AIR, "--portal", source.address]) == 0
    assert "168 real records" in capsys.readouterr().out
    assert main(["--root", str(root), "data", "check"]) == 0
    rules = "DAT102,DAT103,DAT104,DAT107,DAT108,DAT109,YML101,YML102,YML103"
    assert main(["--root", str(root), "check", "--select", rules]) == 0

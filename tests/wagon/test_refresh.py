"""A pack is refreshed over real HTTP, or stays byte by byte what it was and says what is wrong."""

import datetime
import hashlib
import json
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
import uvicorn
import yaml

from makerwagen.cli import main
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs import refresh_explore, refresh_portal, refresh_waiting
from makerwagen.sensors.packs.explore_app import BASE, explore_app
from makerwagen.sensors.packs.reading import read_pack
from makerwagen.sensors.packs.refresh import refresh
from makerwagen.sensors.packs.simulated import simulate

ROOT = Path(__file__).parents[2]
ZERO = "Datenlizenz Deutschland – Zero – Version 2.0"
DAY = datetime.date(2026, 12, 1)
PACK = """# SIMULATED for this test.
# In two lines.
id: {id}
title: {{de: "{title}"}}
file: {id}.json
sha256: "{sha}"
simulated: {simulated}
date: 2026-11-14
license: {license}
source: here
attribution: {{de: "{who}"}}
{generator}real:
  portal: http://127.0.0.1:9
  dataset: brunnen
  license: dl-de/zero-2.0
  publisher: Stadt Dortmund
  rows: {rows}
# the teacher's own comment
columns:
  - {{name: name, type: text, title: {{de: Name (hier erfunden)}}}}
  - {{name: frei, type: integer, title: {{de: frei}}}}
  - {{name: ort, type: point, title: {{de: Ort}}}}
faults:
  - de: ein alter Fehler
"""


def row(number, **change):
    return {"name": f"B{number}", "frei": number, "ort": {"lat": 51.5, "lon": 7.4}} | change


def make(root, rows, *, name="brunnen", simulated=True, most=200):
    folder = root / "curriculum/data" / name
    folder.mkdir(parents=True)
    data = json.dumps({"results": rows}).encode()
    (folder / f"{name}.json").write_bytes(data)
    text = PACK.format(
        id=name,
        sha=hashlib.sha256(data).hexdigest(),
        simulated=str(simulated).lower(),
        title="Brunnen (simuliert)" if simulated else "Brunnen der Stadt",
        license="CC-BY-4.0" if simulated else "dl-de/zero-2.0",
        who="Makerwagen, simuliert" if simulated else "Stadt Dortmund",
        generator="generator: {name: trees, seed: 1}\n" if simulated else "",
        rows=most,
    )
    (folder / "pack.yml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def pack(tmp_path):
    return make(tmp_path / "checkout", [row(number) for number in range(8)])


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@contextmanager
def stand_in(root):
    """Serve packs the way `makerwagen data serve` does, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(explore_app(root), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


class Crooked:
    """A portal that answers as it is told: `about` and `records` are functions of the request handler, or JSON."""

    def __init__(self):
        self.about = {"metas": {"default": {"title": "Brunnen der Stadt", "license": ZERO}}}
        self.records = {"total_count": 8, "results": [row(number) for number in range(8)]}
        self.asked = []
        portal = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                portal.asked.append(self.path)
                answer = portal.records if "/records" in self.path else portal.about
                if callable(answer):
                    answer(self)
                else:
                    say(self, json.dumps(answer).encode())

            def log_message(self, *_words):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def crooked():
    portal = Crooked()
    yield portal
    portal.server.shutdown()
    portal.server.server_close()


def say(request, body, *, status=200, kind="application/json", more=(), length=None):
    request.send_response(status)
    request.send_header("Content-Type", kind)
    request.send_header("Content-Length", str(len(body) if length is None else length))
    for name, value in more:
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)


def refused(folder, address):
    before = contents(folder)
    with pytest.raises(MakerwagenError) as caught:
        refresh(folder, portal=address, today=lambda: DAY)
    assert contents(folder) == before
    assert "nothing was changed" in str(caught.value)
    return str(caught.value)


def test_a_real_snapshot_takes_the_place_of_the_simulated_one(pack, tmp_path):
    real = [row(number, frei=number - 1, more="not described") for number in range(250)]
    real[3] = row(3, ort=None)
    make(tmp_path / "city", real, simulated=False)
    # 250 records, and pack.yml wants 200 at most: two pages, and 50 stay behind.
    with stand_in(tmp_path / "city") as address:
        said = refresh(pack, portal=address, today=lambda: DAY)
    data = read_pack(pack)
    assert len(data.records) == 200
    assert set(data.records[0]) == {"name", "frei", "ort"}
    assert data.pack.file == "brunnen-2026-12-01.json"
    assert not data.pack.simulated
    assert data.pack.date == DAY
    assert (data.pack.license, data.pack.attribution) == ("dl-de/zero-2.0", {"de": "Stadt Dortmund"})
    assert data.pack.source == f"{address}/explore/dataset/brunnen/, abgerufen am 01.12.2026"
    assert data.pack.title == {"de": "Brunnen der Stadt"}
    assert data.pack.generator is None
    assert [fault["de"] for fault in data.pack.faults] == [
        "Ausschnitt: Das Portal hat 50 Einträge mehr.",
        "frei: 1 von 200 Werten unter 0.",
        "ort: 1 von 200 Werten leer.",
    ]
    assert sorted(contents(pack)) == ["brunnen-2026-12-01.json", "pack.yml"]
    assert "200 real records of 2026-12-01" in said


def test_comments_stay_and_nothing_says_simulated_any_more(pack, crooked):
    refresh(pack, portal=crooked.address, today=lambda: DAY)
    text = (pack / "pack.yml").read_text(encoding="utf-8")
    assert "# the teacher's own comment\n" in text
    assert text.startswith("# A real snapshot")
    for word in ("SIMULATED", "In two lines", "simuliert", "erfunden", "alter Fehler"):
        assert word not in text


def test_a_second_snapshot_of_the_same_day_has_a_name_of_its_own(pack, crooked):
    refresh(pack, portal=crooked.address, today=lambda: DAY)
    refresh(pack, portal=crooked.address, today=lambda: DAY)
    assert sorted(contents(pack)) == ["brunnen-2026-12-01-2.json", "pack.yml"]


def test_simulated_data_of_a_stand_in_is_not_taken_for_real(pack, tmp_path):
    make(tmp_path / "city", [row(number) for number in range(8)])
    with stand_in(tmp_path / "city") as address:
        assert "serves simulated data" in refused(pack, address)


def test_every_pack_of_the_project_refuses_the_projects_own_stand_in():
    folder = ROOT / "curriculum/data/baumkataster"
    with stand_in(ROOT) as address:
        assert "serves simulated data" in refused(folder, address)


def test_a_renamed_column_is_named_with_those_there_are(pack, crooked):
    crooked.records["results"][2] = {"name": "B", "free": 3, "ort": None}
    message = refused(pack, crooked.address)
    assert "record 3 has no column 'frei'" in message
    assert "it has: name, free, ort" in message
    assert "mend pack.yml and the lessons" in message


def test_a_guessed_column_says_that_it_was_a_guess(pack, crooked):
    path = pack / "pack.yml"
    text = path.read_text(encoding="utf-8").replace("title: {de: frei}", "title: {de: frei}, guessed: true")
    path.write_text(text, encoding="utf-8")
    del crooked.records["results"][0]["frei"]
    assert "our reading of its name" in refused(pack, crooked.address)


def test_a_value_of_another_type_is_named(pack, crooked):
    crooked.records["results"][4]["frei"] = "viele"
    assert "record 5, column 'frei': 'viele' is not of type integer" in refused(pack, crooked.address)


def test_less_than_half_of_the_rows_is_not_believed(pack, crooked):
    crooked.records = {"total_count": 3, "results": [row(number) for number in range(3)]}
    assert "only 3 records came, the pack has 8" in refused(pack, crooked.address)


def test_an_empty_data_set_is_refused(pack, crooked):
    crooked.records = {"total_count": 0, "results": []}
    assert "the data set is empty" in refused(pack, crooked.address)


def test_fewer_records_than_announced_are_refused(pack, crooked):
    crooked.records["total_count"] = 9
    assert "8 records came where 9 were announced" in refused(pack, crooked.address)


def test_data_that_change_between_two_pages_are_refused(pack, crooked):
    def pages(request):
        first = "offset=0" in request.path
        rows = [row(number) for number in range(100 if first else 50)]
        say(request, json.dumps({"total_count": 150 if first else 151, "results": rows}).encode())

    crooked.records = pages
    assert "the data changed while we read" in refused(pack, crooked.address)


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_a_download_that_is_cut_off_is_refused(pack, crooked, cut):
    body = json.dumps(crooked.records).encode()
    crooked.records = lambda request: say(request, body[:-cut], length=len(body))
    assert "the answer was cut off" in refused(pack, crooked.address)


def test_a_cut_download_that_looks_whole_to_http_is_refused_too(pack, crooked):
    body = json.dumps(crooked.records).encode()[:-40]
    crooked.records = lambda request: say(request, body)
    assert "not JSON, it may be cut off" in refused(pack, crooked.address)


@pytest.mark.parametrize("status", [200, 404, 503])
def test_a_web_page_is_recognised_whatever_its_status(pack, crooked, status):
    page = b"<!doctype html><title>Bitte anmelden</title>"
    crooked.records = lambda request: say(request, page, kind="text/html", status=status)
    message = refused(pack, crooked.address)
    assert "a web page (HTML) came instead of data" in message if status == 200 else f"status {status}" in message


@pytest.mark.parametrize("status", [200, 400, 429, 500])
def test_the_portals_own_words_are_passed_on(pack, crooked, status):
    body = json.dumps({"error_code": "X", "message": "Too many requests"}).encode()
    crooked.records = lambda request: say(request, body, status=status)
    assert f"the portal says 'Too many requests' (status {status})" in refused(pack, crooked.address)


def test_a_data_set_that_is_gone_is_named(pack, tmp_path):
    make(tmp_path / "city", [row(1)], name="anderes", simulated=False)
    path = tmp_path / "city/curriculum/data/anderes/pack.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("dataset: brunnen", "dataset: anderes"), encoding="utf-8")
    with stand_in(tmp_path / "city") as address:
        message = refused(pack, address)
    assert "Unknown dataset: brunnen" in message
    assert "it may have been renamed" in message


def test_a_redirect_is_not_followed_but_named(pack, crooked):
    target = ("Location", "http://login.example/")
    crooked.records = lambda request: say(request, b"", status=302, more=[target])
    message = refused(pack, crooked.address)
    assert "sends us on to 'http://login.example/'" in message
    assert len(crooked.asked) == 2


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("Datenlizenz Deutschland – Namensnennung – Version 2.0", "the licence is now dl-de/by-2.0"),
        ("CC BY 4.0", "the licence is now CC-BY-4.0"),
        ("Alle Rechte vorbehalten", "the licence 'Alle Rechte vorbehalten' is not one we know"),
        (None, "the licence 'none' is not one we know"),
    ],
)
def test_another_licence_is_never_taken_over_silently(pack, crooked, licence, said):
    crooked.about["metas"]["default"]["license"] = licence
    assert said in refused(pack, crooked.address)


@pytest.mark.parametrize("written", [ZERO, "dl-de/zero-2-0", "dl-zero-de/2.0", "https://www.govdata.de/dl-de/zero-2-0"])
def test_the_licence_is_known_however_it_is_written(pack, crooked, written):
    crooked.about["metas"]["default"]["license"] = written
    refresh(pack, portal=crooked.address, today=lambda: DAY)
    assert read_pack(pack).pack.license == "dl-de/zero-2.0"


@pytest.mark.parametrize("about", [{}, {"metas": None}, {"metas": {"default": 7}}, [], 3])
def test_metadata_of_another_form_are_refused(pack, crooked, about):
    crooked.about = about
    refused(pack, crooked.address)


@pytest.mark.parametrize("records", [{}, {"total_count": "8", "results": []}, {"total_count": 8}, [row(1)], None])
def test_records_of_another_form_are_refused(pack, crooked, records):
    crooked.records = records
    refused(pack, crooked.address)


def test_an_answer_that_is_too_large_is_left_in_the_middle(pack, crooked, monkeypatch):
    monkeypatch.setattr(refresh_portal, "MOST_BYTES", 300)
    assert "set real.rows, real.where or another file in pack.yml" in refused(pack, crooked.address)


def test_a_portal_that_falls_silent_is_not_waited_for(pack, crooked, monkeypatch):
    monkeypatch.setattr(refresh_portal.Portal.__init__, "__kwdefaults__", {"silence_s": 0.2, "whole_s": 60.0})
    ended = threading.Event()
    crooked.records = lambda _request: ended.wait(20)
    try:
        assert "did not answer in time" in refused(pack, crooked.address)
    finally:
        ended.set()


def test_a_portal_that_drips_is_not_waited_for(pack, crooked, monkeypatch):
    monkeypatch.setattr(refresh_portal.Portal.__init__, "__kwdefaults__", {"silence_s": 20.0, "whole_s": 0.1})
    ended = threading.Event()

    def drip(request):
        request.send_response(200)
        request.end_headers()
        while not ended.wait(0.05):
            try:
                request.wfile.write(b" ")
                request.wfile.flush()
            except OSError:
                return

    crooked.records = drip
    try:
        assert "still sending after" in refused(pack, crooked.address)
    finally:
        ended.set()


def test_without_a_network_the_command_says_so(pack):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    assert "cannot be reached" in refused(pack, f"http://127.0.0.1:{port}")


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "open-data.dortmund.de", "ftp://x.de", "https://me:secret@x.de"]
)
def test_an_address_that_is_none_is_refused(pack, address):
    before = contents(pack)
    with pytest.raises(MakerwagenError, match="is no address of a portal"):
        refresh(pack, portal=address)
    assert contents(pack) == before


@pytest.mark.parametrize(
    ("name", "kind"),
    [("jana@example.org", "e-mail address"), ("a4:cf:12:0b:ee:01", "device address"), ("0231 5012345", "phone number")],
)
def test_data_about_persons_do_not_come_in(pack, crooked, name, kind):
    crooked.records["results"][6]["name"] = name
    message = refused(pack, crooked.address)
    assert f"column 'name' holds a {kind}" in message
    assert name not in message


def test_what_pack_yml_does_not_describe_is_not_kept(pack, crooked):
    for record in crooked.records["results"]:
        record["telefon"] = "0231 5012345"
    refresh(pack, portal=crooked.address, today=lambda: DAY)
    assert b"0231" not in (pack / "brunnen-2026-12-01.json").read_bytes()


def test_several_readings_are_put_together_and_a_failed_one_is_left_out(pack, crooked):
    path = pack / "pack.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  rows: 200", "  rows: 4\n  readings: 3"), encoding="utf-8"
    )
    count = []

    def reading(request):
        count.append(request.path)
        if len(count) == 2:
            say(request, b"busy", status=503)
        else:
            say(
                request,
                json.dumps({"total_count": 4, "results": [row(len(count) * 10 + n) for n in range(4)]}).encode(),
            )

    crooked.records = reading
    said = []
    refresh(pack, portal=crooked.address, every_s=0, say=said.append, today=lambda: DAY)
    assert [record["frei"] for record in read_pack(pack).records] == [10, 11, 12, 13, 30, 31, 32, 33]
    assert said[0].startswith("3 readings, one every 0 minutes, take about 0 h 0 min; Ctrl-C stops")
    assert said[1] == "reading 1 of 3: 4 records so far"
    assert said[2].startswith("reading 2 of 3 failed: ")
    assert sorted(contents(pack)) == ["brunnen-2026-12-01.json", "pack.yml"]


def daily(pack, *, readings=3):
    """Make the pack one of several readings of four records, as the car parks are."""
    path = pack / "pack.yml"
    text = path.read_text(encoding="utf-8").replace("  rows: 200", f"  rows: 4\n  readings: {readings}")
    path.write_text(text, encoding="utf-8")


def by_the_hour(crooked):
    """Let each reading give other records; return the list of the readings."""
    count = []

    def reading(request):
        count.append(request.path)
        rows = [row(len(count) * 10 + number) for number in range(4)]
        say(request, json.dumps({"total_count": 4, "results": rows}).encode())

    crooked.records = reading
    return count


def test_a_day_of_readings_that_was_stopped_goes_on_where_it_was(pack, crooked, monkeypatch):
    daily(pack)
    count, before = by_the_hour(crooked), contents(pack)
    waits = []

    def stopped(seconds):
        waits.append(seconds)
        if len(waits) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(refresh_explore.time, "sleep", stopped)
    with pytest.raises(MakerwagenError) as caught:
        refresh(pack, portal=crooked.address, today=lambda: DAY)
    assert "stopped after 2 of 3 readings; nothing was changed" in str(caught.value)
    assert "the same command goes on within a day" in str(caught.value)
    assert contents(pack).keys() - before.keys() == {".refresh.json"}
    assert all(contents(pack)[name] == data for name, data in before.items())
    said = []
    refresh(pack, portal=crooked.address, say=said.append, today=lambda: DAY)
    assert said[0].startswith("going on after reading 2: 1 reading, one every 60 minutes, take about 1 h 0 min")
    assert 3500 < waits[-1] <= 3600
    assert len(count) == 3
    assert [one["frei"] for one in read_pack(pack).records] == [10, 11, 12, 13, 20, 21, 22, 23, 30, 31, 32, 33]
    assert sorted(contents(pack)) == ["brunnen-2026-12-01.json", "pack.yml"]


@pytest.mark.parametrize(
    "kept", ["{", "[]", '{"taken": [[1, [], 0]], "tried": 1}', "null", '{"taken": 7, "tried": "x"}']
)
def test_readings_aside_that_are_broken_or_of_another_day_are_begun_anew(pack, crooked, kept):
    daily(pack)
    by_the_hour(crooked)
    (pack / ".refresh.json").write_text(kept)
    refresh(pack, portal=crooked.address, every_s=0, today=lambda: DAY)
    assert len(read_pack(pack).records) == 12


def test_readings_of_yesterday_or_of_other_columns_do_not_get_into_today(pack, crooked):
    daily(pack)
    by_the_hour(crooked)
    real = read_pack(pack).pack.real
    old = refresh_waiting.readings_of(pack, read_pack(pack).pack, real, crooked.address)
    old.tried = 1
    old.add(time.time() - 25 * 3600, [row(99)], 0)
    refresh(pack, portal=crooked.address, every_s=0, today=lambda: DAY)
    assert 99 not in [one["frei"] for one in read_pack(pack).records]
    elsewhere = refresh_waiting.readings_of(pack, read_pack(pack).pack, real, "http://elsewhere")
    elsewhere.tried = 1
    elsewhere.add(time.time(), [row(99)], 0)
    refresh(pack, portal=crooked.address, every_s=0, today=lambda: DAY)
    assert 99 not in [one["frei"] for one in read_pack(pack).records]


def test_now_takes_a_single_reading_without_waiting(pack, crooked, capsys):
    daily(pack, readings=2)
    count = by_the_hour(crooked)
    root = str(pack.parents[2])
    assert main(["--root", root, "data", "refresh", "brunnen", "--now", "--portal", crooked.address]) == 0
    assert len(count) == 1
    assert len(read_pack(pack).records) == 4


def test_how_long_a_day_of_readings_takes_is_said_at_once(pack, crooked, monkeypatch):
    daily(pack, readings=15)
    by_the_hour(crooked)
    monkeypatch.setattr(refresh_explore.time, "sleep", lambda _seconds: None)
    said = []
    refresh(pack, portal=crooked.address, say=said.append, today=lambda: DAY)
    assert said[0].startswith("15 readings, one every 60 minutes, take about 14 h 0 min; Ctrl-C stops")
    assert "--now" in said[0]


def test_two_commands_at_once_do_not_change_one_pack(pack, crooked):
    inside, go_on = threading.Event(), threading.Event()
    records = crooked.records

    def slow(request):
        inside.set()
        go_on.wait(20)
        say(request, json.dumps(records).encode())

    crooked.records = slow
    done = []
    first = threading.Thread(
        target=lambda: done.append(refresh(pack, portal=crooked.address, today=lambda: DAY)), daemon=True
    )
    first.start()
    try:
        assert inside.wait(20)
        assert "another `makerwagen data` is at work on this pack" in refused(pack, crooked.address)
        with pytest.raises(MakerwagenError, match="another `makerwagen data` is at work"):
            simulate(pack, read_pack(pack).pack)
    finally:
        go_on.set()
        first.join(20)
    assert done and len(read_pack(pack).records) == 8
    refresh(pack, portal=crooked.address, today=lambda: DAY)  # the lock is gone with the first


def test_a_command_that_was_killed_leaves_no_lock(pack, crooked):
    source = (
        "import sys, time; from pathlib import Path; from makerwagen.sensors.packs.edit import alone\n"
        "with alone(Path(sys.argv[1])):\n    print('held', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", source, str(pack)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        assert "another `makerwagen data`" in refused(pack, crooked.address)
        holder.kill()
    refresh(pack, portal=crooked.address, today=lambda: DAY)


def test_the_command_refreshes_and_names_the_lessons_to_read_again(pack, crooked, capsys):
    root = pack.parents[2]
    (root / "lessons/water").mkdir(parents=True)
    (root / "lessons/water/lesson.yml").write_text("data: [brunnen]\n")
    assert main(["--root", str(root), "data", "refresh", "brunnen", "--portal", crooked.address]) == 0
    assert "read again: lessons/water" in capsys.readouterr().out
    assert main(["--root", str(root), "data", "check"]) == 0
    assert main(["--root", str(root), "data", "simulate", "brunnen"]) == 2
    assert "holds a real snapshot" in capsys.readouterr().err
    assert main(["--root", str(root), "data", "refresh", "brunen"]) == 2
    assert "there is no data pack 'brunen'; there are: brunnen" in capsys.readouterr().err


def test_the_command_names_a_broken_pack_and_checks_the_others(pack, capsys):
    root = pack.parents[2]
    make(root, [row(1)], name="zweites", simulated=False)
    (pack / "brunnen.json").write_bytes(b"[")
    assert main(["--root", str(root), "data", "check"]) == 1
    out = capsys.readouterr().out
    assert "brunnen.json: not JSON" in out
    assert "ok: zweites: 1 records" in out
    assert main(["--root", str(root), "data", "list"]) == 0


def test_lesson_code_for_the_real_portal_runs_against_the_stand_in():
    """What a lesson writes with httpx: pages of 100 until everything is there."""
    with stand_in(ROOT) as address:
        url = f"{address}{BASE}/parkhauser/records"
        rows = []
        while True:
            page = httpx.get(
                url, params={"limit": 100, "offset": len(rows), "where": "frei >= 0"}, trust_env=False
            ).json()
            rows += page["results"]
            if len(rows) >= page["total_count"]:
                break
    assert len(rows) == 175


def test_pack_yml_is_valid_for_the_checks_afterwards(pack, crooked):
    refresh(pack, portal=crooked.address, today=lambda: DAY)
    text = (pack / "pack.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["date"] == DAY
    assert (
        main(
            [
                "--root",
                str(pack.parents[2]),
                "check",
                "--select",
                "DAT102,DAT103,DAT104,DAT107,DAT109,YML101,YML102,YML103",
            ]
        )
        == 0
    )

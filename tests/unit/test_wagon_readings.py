"""The wagon's page of readings and its interface for notebooks: complete without a script, and hard to flood."""

import csv
import io
import json
import time

import pytest
from starlette.testclient import TestClient

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.protocol import Reading, payload_of, topic_of
from makerwagen.sensors.running import Sensors
from makerwagen.sensors.store import Arrival
from makerwagen.wagon.readings import BURST, MOST_READINGS
from makerwagen.wagon.server import app

FRAME = "<html><head><title>x</title></head><body><nav>Start</nav><article class='a'>weg</article></body></html>"


@pytest.fixture
def sensors(tmp_path):
    made = Sensors(tmp_path / "state")
    yield made
    made.stop()


@pytest.fixture
def client(sensors, tmp_path):
    site = tmp_path / "site"
    site.mkdir()
    (site / "404.html").write_text(FRAME, encoding="utf-8")
    return TestClient(app(site, sensors))


def fill(sensors, *, node="pico-07", values=(20.5, 21.0), simulated=False, observed="temperature"):
    now = time.time()
    sensors.store.add(
        Arrival(Reading(node, len(observed), i, observed, value, simulated=simulated), now - 10 * (len(values) - i))
        for i, value in enumerate(values)
    )


def forwarded(*readings):
    return [{"topic": topic_of(one), "payload": payload_of(one).decode()} for one in readings]


def test_the_page_stands_in_the_websites_frame_and_needs_no_script(client, sensors):
    sensors.store.place_thing("pico-07", name="Hochbeet", place="Schulhof <b>Süd</b>")
    fill(sensors)
    page = client.get("/messwerte/").text
    assert page.startswith("<html>") and "<nav>Start</nav>" in page and "weg" not in page
    assert "Hochbeet" in page and "Schulhof &lt;b&gt;Süd" in page
    assert "21\N{NO-BREAK SPACE}°C" in page and "vor 10 s" in page and "<svg" in page
    assert "mw-sim" not in page.split("</style>")[1]


def test_what_the_script_fetches_is_what_the_page_shows(client, sensors):
    fill(sensors)
    assert client.get("/messwerte/teil?zeit=1h").text in client.get("/messwerte/").text
    assert "mw-part" in client.get("/messwerte/live.js").text


def test_the_policy_lets_the_script_work_and_nothing_else(client):
    page = client.get("/messwerte/")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "<script>" not in page.text and " on" not in page.text.split("<article")[1].split("<svg")[0].replace(
        " on ", ""
    )


def test_simulated_stations_are_labelled_in_every_picture_and_file(client, sensors):
    fill(sensors, node="sim-igel", simulated=True)
    page = client.get("/messwerte/").text
    assert '<strong class="mw-sim">simuliert</strong>' in page and ">simuliert</text>" in page
    answer = client.get("/messwerte/messwerte.csv?station=sim-igel")
    assert 'filename="messwerte-sim-igel-simuliert.csv"' in answer.headers["content-disposition"]
    assert {row["simulated"] for row in csv.DictReader(io.StringIO(answer.text))} == {"1"}
    assert client.get("/messwerte/opensensemap.csv").text.startswith("simuliert-sim-igel-temperature,")
    assert json.loads(client.get("/messwerte/opensensemap.json").text)[0]["sensor"].startswith("simuliert-")


def test_findings_refusals_and_troubles_are_told(client, sensors):
    fill(sensors, values=(20.0, -127.0, 20.0))
    sensors.store.reject(time.time(), "makerwagen/pico-09/<x>", "Temperatur kommt in „F“ statt in „°C“")
    page = client.get("/messwerte/").text
    assert "kann nicht stimmen" in page and "statt in „°C“" in page and "pico-09/&lt;x&gt;" in page
    assert "Sensoren sind auf diesem Wagen heute ausgeschaltet" in page


def test_an_empty_hub_says_so_and_every_span_answers(client):
    assert "Noch ist kein Messwert angekommen" in client.get("/messwerte/").text
    for span in ("10min", "1h", "6h", "1d", "7d", "alles", "quatsch"):
        assert client.get(f"/messwerte/?zeit={span}").status_code == 200


def test_a_station_that_nobody_knows_is_a_friendly_404(client, sensors):
    fill(sensors)
    for path in ("/messwerte/messwerte.csv", "/api/observations", "/messwerte/opensensemap.json"):
        answer = client.get(f"{path}?station=pico-99")
        assert answer.status_code == 404 and "pico-99" in answer.json()["message"]
    assert client.get("/api/observations?station=pico-99").json()["known"] == [
        {"thing": "pico-07", "observed": "temperature"}
    ]


def test_a_notebook_gets_values_with_unit_and_source(client, sensors):
    fill(sensors)
    told = client.get("/api/observations?station=pico-07&property=temperature&since=1 h").json()
    assert [row[1] for row in told["observations"]] == [20.5, 21.0]
    assert (told["unit"], told["title"], told["simulated"]) == ("°C", "Temperatur", False)
    assert client.get("/api/observations?station=pico-07&since=gestern").status_code == 404
    fill(sensors, observed="humidity")
    assert client.get("/api/observations?station=pico-07").status_code == 404
    assert len(client.get("/api/stations").json()["streams"]) == 2


def test_what_a_laptop_forwards_is_stored_once_and_always_marked_as_simulated(client, sensors):
    message = forwarded(Reading("sim-igel", 5, 1, "temperature", 20.0))
    for _ in range(2):
        answer = client.post("/api/readings", json=message)
        assert answer.json() == {"stored": [["sim-igel", 5, 1]], "refused": []}
    (stream,) = sensors.store.datastreams()
    assert (stream.count, stream.simulated) == (1, True)


def test_what_is_no_reading_or_pretends_to_be_real_is_refused_with_a_reason(client, sensors):
    real = forwarded(Reading("pico-07", 5, 1, "temperature", 20.0))
    wrong = [{"topic": "makerwagen/sim-igel/temperature", "payload": '{"b": 1, "n": 2, "v": 70, "u": "F"}'}]
    refused = client.post("/api/readings", json=real + wrong).json()["refused"]
    assert refused[0]["key"] == ["pico-07", 5, 1] and "sim-" in refused[0]["reason"]
    assert refused[1]["key"] == ["sim-igel", 1, 2] and "°C" in refused[1]["reason"]
    assert sensors.store.count() == 0
    assert len(sensors.store.rejected()) == 2


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"[", "application/json", 422),
        (b'{"topic": "x"}', "application/json", 422),
        (b'[{"topic": "x", "payload": 3}]', "application/json", 422),
        (b"[" * 5000, "application/json", 422),
        (b"[]", "text/plain", 415),
        (b" " * 400_000, "application/json", 413),
        (json.dumps([{"topic": "a", "payload": "b"}] * (MOST_READINGS + 1)).encode(), "application/json", 413),
    ],
)
def test_other_bodies_are_refused(client, body, kind, status):
    answer = client.post("/api/readings", content=body, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert answer.json()["message"]


def test_a_laptop_that_floods_is_told_to_wait(client, sensors):
    message = forwarded(Reading("sim-igel", 5, 1, "temperature", 20.0))
    answers = [client.post("/api/readings", json=message).status_code for _ in range(int(BURST) + 40)]
    assert answers[0] == 200 and answers[-1] == 429
    assert sensors.store.count() == 1


def test_without_sensors_the_site_is_all_there_is(tmp_path):
    (tmp_path / "index.html").write_text("Hallo", encoding="utf-8")
    client = TestClient(app(tmp_path))
    assert client.get("/").text == "Hallo"
    assert client.get("/messwerte/").status_code == 404


def test_a_frame_without_a_place_for_it_is_replaced_by_a_plain_page(sensors, tmp_path):
    (tmp_path / "404.html").write_text("nichts", encoding="utf-8")
    assert "<h1>Messwerte</h1>" in TestClient(app(tmp_path, sensors)).get("/messwerte/").text


def test_a_second_wagon_on_the_same_folder_is_refused(sensors, tmp_path):
    sensors._alone()
    second = Sensors(tmp_path / "state")
    with pytest.raises(MakerwagenError, match="another wagon uses"):
        second.start("127.0.0.1", 1)
    assert "Hol eine erwachsene Person" in second.trouble[0]
    second.stop()

"""The stand-in answers like the portal: pages, conditions, groups, exports, and errors in the portal's words."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from makerwagen.sensors.packs.explore_app import explore_app

ROOT = Path(__file__).parents[3]
DATASETS = "/api/explore/v2.1/catalog/datasets"
PARKING = f"{DATASETS}/parkhauser"


@pytest.fixture(scope="module")
def portal():
    with TestClient(explore_app(ROOT)) as client:
        yield client


def ask(portal, **asked):
    answer = portal.get(f"{PARKING}/records", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def names(found):
    return [row["name"] for row in found["results"]]


def test_ten_records_come_unless_more_are_asked_for(portal):
    found = ask(portal)
    assert found["total_count"] == 180
    assert len(found["results"]) == 10
    assert len(ask(portal, limit=100)["results"]) == 100
    assert ask(portal, limit=0) == {"total_count": 180, "results": []}


def test_pages_together_are_everything_once(portal):
    rows = [row for offset in range(0, 180, 50) for row in ask(portal, limit=50, offset=offset)["results"]]
    whole = portal.get(f"{PARKING}/exports/json").json()
    assert rows == whole
    assert len(whole) == 180
    assert ask(portal, offset=500)["results"] == []


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ("frei < 0", 5),
        ("frei<0 and name='Dachsbau'", 1),
        ('name = "Dachsbau" or name = "Kranich"', 30),
        ("name in ('Dachsbau', 'Kranich') and not frei < 0", 29),
        ("name not in ('Dachsbau', 'Kranich')", 150),
        ("(frei < 0 or frei > 400) and type != 'Tiefgarage'", 10),
        ("zeitstempel is null", 3),
        ("zeitstempel is not null", 177),
        ("name like 'dachs'", 15),
        ("type like 'park ride'", 30),
        ("name like '%spatz%'", 0),
        ("name like '%ENST%'", 15),
        ("name like 'bi%stock'", 15),
        ("name like 'enstock'", 0),
        ("name like 'storch nest'", 0),
        ("type like '%'", 180),
        ("name like '" + "%e" * 60 + "'", 0),
        ("zeitstempel >= date'2026-11-14T20:00:00'", 12),
        ("capacity >= 459.5", 30),
        ("not " * 500 + "frei < 0", 5),
        ("`frei` = -437", 1),
        ("frei = 'viel'", 0),
        ("", 180),
    ],
)
def test_a_condition_leaves_what_fits(portal, where, count):
    found = ask(portal, where=where, limit=100)
    assert found["total_count"] == count


def test_a_missing_value_fits_no_comparison(portal):
    both = ask(portal, where="zeitstempel < '2027' or zeitstempel >= '2027'")["total_count"]
    assert both == 177


def test_fields_are_chosen_and_renamed(portal):
    assert ask(portal, select="name, frei as plaetze", limit=1)["results"] == [{"name": "Bienenstock", "plaetze": 202}]


def test_records_are_ordered_with_gaps_last(portal):
    frei = [row["frei"] for row in ask(portal, order_by="frei desc", limit=100)["results"]]
    assert frei == sorted(frei, reverse=True)
    assert ask(portal, order_by="zeitstempel desc, name", limit=100, offset=177)["results"][-1]["zeitstempel"] is None
    assert names(ask(portal, order_by="name, frei", limit=2)) == ["Ameisenhügel", "Ameisenhügel"]


def test_groups_are_counted_and_averaged(portal):
    found = ask(
        portal, select="type, count(*) as anzahl, avg(capacity) as mittel, max(capacity) as groesstes", group_by="type"
    )
    by_type = {row["type"]: row for row in found["results"]}
    assert by_type["Park and Ride"] == {"type": "Park and Ride", "anzahl": 30, "mittel": 400.0, "groesstes": 520}
    assert sum(row["anzahl"] for row in by_type.values()) == 180


def test_groups_are_ordered_by_what_was_computed(portal):
    found = ask(portal, select="name, min(frei) as tiefstes", group_by="name", order_by="tiefstes", limit=1)
    assert found["results"] == [{"name": "Dachsbau", "tiefstes": -437}]


def test_everything_is_one_group_without_group_by(portal):
    assert ask(portal, select="count(*) as n, sum(frei) as s", where="frei < 0")["results"] == [{"n": 5, "s": -469}]
    assert ask(portal, select="count(*) as n, sum(frei) as s", where="frei < -999")["results"] == [{"n": 0, "s": None}]


def test_refine_and_exclude_choose_by_value(portal):
    assert ask(portal, refine="name:Kranich")["total_count"] == 15
    assert ask(portal, exclude="name:Kranich")["total_count"] == 165


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        ({"limit": 101}, "InvalidRESTParameterError", "101 was found but -1 <= limit <= 100 is expected."),
        ({"limit": "viele"}, "InvalidRESTParameterError", "an integer is expected"),
        ({"offset": -1}, "InvalidRESTParameterError", "0 <= offset <= 10000"),
        ({"offset": 9990, "limit": 100}, "InvalidRESTParameterError", "offset + limit <= 10000"),
        ({"select": "anzahl"}, "ODSQLError", "ODSQL query is malformed: Unknown field: anzahl. Clause(s) containing"),
        ({"where": "fre < 0"}, "ODSQLError", "Unknown field: fre. Clause(s) containing the error(s): where."),
        ({"order_by": "fre"}, "ODSQLError", "Unknown field: fre"),
        ({"group_by": "fre"}, "ODSQLError", "Unknown field: fre"),
        ({"refine": "fre:1"}, "ODSQLError", "Unknown field: fre"),
        ({"select": "min(geo_point_2d)"}, "ODSQLError", "StatAggregation only supports numeric"),
        ({"select": "sum(name)"}, "ODSQLError", "StatAggregation only supports numeric"),
        ({"where": "frei <"}, "ODSQLError", "expected a value, found 'the end'"),
        ({"where": "frei < 0 frei"}, "ODSQLError", "unexpected 'frei'"),
        ({"where": "frei ; drop"}, "ODSQLError", "cannot read"),
        ({"where": "(frei < 0"}, "ODSQLError", "expected ')'"),
        ({"where": "frei < null"}, "ODSQLError", "a value in quotes"),
        ({"select": "a" + " " * 60_000 + "a"}, "InvalidRESTParameterError", "more than 4000 characters"),
        ({"where": "(" * 2000 + "frei < 0"}, "ODSQLError", "nested too deeply"),
    ],
)
def test_what_the_portal_refuses_is_refused_in_its_form(portal, asked, code, said):
    answer = portal.get(f"{PARKING}/records", params=asked)
    assert answer.status_code == 400
    assert answer.json()["error_code"] == code
    assert said in answer.json()["message"]


@pytest.mark.parametrize(
    "path", [f"{DATASETS}/parkhaus", f"{DATASETS}/parkhaus/records", f"{DATASETS}/x/exports/json", "/api"]
)
def test_what_is_not_there_is_a_404_in_the_portals_form(portal, path):
    answer = portal.get(path)
    assert answer.status_code == 404
    assert set(answer.json()) == {"error_code", "message"}


def test_the_catalogue_describes_every_pack(portal):
    found = portal.get(DATASETS, params={"limit": 100}).json()
    ids = {entry["dataset_id"] for entry in found["results"]}
    assert {"parkhauser", "baumkataster", "trinkwasserbrunnen", "fb66-baustellen-tagesaktuell", "dwd-sommer"} <= ids
    assert found["total_count"] == len(ids)


def test_a_data_set_says_what_it_holds_and_that_it_is_simulated(portal):
    about = portal.get(PARKING).json()
    assert {"name": "frei", "label": "freie Plätze", "type": "int"} in about["fields"]
    assert about["metas"]["default"]["license"] == "CC BY 4.0"
    assert "(simuliert)" in about["metas"]["default"]["title"]
    assert about["metas"]["custom"]["makerwagen_simulated"] is True


def test_the_export_to_csv_is_the_portals(portal):
    text = portal.get(f"{PARKING}/exports/csv", params={"limit": 3}).content.decode("utf-8")
    assert text.startswith("\ufeffid;name;")
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
    assert rows[0]["geo_point_2d"] == "51.514, 7.466"
    assert len(rows) == 3
    plain = portal.get(f"{PARKING}/exports/csv", params={"delimiter": ",", "with_bom": "false", "select": "id"}).text
    assert plain.startswith("id\r\nP01\r\n")


def test_the_export_to_geojson_has_points_with_the_longitude_first(portal):
    found = portal.get(f"{PARKING}/exports/geojson", params={"where": "name = 'Kranich'"}).json()
    assert found["type"] == "FeatureCollection"
    assert found["features"][0]["geometry"] == {"type": "Point", "coordinates": [7.43, 51.49]}
    assert len(found["features"]) == 15


@pytest.mark.parametrize(("form", "asked"), [("xlsx", {}), ("json", {"limit": "x"}), ("csv", {"delimiter": ";;"})])
def test_an_export_that_does_not_exist_is_refused(portal, form, asked):
    assert portal.get(f"{PARKING}/exports/{form}", params=asked).status_code == 400


def test_a_broken_pack_hides_no_other_and_a_mended_one_is_served_at_once(tmp_path):
    for name in ("baumkataster", "trinkwasserbrunnen"):
        shutil.copytree(ROOT / "curriculum/data" / name, tmp_path / "curriculum/data" / name)
    file = tmp_path / "curriculum/data/baumkataster/baumkataster.json"
    whole = file.read_bytes()
    file.write_bytes(whole[:100])
    with TestClient(explore_app(tmp_path)) as client:
        assert client.get(f"{DATASETS}/trinkwasserbrunnen").status_code == 200
        assert client.get(f"{DATASETS}/baumkataster").status_code == 404
        file.write_bytes(whole)
        assert client.get(f"{DATASETS}/baumkataster/records").json()["total_count"] == 180

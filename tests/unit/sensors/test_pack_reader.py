"""A data pack is read whole or refused with what is wrong, where, and what to do."""

import hashlib
import json

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.reading import read_pack
from makerwagen.sensors.packs.shapes import parse_records

PACK = """
id: tiny
title: {{de: Winzig}}
file: {file}
sha256: "{sha}"
simulated: true
date: 2026-11-14
license: CC-BY-4.0
source: here
attribution: {{de: Test}}
columns:
  - {{name: name, type: text, title: {{de: Name}}}}
  - {{name: frei, type: {type}, title: {{de: frei}}}}
  - {{name: wann, type: time, title: {{de: wann}}}}
  - {{name: ort, type: point, title: {{de: Ort}}}}
"""
GOOD = {"name": "A", "frei": -4, "wann": "2026-11-14T06:00:00+00:00", "ort": {"lat": 51.5, "lon": 7.4}, "more": 1}


def make(folder, data, *, sha=None, kind="integer", file="tiny.json"):
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    (folder / "tiny.json").write_bytes(raw)
    text = PACK.format(sha=sha or hashlib.sha256(raw).hexdigest(), type=kind, file=file)
    (folder / "pack.yml").write_text(text, encoding="utf-8")
    return folder


def refused(folder):
    with pytest.raises(MakerwagenError) as caught:
        read_pack(folder)
    return str(caught.value)


def test_an_answer_of_the_api_becomes_records_and_unknown_fields_do_no_harm(tmp_path):
    data = read_pack(make(tmp_path, {"total_count": 1, "results": [GOOD]}))
    assert data.records == (GOOD,)
    assert data.pack.simulated


def test_an_export_is_a_plain_list_and_is_read_too(tmp_path):
    assert len(read_pack(make(tmp_path, [GOOD, GOOD])).records) == 2


def test_a_missing_value_is_no_error(tmp_path):
    data = read_pack(make(tmp_path, [GOOD | {"wann": None, "ort": None, "frei": None}]))
    assert data.records[0]["wann"] is None


def test_a_changed_file_is_refused_with_both_sums(tmp_path):
    message = refused(make(tmp_path, [GOOD], sha="0" * 64))
    assert "tiny.json: sha256 is" in message
    assert "pack.yml says 000000000000…" in message


def test_a_missing_column_is_named_with_the_columns_there_are(tmp_path):
    message = refused(make(tmp_path, [GOOD, {key: GOOD[key] for key in ("name", "wann", "ort")}]))
    assert "record 2 has no column 'frei' (it has: name, wann, ort)" in message


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("frei", "12", "integer"),
        ("frei", True, "integer"),
        ("frei", 1.5, "integer"),
        ("frei", "viel", "number"),
        ("name", 7, "integer"),
        ("wann", "gestern", "integer"),
        ("wann", "2026-11-14T06:00:00", "integer"),
        ("ort", [51.5, 7.4], "integer"),
    ],
)
def test_a_value_of_the_wrong_type_is_named_with_record_and_column(tmp_path, field, value, kind):
    message = refused(make(tmp_path, [GOOD | {field: value}], kind=kind))
    assert f"record 1, column '{field}'" in message
    assert "is not of type" in message


def test_an_unknown_type_in_the_description_is_refused(tmp_path):
    assert "has type 'banana'" in refused(make(tmp_path, [GOOD], kind="banana"))


def test_an_html_page_is_recognised_before_the_sum_is_compared(tmp_path):
    page = b"\n<!DOCTYPE html><html><body>Zugriff gesperrt</body></html>"
    assert "this is a web page (HTML), not JSON" in refused(make(tmp_path, page, sha="0" * 64))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b'{"results": [', "not JSON"),
        (b"", "not JSON"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"[" * 100_000, "not JSON"),
        (b'{"error_code": "X", "message": "Unknown dataset: parkhaus"}', "the portal says 'Unknown dataset: parkhaus'"),
        (b'{"results": {}}', "no list called 'results'"),
        (b'{"results": [1]}', "record 1 is not an object"),
        (b'{"results": []}', "holds no records"),
        (b"42", "no list called 'results'"),
    ],
)
def test_what_is_not_an_answer_is_refused(tmp_path, data, said):
    with pytest.raises(MakerwagenError, match=said):
        parse_records(data, tmp_path / "tiny.json")


def test_a_byte_order_mark_is_no_obstacle(tmp_path):
    assert len(parse_records(b"\xef\xbb\xbf" + json.dumps([GOOD]).encode(), tmp_path)) == 1


def test_a_missing_file_or_description_is_named(tmp_path):
    assert "pack.yml" in refused(tmp_path)
    make(tmp_path, [GOOD])
    (tmp_path / "tiny.json").unlink()
    assert "tiny.json" in refused(tmp_path)


def test_a_broken_description_is_refused_with_the_field(tmp_path):
    make(tmp_path, [GOOD])
    path = tmp_path / "pack.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("simulated: true", "simulated: vielleicht"), encoding="utf-8"
    )
    assert "'simulated'" in refused(tmp_path)
    path.write_text("id: [", encoding="utf-8")
    assert "not valid YAML" in refused(tmp_path)


def test_a_file_outside_the_pack_is_not_read(tmp_path):
    folder = tmp_path / "pack"
    folder.mkdir()
    (tmp_path / "secret.json").write_text("[]")
    assert "outside the pack" in refused(make(folder, [GOOD], file="../secret.json"))

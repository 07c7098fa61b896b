import base64
import hashlib
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from makerwagen.errors import MakerwagenError
from makerwagen.wagon import app, prove


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("<script>alert(1)</script><script src='a.js'></script>Hallo")
    (tmp_path / "a.js").write_text("1")
    return tmp_path


def test_every_answer_carries_the_policy_with_our_inline_scripts_by_hash(site: Path):
    client = TestClient(app(site))
    expected = base64.b64encode(hashlib.sha256(b"alert(1)").digest()).decode()
    for path in ("/", "/a.js"):
        policy = client.get(path).headers["content-security-policy"]
        assert f"script-src 'self' 'sha256-{expected}';" in policy
        assert "default-src 'self'" in policy and "unsafe-inline" not in policy.split("style-src")[0]


def test_nothing_outside_the_website_is_served(site: Path):
    (site.parent / "secret.txt").write_text("x")
    assert TestClient(app(site)).get("/../secret.txt").status_code == 404
    assert TestClient(app(site)).get("/%2e%2e/secret.txt").status_code == 404


def test_prove_asks_for_every_page_and_counts(site: Path, capsys):
    (site / "empty.html").write_text("")
    assert prove(site, "127.0.0.1", 18431) == 1
    assert "answered for 1 of 2 pages" in capsys.readouterr().out


def test_a_port_in_use_is_an_error_with_advice(site: Path):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(MakerwagenError, match="choose another --port"):
            prove(site, "127.0.0.1", taken.getsockname()[1])

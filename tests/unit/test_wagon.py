import base64
import hashlib
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from makerwagen.errors import MakerwagenError
from makerwagen.wagon.server import app, prove


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


def test_wasm_is_allowed_only_on_exercise_pages_and_in_their_worker(site: Path):
    for name in ("uebungen/a.html", "lessons/a.html", "assets/javascripts/exercise-worker.js"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("Hallo")
    client = TestClient(app(site))
    policies = {
        path: client.get(path).headers["content-security-policy"]
        for path in ("/", "/lessons/a.html", "/uebungen/a.html", "/assets/javascripts/exercise-worker.js")
    }
    assert [path for path, policy in policies.items() if "wasm-unsafe-eval" in policy] == list(policies)[2:]
    assert not any("'unsafe-eval'" in policy for policy in policies.values())
    assert policies["/assets/javascripts/exercise-worker.js"].startswith("default-src 'none'; ")


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


def test_prove_finds_pages_behind_a_proxy_on_ipv6_and_with_umlauts(site: Path, capsys, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    (site / "Für Kinder.html").write_text("Hallo")
    assert prove(site, "::1", 18432) == 0
    assert "http://[::1]:18432/ answered for 2 of 2 pages" in capsys.readouterr().out


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 99999), ("no-such-host.invalid", 8000)])
def test_an_address_that_cannot_be_is_an_error_with_advice(site: Path, host: str, port: int):
    with pytest.raises(MakerwagenError, match="cannot listen on"):
        prove(site, host, port)


def test_ctrl_c_ends_the_wagon_without_a_failure(site: Path):
    import signal
    import subprocess
    import sys

    (site / "build").mkdir()
    root = site.parent / "checkout"
    (root / "build").mkdir(parents=True)
    site.rename(root / "build/site")
    command = [sys.executable, "-m", "makerwagen.cli", "--root", str(root), "wagon", "--port", "18433"]
    command += ["--no-sensors", "--state", str(root / "state")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "Makerwagen: http://127.0.0.1:18433/  (stop with Ctrl+C)\n"
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    assert process.wait(10) == 0


def test_head_and_ranges_are_answered(site: Path):
    client = TestClient(app(site))
    assert client.head("/").status_code == 200
    part = client.get("/index.html", headers={"Range": "bytes=0-6"})
    assert (part.status_code, part.content) == (206, b"<script")

"""Packs are served: by the wagon below /opendata, and by `makerwagen data serve` on a port of its own."""

import os
import select
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from starlette.testclient import TestClient

from makerwagen.sensors.packs.explore_app import BASE
from makerwagen.wagon.server import app

ROOT = Path(__file__).parents[2]


def test_the_wagon_serves_the_packs_of_its_checkout(tmp_path):
    site = tmp_path / "build/site"
    site.mkdir(parents=True)
    (site / "index.html").write_text("<h1>Hallo</h1>")
    (tmp_path / "curriculum").mkdir()
    (tmp_path / "curriculum/data").symlink_to(ROOT / "curriculum/data")
    with TestClient(app(site)) as client:
        found = client.get(f"/opendata{BASE}/baumkataster/records", params={"limit": 1})
        assert found.status_code == 200
        assert found.json()["total_count"] == 180
        assert found.headers["x-content-type-options"] == "nosniff"
        assert client.get("/opendata/nichts").json()["error_code"] == "NotFound"
        assert "Hallo" in client.get("/").text


def _said_within(stream, seconds):
    """Return the first line of a stream, or nothing when none comes in time."""
    ready, _, _ = select.select([stream], [], [], seconds)
    return stream.readline() if ready else ""


def test_the_command_serves_until_it_is_ended():
    command = [sys.executable, "-m", "makerwagen.cli", "--root", str(ROOT), "data", "serve", "--port"]
    for port in range(18_020, 18_040):
        serving = subprocess.Popen([*command, str(port)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            line = _said_within(serving.stdout, 60)
            if not line:
                continue  # another program has the port
            assert line.startswith(f"http://127.0.0.1:{port}/: packs as an open-data portal")
            found = _asked(f"http://127.0.0.1:{port}{BASE}/parkhauser/records?limit=0")
            assert found == {"total_count": 180, "results": []}
            again = subprocess.run([*command, str(port)], capture_output=True, text=True, check=False, timeout=60)
            assert again.returncode == 2
            assert f"cannot listen on 127.0.0.1:{port}" in again.stderr
            return
        finally:
            serving.terminate()
            serving.wait(20)
            serving.stdout.close()
    pytest.fail("no free port")


def _asked(url):
    deadline = time.monotonic() + 30
    while True:
        try:
            return httpx.get(url, trust_env=False).json()
        except httpx.ConnectError:
            assert time.monotonic() < deadline
            time.sleep(0.05)


def test_the_help_of_other_commands_does_not_load_a_portal():
    code = "import sys; from makerwagen.cli import parser; parser(); print([m for m in ('httpx', 'starlette') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ)
    assert done.stdout.strip() == "[]"

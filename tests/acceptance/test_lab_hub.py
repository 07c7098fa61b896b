"""A real JupyterHub with two seats: each gets its own folder and settings, and no code opens another's."""

import http.cookiejar
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.lab.hub import read_codes, write_codes
from tests.conftest import ROOT

PROXY = Path.home() / ".cache/makerwagen-tests/proxy"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def proxy() -> Path:
    """Return JupyterHub's proxy, installed from npm once and kept."""
    command = PROXY / "node_modules/.bin/configurable-http-proxy"
    if not command.exists():
        npm = shutil.which("npm")
        if not npm or not shutil.which("node"):
            pytest.skip("no npm on this machine, which JupyterHub's proxy comes from; try: apt-get install npm")
        PROXY.mkdir(parents=True, exist_ok=True)
        install = [npm, "install", "--no-save", "--no-audit", "--no-fund", "configurable-http-proxy@5.3.0"]
        done = subprocess.run(install, cwd=PROXY, capture_output=True, text=True, timeout=120)
        if done.returncode:
            pytest.skip(f"npm could not install JupyterHub's proxy: {done.stderr[-300:]}")
    return command


@pytest.fixture(scope="module")
def hub(proxy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    state = tmp_path_factory.mktemp("hub")
    write_codes(state / "codes.txt", 2)
    address = f"http://127.0.0.1:{free_port()}"
    env = os.environ | {
        "MAKERWAGEN_STATE": str(state),
        "MAKERWAGEN_HUB_URL": address,
        "MAKERWAGEN_HUB_PORT": str(free_port()),
        "MAKERWAGEN_PROXY": str(proxy),
        "MAKERWAGEN_PROXY_PORT": str(free_port()),
        "MAKERWAGEN_LESSON": "name-tag",
        "CONFIGPROXY_AUTH_TOKEN": "only-for-this-test",
    }
    config = ROOT / "deploy/jupyterhub/jupyterhub_config.py"
    with (state / "log").open("w") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "jupyterhub", "-f", str(config)], env=env, cwd=state, stdout=log, stderr=log
        )
        deadline = time.monotonic() + 60
        while not answers(f"{address}/hub/health"):
            assert time.monotonic() < deadline and running.poll() is None, (state / "log").read_text()[-3000:]
            time.sleep(0.3)
        yield address, state
        running.terminate()
        running.wait(30)


def answers(address: str) -> bool:
    try:
        return build_opener().open(address, timeout=5).status == 200
    except (URLError, OSError):
        return False


def log_in(address: str, animal: str, code: str) -> tuple[OpenerDirector, str]:
    jar = http.cookiejar.CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    page = browser.open(f"{address}/hub/login", timeout=20).read().decode()
    assert "Welches Tier bist du heute?" in page
    found = re.search(r'name="_xsrf" value="([^"]+)"', page)
    assert found
    form = urlencode({"username": animal, "password": code, "_xsrf": found[1]}).encode()
    answer = browser.open(f"{address}/hub/login?next=%2Fhub%2Fhome", form, timeout=60)
    return browser, answer.read().decode()


def open_seat(browser: OpenerDirector, address: str, animal: str) -> str:
    deadline = time.monotonic() + 90
    browser.open(f"{address}/hub/spawn/{animal}", timeout=60).read()
    while time.monotonic() < deadline:
        try:
            answer = browser.open(f"{address}/user/{animal}/", timeout=30)
            text = answer.read().decode()
            if "jupyter-config-data" in text:
                return text
        except HTTPError:
            pass
        time.sleep(1)
    raise AssertionError(f"the seat of {animal} did not open")


def test_two_seats_work_side_by_side(hub: tuple[str, Path]):
    address, state = hub
    for animal, code in read_codes(state / "codes.txt").items():
        browser, _ = log_in(address, animal, code)
        text = open_seat(browser, address, animal)
        assert '"mode": "single-document"' in text and "Dein Schild, dein Name" in text
        assert "custom/custom.css" in text
        listing = browser.open(f"{address}/user/{animal}/api/contents/", timeout=20).read().decode()
        assert "Dein Schild, dein Name" in listing and ".makerwagen" not in listing
        with pytest.raises(HTTPError, match="404"):
            browser.open(f"{address}/user/{animal}/api/terminals", timeout=20)
        assert (state / f"seats/{animal}/.makerwagen/jupyter/config/jupyter_server_config.json").exists()
    other = next(one for one in read_codes(state / "codes.txt") if one != animal)
    with pytest.raises(HTTPError, match="403|404"):
        browser.open(f"{address}/user/{other}/api/contents/", timeout=20)


@pytest.mark.parametrize(
    ("animal", "code"), [("fuchs", "falsch22"), ("fuchs", ""), ("mia", "falsch22"), ("igel", "' or 1")]
)
def test_a_wrong_code_opens_nothing(hub: tuple[str, Path], animal: str, code: str):
    with pytest.raises(HTTPError, match="403"):
        log_in(hub[0], animal, code)


def test_codes_are_new_each_time_and_for_animals_only(tmp_path: Path):
    codes = tmp_path / "codes.txt"
    write_codes(codes, 30)
    first = read_codes(codes)
    assert len(first) == 30 and len(set(first.values())) == 30 and codes.stat().st_mode & 0o077 == 0
    write_codes(codes, 30)
    assert not set(first.values()) & set(read_codes(codes).values())
    codes.write_text("Mia geheim1234\n")
    with pytest.raises(MakerwagenError, match="no animal"):
        read_codes(codes)
    with pytest.raises(MakerwagenError, match="1 to 30"):
        write_codes(codes, 31)

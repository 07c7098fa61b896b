import json
import socket
from pathlib import Path

import pytest

from makerwagen.errors import MakerwagenError
from makerwagen.lab.commands import address_of
from makerwagen.lab.seat import Seat, seat_of
from makerwagen.lab.server import own_socket, remembered_token
from makerwagen.lab.settings import write_settings
from makerwagen.lab.words import with_our_words
from tests.conftest import ROOT


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return seat_of(tmp_path, "biber")


def test_all_that_jupyter_writes_stays_in_the_seat(seat: Seat):
    env = write_settings(seat, ROOT, notebook="Räder/Räder.ipynb")
    changed = env
    folders = {
        key for key, value in changed.items() if key.startswith(("JUPYTER_", "JUPYTERLAB_", "IPYTHON")) and "/" in value
    }
    assert {"JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"} <= folders
    assert all(Path(changed[key]).is_relative_to(seat.runtime) for key in folders)


def test_the_server_listens_here_only_and_offers_no_way_out(seat: Seat):
    write_settings(seat, ROOT, notebook="Räder/Räder.ipynb")
    config = json.loads((seat.runtime / "jupyter/config/jupyter_server_config.json").read_text())
    server, lab = config["ServerApp"], config["LabApp"]
    assert server["ip"] == "127.0.0.1" and server["allow_remote_access"] is False
    assert server["root_dir"] == str(seat.folder)
    assert server["terminals_enabled"] is False and config["ContentsManager"]["allow_hidden"] is False
    assert lab["news_url"] is None and lab["check_for_updates_class"] == "jupyterlab.NeverCheckForUpdate"
    assert lab["default_url"] == "/doc/tree/R%C3%A4der/R%C3%A4der.ipynb"


def test_settings_are_big_quick_and_german():
    settings = json.loads((ROOT / "src/makerwagen/lab/overrides.json").read_text())
    look = settings["@jupyterlab/apputils-extension:themes"]["overrides"]
    assert int(look["code-font-size"].removesuffix("px")) >= 18
    assert int(look["content-font-size1"].removesuffix("px")) >= 18
    assert settings["@jupyterlab/docmanager-extension:plugin"]["autosaveInterval"] <= 5
    assert settings["@jupyterlab/translation-extension:plugin"]["locale"] == "de_DE"


def test_a_token_stays_and_only_its_owner_reads_it(seat: Seat):
    token = remembered_token(seat)
    assert len(token) >= 32 and remembered_token(seat) == token
    assert (seat.runtime / "jupyter/token").stat().st_mode & 0o077 == 0


def test_a_seat_comes_back_at_its_port(seat: Seat):
    with own_socket(seat, 0) as held:
        port = held.getsockname()[1]
    with own_socket(seat, 0) as held:
        assert held.getsockname()[1] == port
        with own_socket(seat, 0) as other:
            assert other.getsockname()[1] != port
        with pytest.raises(MakerwagenError, match="choose another --port"):
            own_socket(seat, port)


def test_a_page_that_asks_while_no_server_runs_waits_instead_of_failing(seat: Seat):
    with own_socket(seat, 0) as held, socket.create_connection(held.getsockname(), timeout=5) as page:
        page.sendall(b"GET /api HTTP/1.1\r\n\r\n")
        server, _ = held.accept()
        with server:
            assert server.recv(3) == b"GET"


def test_our_words_come_over_the_language_pack_and_only_the_german_one():
    look_up = with_our_words(lambda locale: ({"jupyterlab": {"Kernel": ["Kernel"], "Restart": ["x"]}}, locale))
    german, message = look_up("de_DE")
    assert german["jupyterlab"]["Restart"] == ["Von vorn anfangen"] and message == "de_DE"
    assert german["jupyterlab"]["Kernel"] == ["Kernel"]
    assert look_up("fr_FR")[0]["jupyterlab"]["Restart"] == ["x"]


@pytest.mark.parametrize("wagon", ["192.168.4.1", "ftp://wagon", "http://", "wagon:8000"])
def test_what_is_no_address_of_a_wagon_is_said(wagon):
    with pytest.raises(MakerwagenError, match="no address of a wagon"):
        address_of(wagon)


def test_the_address_of_a_wagon_loses_its_last_slash():
    assert address_of("http://192.168.4.1:8000/") == "http://192.168.4.1:8000"

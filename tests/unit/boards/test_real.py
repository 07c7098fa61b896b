"""What is known about real boards without a cable: messages, identities, numbers, firmware, and what the command chooses."""

import errno
import hashlib
import json
from pathlib import Path

import pytest
import yaml

from makerwagen.boards.real import finding, holders
from makerwagen.boards.real.failures import ENGLISH, GERMAN, BoardFailureError, Failure
from makerwagen.boards.real.finding import Identity, identify, must_have_a_flash, must_suit, places_of
from makerwagen.boards.real.firmware import add_firmware, chosen_firmware, copy_to_drive, known_firmware
from makerwagen.boards.real.link import UsbPort, open_failure
from makerwagen.boards.real.restoring import files_for_a_board
from makerwagen.boards.real.running import read_error
from makerwagen.boards.real.stickers import read_stickers, remember
from makerwagen.cli import main
from makerwagen.commands import board as board_commands
from makerwagen.commands.board import Report, at_once, board_of, chosen_ports
from makerwagen.errors import MakerwagenError

ROOT = Path(__file__).resolve().parents[3]
PICO = {
    "firmware": "micropython",
    "version": [1, 28, 0],
    "port": "rp2",
    "machine": "Raspberry Pi Pico W",
    "uid": "e661",
}
BLOCK = b"UF2\n\x57\x51\x5d\x9e" + bytes(500) + b"\x30\x6f\xb1\x0a"


def pico(**changes) -> Identity:
    return Identity.model_validate(PICO | changes)


class Answering:
    """Stands for a link whose board answers one thing."""

    port = "/dev/ttyACM0"

    def __init__(self, answer: str):
        self.answer = answer

    def ask(self, code: str) -> str:
        return self.answer


@pytest.mark.parametrize("kind", Failure)
def test_every_failure_is_told_in_both_languages(kind):
    assert ENGLISH[kind]
    failure = BoardFailureError(kind, "/dev/ttyACM0", "so und so")
    assert str(failure).startswith("/dev/ttyACM0: ")
    assert "{" not in str(failure)
    assert failure.for_a_child == GERMAN[kind]
    assert failure.for_a_child.endswith((".", "?"))


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.EACCES, Failure.NO_PERMISSION),
        (errno.EPERM, Failure.NO_PERMISSION),
        (errno.EBUSY, Failure.BUSY),
        (errno.EWOULDBLOCK, Failure.BUSY),
        (errno.ENOENT, Failure.NO_BOARD),
        (errno.EIO, Failure.UNPLUGGED),
    ],
)
def test_why_a_port_does_not_open_is_told_apart(number, kind):
    assert open_failure("/dev/ttyACM0", OSError(number, "x")).kind is kind


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "garbage",
        "makerwagen:{",
        "makerwagen:[]",
        "makerwagen:" + json.dumps(PICO | {"uid": "../../etc"}),
        "makerwagen:" + json.dumps(PICO | {"sticker": -1}),
        "makerwagen:" + json.dumps(PICO | {"machine": "x" * 1000}),
        "makerwagen:" + json.dumps(PICO | {"extra": 1}),
    ],
)
def test_a_board_that_tells_nonsense_about_itself_is_not_believed(answer):
    with pytest.raises(BoardFailureError) as failure:
        identify(Answering(answer))
    assert failure.value.kind is Failure.GARBAGE


def test_a_board_that_says_who_it_is_is_known():
    answer = "MPY: hello\nmakerwagen:" + json.dumps(PICO | {"sticker": 7}) + "\n"
    assert identify(Answering(answer)) == pico(sticker=7)


@pytest.mark.parametrize(
    ("changes", "needs", "kind", "words"),
    [
        ({"firmware": "circuitpython", "version": [9, 1, 0]}, None, Failure.NOT_MICROPYTHON, "circuitpython 9.1.0"),
        ({"version": [1, 19, 1]}, None, Failure.TOO_OLD, "1.19.1, needed is 1.20"),
        ({"port": "esp32"}, "rp2", Failure.WRONG_BOARD, "is for pico-w (rp2)"),
    ],
)
def test_firmware_that_does_not_suit_is_told(changes, needs, kind, words):
    with pytest.raises(BoardFailureError, match=words.replace("(", r"\(").replace(")", r"\)")) as failure:
        must_suit(pico(**changes), "/dev/ttyACM0", needs=needs, board="pico-w")
    assert failure.value.kind is kind


def test_a_board_that_suits_is_let_through():
    must_suit(pico(version=[1, 20, 0]), "/dev/ttyACM0", needs="rp2")
    must_have_a_flash(pico(), "/dev/ttyACM0")


def test_micropython_on_a_computer_is_no_board_whose_files_we_may_change():
    with pytest.raises(BoardFailureError) as failure:
        must_have_a_flash(pico(port="linux", uid=""), "/dev/pts/3")
    assert failure.value.kind is Failure.WRONG_BOARD


@pytest.mark.parametrize(
    ("traceback", "kind", "line"),
    [
        (
            "Traceback (most recent call last):\n  File \"<stdin>\", line 4, in <module>\nNameError: name 'x' isn't defined",
            "NameError",
            4,
        ),
        (
            'Traceback (most recent call last):\r\n  File "<stdin>", line 9, in <module>\r\n  File "<stdin>", line 2, in f\r\nOSError: [Errno 5] EIO\r\n',
            "OSError",
            2,
        ),
        ('Traceback (most recent call last):\n  File "<stdin>", line 3\nSyntaxError: invalid syntax', "SyntaxError", 3),
        ("MemoryError: memory allocation failed, allocating 1000 bytes", "MemoryError", 0),
        ("no traceback at all", "Exception", 0),
    ],
)
def test_the_error_in_a_traceback_is_read(traceback, kind, line):
    error = read_error(traceback, "\n" * 10)
    assert (error.kind, error.line) == (kind, line)
    assert error.message


@pytest.mark.parametrize("traceback", ["", "Traceback (most recent call last):\nSystemExit: \n"])
def test_no_error_is_no_error(traceback):
    assert read_error(traceback, "") is None


def test_only_ports_with_a_boards_usb_id_are_looked_at(monkeypatch):
    ports = [
        UsbPort("/dev/ttyACM0", 0x2E8A, 0x0005),
        UsbPort("/dev/ttyUSB0", 0x10C4, 0xEA60),
        UsbPort("/dev/ttyACM1", 1, 2),
    ]
    monkeypatch.setattr(finding, "usb_ports", lambda: ports)
    assert [place.device for place in places_of(())] == ["/dev/ttyACM0", "/dev/ttyUSB0"]
    assert [place.device for place in places_of(["/dev/pts/1", "/dev/ttyACM1", "/dev/pts/1"])] == [
        "/dev/pts/1",
        "/dev/ttyACM1",
    ]


def test_no_board_and_too_many_boards_are_told(monkeypatch):
    monkeypatch.setattr(board_commands, "places_of", lambda ports: [])
    with pytest.raises(BoardFailureError, match="--port"):
        chosen_ports([], every=False)
    monkeypatch.setattr(board_commands, "places_of", lambda ports: [UsbPort("/dev/ttyACM0"), UsbPort("/dev/ttyACM1")])
    with pytest.raises(MakerwagenError, match=r"2 boards .*--all"):
        chosen_ports([], every=False)
    assert chosen_ports([], every=True) == ["/dev/ttyACM0", "/dev/ttyACM1"]


@pytest.mark.parametrize(
    ("ways", "code"),
    [
        ({"a": None, "b": None}, 0),
        ({"a": None, "b": MakerwagenError("x")}, 1),
        ({"a": MakerwagenError("x"), "b": BoardFailureError(Failure.SILENT, "b")}, 2),
    ],
)
def test_the_exit_code_says_whether_all_some_or_none_went_well(ways, code, capsys):
    def one(port, stop):
        if ways[port]:
            raise ways[port]
        return Report(port, "ran", 3)

    assert at_once(list(ways), one) == code
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_the_board_of_an_exercise_is_known_for_its_wrong_programs_too(tmp_path):
    folder = ROOT / "microcontroller/exercises/pedestrian-light"
    assert board_of(folder / "solution.py") == "pico-w"
    assert board_of(folder / "wrong/cars-stay-green.py") == "pico-w"
    assert board_of(tmp_path / "main.py") is None


@pytest.mark.parametrize(
    ("data", "words"), [(b"\xff\xfe", "no UTF-8 text"), (b"#" * 300_000, "have at most"), (b"", "is empty")]
)
def test_a_file_that_is_no_program_is_not_sent(tmp_path, data, words, capsys):
    (tmp_path / "x.py").write_bytes(data)
    assert main(["board", "run", str(tmp_path / "x.py"), "--port", "/dev/ttyNONE"]) == 2
    assert words in capsys.readouterr().err


def test_a_missing_file_is_told(tmp_path, capsys):
    assert main(["board", "run", str(tmp_path / "none.py"), "--port", "/dev/ttyNONE"]) == 2
    assert "none.py' does not exist" in capsys.readouterr().err


def test_every_board_gets_the_boot_window():
    files = files_for_a_board(ROOT)
    assert next(iter(files)) == "/boot.py"
    compile(files["/boot.py"], "boot.py", "exec")


def test_a_number_belongs_to_one_board(tmp_path):
    place = tmp_path / "deep/boards.json"
    remember(place, "aa", 7)
    remember(place, "aa", 8)
    remember(place, "bb", 7)
    with pytest.raises(MakerwagenError, match="id aa"):
        remember(place, "bb", 8)
    assert read_stickers(place) == {"aa": 8, "bb": 7}


@pytest.mark.parametrize("text", ["{", "[]", '{"aa": "Mia"}'])
def test_a_broken_list_of_numbers_is_told_and_kept(tmp_path, text):
    place = tmp_path / "boards.json"
    place.write_text(text)
    with pytest.raises(MakerwagenError, match=r"boards\.json"):
        remember(place, "aa", 7)
    assert place.read_text() == text


def test_a_program_that_has_a_port_open_is_found(tmp_path, monkeypatch):
    process = tmp_path / "4711"
    (process / "fd").mkdir(parents=True)
    (process / "comm").write_text("thonny\n")
    (process / "fd/5").symlink_to(tmp_path / "ttyACM0")
    monkeypatch.setattr(holders, "PROCESSES", tmp_path)
    assert holders.holder_of(str(tmp_path / "ttyACM0")) == "thonny, process 4711"
    assert holders.holder_of(str(tmp_path / "ttyACM1")) == ""


def uf2(folder: Path, name: str = "pico-w-1.28.0.uf2", blocks: int = 3) -> Path:
    file = folder / name
    file.write_bytes(BLOCK * blocks)
    return file


def test_firmware_is_copied_into_the_cache_with_its_hash(tmp_path, capsys):
    file, cache = uf2(tmp_path), tmp_path / "cache"
    words = ["board", "firmware", "add", str(file), "--board", "pico-w", "--version", "1.28.0", "--cache", str(cache)]
    assert main(["--root", str(tmp_path), *words]) == 0
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    assert sha256 in capsys.readouterr().out
    assert yaml.safe_load((cache / "firmware.yml").read_text())["firmware"][0]["sha256"] == sha256
    assert main(["--root", str(tmp_path), "board", "firmware", "list", "--cache", str(cache)]) == 0
    assert capsys.readouterr().out.split() == [file.name, "pico-w", "1.28.0", sha256, "here"]


@pytest.mark.parametrize("data", [b"", BLOCK[:-1], BLOCK + b"x", b"<html>not found</html>", BLOCK + bytes(512)])
def test_what_is_no_uf2_file_is_not_taken(tmp_path, data):
    (tmp_path / "x.uf2").write_bytes(data)
    with pytest.raises(MakerwagenError, match="no UF2 file"):
        add_firmware(tmp_path / "x.uf2", board="pico-w", version="1.28.0", root=tmp_path, cache=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_firmware_that_changed_in_the_cache_is_refused(tmp_path):
    cache = tmp_path / "cache"
    add_firmware(uf2(tmp_path), board="pico-w", version="1.28.0", root=tmp_path, cache=cache)
    (cache / "pico-w-1.28.0.uf2").write_bytes(BLOCK)
    with pytest.raises(MakerwagenError, match="has changed"):
        chosen_firmware(tmp_path, cache, board="pico-w")
    (cache / "pico-w-1.28.0.uf2").unlink()
    with pytest.raises(MakerwagenError, match="is missing"):
        chosen_firmware(tmp_path, cache, board="pico-w")


def test_a_file_that_the_repository_lists_must_have_its_hash(tmp_path):
    file, cache = uf2(tmp_path), tmp_path / "cache"
    (tmp_path / "microcontroller").mkdir()
    listed = {"name": file.name, "board": "pico-w", "version": "1.28.0", "sha256": "0" * 64}
    (tmp_path / "microcontroller/firmware.yml").write_text(yaml.safe_dump({"firmware": [listed]}))
    with pytest.raises(MakerwagenError, match="sha256 differs"):
        add_firmware(file, board="pico-w", version="1.28.0", root=tmp_path, cache=cache)


def test_the_newest_firmware_of_the_board_is_taken(tmp_path):
    for version in ("1.9.4", "1.28.0", "1.27.1"):
        file = uf2(tmp_path, f"pico-w-{version}.uf2")
        add_firmware(file, board="pico-w", version=version, root=tmp_path, cache=tmp_path / "cache")
    assert chosen_firmware(tmp_path, tmp_path / "cache", board="pico-w")[0].version == "1.28.0"
    with pytest.raises(MakerwagenError, match="firmware add"):
        chosen_firmware(tmp_path, tmp_path / "cache", board="pico-2")


def test_the_shipped_list_of_firmware_can_be_read():
    assert known_firmware(ROOT, ROOT / "nowhere") == []


def test_a_broken_list_of_firmware_is_told(tmp_path):
    (tmp_path / "firmware.yml").write_text("firmware: [{name: x}]")
    with pytest.raises(MakerwagenError, match="no list of firmware"):
        known_firmware(tmp_path, tmp_path)


def test_firmware_goes_onto_a_waiting_pico(tmp_path, monkeypatch, capsys):
    drive, cache = tmp_path / "RPI-RP2", tmp_path / "cache"
    drive.mkdir()
    (drive / "INFO_UF2.TXT").write_text("UF2 Bootloader v3.0\nModel: Raspberry Pi RP2\nBoard-ID: RPI-RP2\n")
    added = add_firmware(uf2(tmp_path), board="pico-w", version="1.28.0", root=tmp_path, cache=cache)
    monkeypatch.setattr(board_commands, "places_of", lambda ports: [])
    words = ["board", "restore", "--drive", str(drive), "--board", "pico-w", "--cache", str(cache), "--wait", "0"]
    assert main(["--root", str(tmp_path), *words]) == 0
    assert (drive / added.name).read_bytes() == BLOCK * 3
    assert "no new board appeared yet" in capsys.readouterr().out


def test_a_folder_that_is_no_waiting_pico_gets_nothing(tmp_path):
    with pytest.raises(MakerwagenError, match="BOOTSEL"):
        copy_to_drive(uf2(tmp_path), tmp_path)


def test_a_drive_without_the_boards_name_is_asked_about(tmp_path, capsys):
    assert main(["--root", str(tmp_path), "board", "restore", "--drive", str(tmp_path)]) == 2
    assert "--board pico-w" in capsys.readouterr().err

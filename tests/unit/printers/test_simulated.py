"""The simulated printer: its life in a file, its clock, and who comes first."""

import hashlib
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from makerwagen.printers.port import Ended, Kind, PrinterError, RefusedError
from makerwagen.printers.simulated import Fault, Simulated

GCODE = b"G28\n; estimated printing time (normal mode) = 1h 2m 3s\n"


@pytest.fixture
def clock():
    class Clock:
        now = 1_000_000.0

        def __call__(self):
            return self.now

    return Clock()


@pytest.fixture
def printer(tmp_path, clock):
    return Simulated("prusa-1", tmp_path / "prusa-1", clock=clock)


def put(printer, name="p1.gcode", data=GCODE):
    path = printer.folder.parent / "released"
    path.write_bytes(data)
    printer.upload(path, name, hashlib.sha256(data).hexdigest())
    return name


def test_it_takes_as_long_as_the_slicer_says(printer, clock):
    printer.start(put(printer))
    clock.now += 3723 / 2
    status = printer.state()
    assert status.kind is Kind.PRINTING and status.completion == pytest.approx(0.5)
    assert status.temperatures["nozzle"].actual > 200
    clock.now += 3723 / 2
    assert printer.state().ended is Ended.COMPLETED


def test_a_fast_clock_prints_an_hour_in_a_minute(tmp_path, clock):
    printer = Simulated("prusa-1", tmp_path / "prusa-1", speed=60, clock=clock)
    printer.start(put(printer))
    clock.now += 63
    assert printer.state().ended is Ended.COMPLETED


def test_a_clock_that_is_set_back_takes_nothing_off_the_bed(printer, clock):
    printer.start(put(printer))
    clock.now -= 86_400
    status = printer.state()
    assert status.kind is Kind.PRINTING and status.completion == 0.0


def test_a_desk_killed_in_mid_print_finds_the_print_going_on(tmp_path):
    code = (
        "import os, signal, sys; from pathlib import Path; from makerwagen.printers.simulated import Simulated\n"
        "printer = Simulated('prusa-1', Path(sys.argv[1]) / 'prusa-1')\n"
        "printer.upload(Path(sys.argv[1]) / 'p', 'p1.gcode', sys.argv[2]); printer.start('p1.gcode')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    (tmp_path / "p").write_bytes(GCODE)
    done = subprocess.run([sys.executable, "-c", code, tmp_path, hashlib.sha256(GCODE).hexdigest()], timeout=60)
    assert done.returncode == -signal.SIGKILL
    after = Simulated("prusa-1", tmp_path / "prusa-1")
    assert (after.state().kind, after.state().file) == (Kind.PRINTING, "p1.gcode") and after.starts() == ["p1.gcode"]


def test_of_many_who_start_at_once_one_is_first(printer):
    names = [put(printer, f"p{number}.gcode") for number in range(12)]
    refused = []

    def start(name):
        try:
            Simulated("prusa-1", printer.folder).start(name)
        except RefusedError:
            refused.append(name)

    threads = [threading.Thread(target=start, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 11 and len(printer.starts()) == 1


def test_a_fault_that_waits_is_used_up_by_one_command(printer):
    put(printer)
    printer.cause(Fault.REFUSE)
    with pytest.raises(RefusedError, match="409"):
        printer.start("p1.gcode")
    printer.start("p1.gcode")
    assert printer.starts() == ["p1.gcode"]


@pytest.mark.parametrize("fault", Fault)
def test_after_any_fault_it_can_be_mended(printer, fault):
    printer.start(put(printer))
    printer.cause(fault)
    printer.mend()
    assert printer.state().kind is Kind.IDLE and printer.state().ended is None
    printer.start("p1.gcode")


@pytest.mark.parametrize("text", ("", "{", "[]", '{"job": 3}', '{"job": {"file": "x"}}', '{"trouble": ["?", ""]}'))
def test_a_damaged_file_is_said_and_nothing_starts(printer, text):
    put(printer)
    (printer.folder / "state.json").write_text(text)
    assert printer.state().kind is Kind.UNKNOWN and printer.state().message
    with pytest.raises(PrinterError):
        printer.start("p1.gcode")
    assert printer.starts() == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_starts_nothing(printer):
    put(printer)
    (printer.folder / "starts.log").symlink_to("/dev/full")
    with pytest.raises(RefusedError, match="No space left.*nothing was started"):
        printer.start("p1.gcode")
    assert printer.state().kind is Kind.IDLE

"""Every kind of printer has its adapter, and all have the port's four calls."""

import pytest

from makerwagen.printers.kinds import PrinterKind, open_printer
from makerwagen.printers.port import Address, Kind


@pytest.mark.parametrize("kind", PrinterKind)
def test_every_kind_opens_without_touching_network_or_disk(tmp_path, kind):
    printer = open_printer(kind, Address("prusa-1", "http://127.0.0.1:1"), state=tmp_path / "state")
    assert printer.name == "prusa-1" and not (tmp_path / "state").exists()
    assert all(callable(getattr(printer, call)) for call in ("upload", "start", "cancel"))
    assert printer.state().kind is (Kind.IDLE if kind is PrinterKind.SIMULATED else Kind.OFFLINE)

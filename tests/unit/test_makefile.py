"""What `make` does on machines that lack something."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

TOOLS = ("sh", "make", "id", "rm", "env", "touch", "mkdir", "cat")


@pytest.fixture
def machine(tmp_path: Path, root: Path):
    """Return a function that runs make on a machine with the given commands and nothing else, in a folder with a space."""
    checkout, commands = tmp_path / "my checkout", tmp_path / "bin"
    checkout.mkdir()
    commands.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copyfile(root / name, checkout / name)
    for tool in TOOLS:
        (commands / tool).symlink_to(shutil.which(tool))

    def run(*arguments: str, **scripts: str) -> subprocess.CompletedProcess[str]:
        for name, script in scripts.items():
            place = commands / name.replace("_", "-")
            place.write_text(f"#!/bin/sh\n{script}\n")
            place.chmod(0o755)
        return subprocess.run(
            ["make", *arguments], cwd=checkout, env={"PATH": str(commands)}, capture_output=True, text=True, timeout=60
        )

    run.checkout = checkout
    return run


needs_root = pytest.mark.skipif(os.getuid() != 0, reason="packages are only installed as root")


@needs_root
def test_a_package_that_cannot_be_had_stops_nobody(machine):
    done = machine("system", apt_get='case "$*" in *chromium*) exit 100;; esac')
    assert done.returncode == 0, done.stderr
    assert "installing chromium libgl1 prusa-slicer" in done.stdout
    assert "missing: chromium. " in done.stdout and "try: apt-get install chromium\n" in done.stdout


@needs_root
def test_without_network_the_second_run_goes_on(machine):
    done = machine("system", apt_get="exit 100")
    assert done.returncode == 0
    assert "missing: chromium libgl1 prusa-slicer. " in done.stdout


def test_another_browser_will_do(machine):
    done = machine("system", google_chrome="", prusa_slicer="", apt_get="exit 100")
    assert "chromium libgl1" not in done.stdout and "libgl1" in done.stdout


def test_an_old_python_is_refused_before_anything_is_made(machine):
    done = machine("setup", python3='case "$*" in *version_info*) exit 1;; esac')
    assert done.returncode == 2
    assert "error: Python 3.11 or newer is needed; try: make setup PYTHON=python3.12" in done.stdout
    assert not (machine.checkout / ".venv").exists()


def test_half_a_venv_is_not_taken_for_a_whole_one(machine):
    half = 'case "$*" in *ensurepip*) exit 1;; *venv*) mkdir -p .venv/bin; echo "#!/bin/sh\nexit 1" > .venv/bin/python; exit 1;; esac'
    for _ in range(2):
        done = machine("setup", python3=half, apt_get="exit 100")
        assert done.returncode == 2
        assert "error: python3-venv is missing; try: apt-get install python3-venv" in done.stdout
        assert not (machine.checkout / ".venv").exists()

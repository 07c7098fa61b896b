"""Say what was measured on what: cores, memory, system, versions, and the state of the checkout."""

import datetime
import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
from pathlib import Path

from benchmarks.measuring import CHECKOUT
from benchmarks.peers import PEERS, python_of

OUR_PACKAGES = ("ipykernel", "nbclient", "cadquery", "mkdocs", "mkdocs-material", "typst", "pydantic", "markdown-it-py")
PEER_PACKAGES = ("jupyter-book", "sphinx", "myst-nb", "mkdocs", "mkdocs-jupyter", "mkdocs-material", "nbconvert")


def machine() -> dict:
    """Return the facts to read the figures by."""
    return {
        "date": datetime.date.today().isoformat(),
        "commit": commit(),
        "cores": os.cpu_count(),
        "processor": processor(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "load_at_start": round(os.getloadavg()[0], 2),
        "system": platform.freedesktop_os_release().get("PRETTY_NAME", platform.system()),
        "python": platform.python_version(),
        "chromium": output_of([shutil.which("chromium") or "chromium", "--version"]),
        "packages": {name: version(name) for name in OUR_PACKAGES},
        "peers": peer_versions(),
    }


def commit() -> str:
    """Return the commit of the checkout, marked when files differ from it."""
    changed = output_of(["git", "-C", str(CHECKOUT), "status", "--porcelain", "--untracked-files=no", "src"])
    name = output_of(["git", "-C", str(CHECKOUT), "rev-parse", "--short", "HEAD"])
    return name + (" with changes" if changed else "")


def processor() -> str:
    """Return the processor's name."""
    found = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return found[1] if found else platform.machine()


def version(package: str) -> str:
    """Return the installed version of a package, or that there is none."""
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def peer_versions() -> dict[str, str]:
    """Return the versions in the peers' environment, nothing before it is made."""
    if not PEERS.exists():
        return {}
    code = "import importlib.metadata as m, sys; print(*(m.version(name) for name in sys.argv[1:]))"
    found = output_of([str(python_of(PEERS)), "-c", code, *PEER_PACKAGES]).split()
    return dict(zip(PEER_PACKAGES, found, strict=False))


def output_of(command: list[str]) -> str:
    """Return what a command prints, or nothing when it cannot run."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""

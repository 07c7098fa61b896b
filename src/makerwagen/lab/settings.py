"""Everything JupyterLab reads at a seat, written into the seat's own runtime folder and never into anyone's home."""

import json
import os
import shutil
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from makerwagen.lab.seat import Seat, write_whole

OURS = files(__package__)
KERNEL = "python3"
# The browser itself refuses requests to any other host. JupyterLab compiles its settings' schemas, hence unsafe-eval.
POLICY = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; connect-src 'self' data: blob: ws: wss:; "
    "frame-ancestors 'self'; object-src 'none'"
)
CULL_AFTER_S = 3 * 3600


def write_settings(seat: Seat, root: Path, *, notebook: str = "") -> dict[str, str]:
    """Write the settings of a seat and return the environment in which its server runs."""
    home = seat.runtime / "jupyter"
    for name in ("config", "data", "runtime", "ipython", "settings", "user-settings", "workspaces"):
        (home / name).mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    _put(home / "config/jupyter_server_config.json", server_config(seat, notebook))
    _put(home / f"data/kernels/{KERNEL}/kernel.json", kernel_spec())
    for name in ("overrides.json", "page_config.json"):
        write_whole(home / "settings" / name, (OURS / name).read_bytes())
    for name in ("package.json", "progress.js"):
        content = OURS.joinpath("progress", name).read_bytes()
        write_whole(home / "data/labextensions/makerwagen-progress" / name, content)
    write_whole(home / "config/custom/custom.css", (OURS / "custom.css").read_bytes())
    for font in (root / "site/theme/fonts").glob("*.ttf"):
        shutil.copyfile(font, home / "config/custom" / font.name)
    return environment(seat, root)


def environment(seat: Seat, root: Path) -> dict[str, str]:
    """Return the variables that keep Jupyter, IPython and Matplotlib inside the seat's state."""
    home = seat.runtime / "jupyter"
    return {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "user-settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        # Our kernel, not the environment's: JupyterLab looks into the seat's folder first.
        "JUPYTER_PREFER_ENV_PATH": "0",
        "MPLCONFIGDIR": str(seat.state / "cache/matplotlib"),
        "MALLOC_ARENA_MAX": "2",
        "OPENBLAS_NUM_THREADS": "2",
        "MAKERWAGEN_ROOT": str(root.resolve()),
        "MAKERWAGEN_SEAT": str(seat.folder),
    }


def address_path(notebook: str) -> str:
    """Return the path at which JupyterLab shows this notebook alone."""
    return f"/doc/tree/{quote(notebook)}" if notebook else "/doc"


def kernel_spec() -> dict[str, Any]:
    """Return how the server starts a kernel."""
    command = [sys.executable, "-m", "makerwagen.lab.kernel", "-f", "{connection_file}", "--log-level=ERROR"]
    return {"argv": command, "display_name": "Python 3", "language": "python"}


def server_config(seat: Seat, notebook: str) -> dict[str, Any]:
    """Return the server's settings: this folder, this machine, no terminal, no news, no installing."""
    home = seat.runtime / "jupyter"
    extensions = {"jupyterlab": True, "makerwagen.lab.words": True}
    off = ("jupyter_server_terminals", "jupyter_lsp", "nbdime", "notebook_shim")
    return {
        "Application": {"log_level": "WARN"},
        "ServerApp": {
            "allow_remote_access": False,
            "allow_root": os.geteuid() == 0,
            "ip": "127.0.0.1",
            "kernel_websocket_connection_class": "makerwagen.lab.connection.PromptConnection",
            "jpserver_extensions": extensions | dict.fromkeys(off, False),
            "open_browser": False,
            "port_retries": 0,
            "quit_button": False,
            "root_dir": str(seat.folder),
            "terminals_enabled": False,
            "tornado_settings": {"headers": {"Content-Security-Policy": POLICY}},
        },
        "ContentsManager": {"allow_hidden": False, "files_handler_class": "makerwagen.lab.download.TakeAwayHandler"},
        "KernelSpecManager": {"allowed_kernelspecs": [KERNEL], "ensure_native_kernel": False},
        "MappingKernelManager": {"cull_idle_timeout": CULL_AFTER_S},
        "LabApp": {
            "app_settings_dir": str(home / "settings"),
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
            "custom_css": True,
            "default_url": address_path(notebook),
            "extension_manager": "readonly",
            "news_url": None,
            "user_settings_dir": str(home / "user-settings"),
            "workspaces_dir": str(home / "workspaces"),
        },
    }


def _put(path: Path, content: dict[str, Any]) -> None:
    write_whole(path, (json.dumps(content, indent=1, sort_keys=True) + "\n").encode())

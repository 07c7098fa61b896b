"""A JupyterHub for a class without wagon laptops: seats are users, with the settings of `makerwagen lab`."""

import os
import sys
from pathlib import Path

from makerwagen.lab.hub import CodeAuthenticator, SeatSpawner, read_codes

HERE = Path(__file__).parent
STATE = Path(os.environ.get("MAKERWAGEN_STATE", "~/.local/state/makerwagen-hub")).expanduser()
CODES = STATE / "codes.txt"

c = get_config()  # noqa: F821  (JupyterHub hands it in)
c.JupyterHub.bind_url = os.environ.get("MAKERWAGEN_HUB_URL", "http://127.0.0.1:8000")
c.JupyterHub.hub_port = int(os.environ.get("MAKERWAGEN_HUB_PORT", "8081"))
c.JupyterHub.db_url = f"sqlite:///{STATE / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.JupyterHub.template_paths = [str(HERE / "templates")]
c.JupyterHub.shutdown_on_logout = True
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
if proxy := os.environ.get("MAKERWAGEN_PROXY"):
    c.ConfigurableHTTPProxy.command = proxy.split()
if port := os.environ.get("MAKERWAGEN_PROXY_PORT"):
    c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{port}"

# Seats are users: an animal and a code from a file, no names, no accounts, nobody signs up.
c.JupyterHub.authenticator_class = CodeAuthenticator
c.CodeAuthenticator.codes_file = str(CODES)
c.Authenticator.allowed_users = set(read_codes(CODES))

c.JupyterHub.spawner_class = SeatSpawner
c.SeatSpawner.state_dir = str(STATE)
c.SeatSpawner.checkout = os.environ.get("MAKERWAGEN_ROOT", str(HERE.parents[1]))
c.SeatSpawner.lesson = os.environ.get("MAKERWAGEN_LESSON", "")
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120
# Limits per seat: memory of a kernel in MB, seconds of computing of a cell.
c.Spawner.environment = {"MAKERWAGEN_KERNEL_MB": "2000", "MAKERWAGEN_CELL_SECONDS": "120"}
# A seat that nobody uses ends after an hour; what was made there stays.
c.Spawner.args = [
    "--ServerApp.allow_remote_access=True",
    "--ServerApp.shutdown_no_activity_timeout=3600",
    "--MappingKernelManager.cull_idle_timeout=3600",
    "--MappingKernelManager.cull_interval=300",
]

"""The server's own process: JupyterLab at the supervisor's address; after a crash it has the seat's kernels back."""

import os
import socket
import sys
from pathlib import Path
from typing import Any

from jupyter_server.serverapp import ServerApp
from jupyterlab.labapp import LabApp

from makerwagen.lab.connection import PromptConnection
from makerwagen.lab.parent import die_with_parent
from makerwagen.lab.server import AGAIN, SOCKET


class SeatServer(ServerApp):
    """Jupyter's server, which takes requests from a socket that waits for it even while it is dead."""

    def init_configurables(self) -> None:
        """Begin without the sessions of yesterday; keep those of a server that has just crashed."""
        sessions = Path(os.environ["JUPYTER_RUNTIME_DIR"]).with_name("sessions.sqlite")
        if not os.environ.get(AGAIN):
            sessions.unlink(missing_ok=True)
        self.config.SessionManager.database_filepath = str(sessions)
        super().init_configurables()

    def _find_http_port(self) -> None:
        if not os.environ.get(SOCKET):
            super()._find_http_port()

    # The loop that calls this also takes a coroutine.
    async def _bind_http_server(self) -> None:  # type: ignore[override]
        if os.environ.get(AGAIN):
            await self._start_kernels_again()
        if not (number := os.environ.get(SOCKET)):
            super()._bind_http_server()
            return
        held = socket.socket(fileno=int(number))
        held.set_inheritable(False)
        held.setblocking(False)
        self.http_server.add_socket(held)

    async def _start_kernels_again(self) -> None:
        """Give the pages that are still open a kernel under the name they know, before they ask for it."""
        sessions: Any = self.session_manager
        rows = sessions.cursor.execute("SELECT DISTINCT kernel_id, path FROM session").fetchall()
        for row in rows:
            try:
                await self.kernel_manager.start_kernel(kernel_id=row["kernel_id"], path=row["path"])
            except Exception:  # e.g. its folder is gone; then the page asks for a new one
                self.log.exception("no kernel for %s", row["path"])
                continue
            PromptConnection.started_again.add(row["kernel_id"])


if __name__ == "__main__":
    die_with_parent()
    LabApp.serverapp_class = SeatServer
    LabApp.launch_instance(sys.argv[1:])

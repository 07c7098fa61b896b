"""The button "Mitnehmen": whoever downloads the notebook gets all the seat's work as one ZIP for the stick."""

import asyncio
import datetime
import tempfile
from pathlib import Path
from typing import IO, Any
from urllib.parse import quote

from jupyter_core.utils import ensure_async
from jupyter_server.auth.decorator import authorized
from jupyter_server.files.handlers import FilesHandler
from tornado import web

from makerwagen.lab.seat import Seat
from makerwagen.lab.takeaway import write_zip, zip_name

CHUNK, IN_MEMORY = 1 << 20, 32 << 20


class TakeAwayHandler(FilesHandler):
    """Jupyter's own way to files; a notebook comes with everything around it."""

    @web.authenticated
    @authorized
    async def get(self, path: str, include_body: bool = True) -> None:  # type: ignore[override]
        """Send the ZIP for a notebook, and any other file as it is."""
        if not path.endswith(".ipynb"):
            plain: Any = super().get(path, include_body)
            await ensure_async(plain)
            return
        folder = Path(self.contents_manager.root_dir).resolve()
        name = zip_name(Seat(folder.parent.parent, folder.name), datetime.datetime.now().date()) + ".zip"
        self.set_header("Content-Type", "application/zip")
        self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(name)}")
        self.set_header("Cache-Control", "no-store")
        with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as made:
            await asyncio.to_thread(write_zip, folder, made)
            made.seek(0)
            await self._send(made)

    async def _send(self, made: IO[bytes]) -> None:
        while piece := made.read(CHUNK):
            self.write(piece)
            await self.flush()

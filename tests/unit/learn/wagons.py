"""A wagon's real web server in a thread, with readings but without a broker, that can go away and come again."""

import threading
import time

import uvicorn

from makerwagen.sensors.protocol import Reading
from makerwagen.sensors.running import Sensors
from makerwagen.sensors.store import Arrival
from makerwagen.wagon.server import app
from tests.faults.hub_kills import free_port


class Wagon:
    """Serves what `sensors` holds; `down` and `up` are what a WLAN does."""

    def __init__(self, folder):
        self.site = folder / "site"
        self.site.mkdir(parents=True)
        self.sensors = Sensors(folder / "state")
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._server = None

    def up(self):
        config = uvicorn.Config(app(self.site, self.sensors), host="127.0.0.1", port=self.port, log_level="error")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def down(self):
        if self._server:
            self._server.should_exit = True
            self._thread.join(10)
            self._server = None

    def close(self):
        self.down()
        self.sensors.stop()

    def fill(self, node="pico-07", observed="temperature", values=(20.5, 21.0, 21.5), *, simulated=False, ago=0.0):
        now = time.time() - ago
        boot = abs(hash((node, observed, ago))) % 2**32
        self.sensors.store.add(
            Arrival(Reading(node, boot, i, observed, value, simulated=simulated), now - 10 * (len(values) - 1 - i))
            for i, value in enumerate(values)
        )

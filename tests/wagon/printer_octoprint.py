"""The real OctoPrint with its bundled virtual printer, in a process and an environment of its own."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time

import yaml

from tests.conftest import ROOT
from tests.faults.hub_kills import free_port
from tests.wagon.printer_stubs import KEY

PROGRAM = ROOT / ".venv/octoprint/bin/octoprint"
QUIET = (
    *("announcements", "softwareupdate", "tracking", "discovery", "errortracking", "pluginmanager"),
    *("achievements", "firmware_check", "pi_support", "file_check", "health_check", "backup", "gcodeviewer"),
)
# OctoPrint ends when the tests end, however they end.
MORTAL = """
import ctypes, os, signal, sys
ctypes.CDLL(None).prctl(1, signal.SIGKILL)
if os.getppid() != int(sys.argv[1]):
    sys.exit(1)
os.execv(sys.argv[2], sys.argv[2:])
"""
DEBUG = {
    "drop": "drop_connection",
    "disconnect": "action_disconnect",
    "fatal": "trigger_fatal_error_marlin",
    "awol": "go_awol",
}


class OctoPrintServer:
    """OctoPrint below `folder`; `start` may be called again after `kill`."""

    def __init__(self, folder):
        self.folder, self.port, self.process = folder, free_port(), None
        server = {
            "firstRun": False,
            "onlineCheck": {"enabled": False},
            "pluginBlacklist": {"enabled": False},
            "ignoreIncompleteStartup": True,
        }
        virtual = {"enabled": True, "throttle": 0.0, "waitInterval": 0.2, "simulated_errors": []}
        config = {
            "server": server,
            "serial": {"port": "VIRTUAL", "baudrate": 115200, "autoconnect": True, "additionalPorts": ["VIRTUAL"]},
            "gcodeAnalysis": {"runAt": "never"},
            "plugins": {"virtual_printer": virtual, "_disabled": list(QUIET)},
        }
        folder.mkdir(parents=True)
        (folder / "config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
        add = ["user", "add", "wagon", "--password", "x", "--admin"]
        subprocess.run([PROGRAM, "--basedir", folder, *add], check=True, capture_output=True, timeout=60)
        users = folder / "users.yaml"
        users.write_text(re.sub(r"apikey: null", f"apikey: {KEY}", users.read_text()), encoding="utf-8")

    def start(self):
        places = ["--basedir", self.folder, "--host", "127.0.0.1", "--port", str(self.port)]
        with (self.folder / "out.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", MORTAL, str(os.getpid()), PROGRAM, "serve", "--iknowwhatimdoing", *places],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self.until(lambda: self.words == "Operational", 60)

    def kill(self):
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(10)
            self.process = None

    def until(self, question, seconds=20.0):
        deadline = time.monotonic() + seconds
        while not question():
            assert self.process.poll() is None, (self.folder / "out.log").read_text()[-2000:]
            assert time.monotonic() < deadline, self.job
            time.sleep(0.05)

    def ask(self, method, path, content=None):
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            body = None if content is None else json.dumps(content)
            line.request(method, f"/api/{path}", body, {"X-Api-Key": KEY, "Content-Type": "application/json"})
            answer = line.getresponse()
            said = answer.read()
            return answer.status, json.loads(said) if said[:1] == b"{" else {}
        finally:
            line.close()

    @property
    def job(self):
        try:
            return self.ask("GET", "job")[1]
        except (OSError, http.client.HTTPException):
            return {}

    @property
    def words(self):
        return self.job.get("state")

    def reset(self):
        """Make it idle, with no file and no job, as after switching it on."""
        if self.process is None:
            self.start()
        if self.words == "Printing":
            self.ask("POST", "job", {"command": "cancel"})
        self.ask("POST", "connection", {"command": "disconnect"})
        self.until(lambda: str(self.words).startswith("Offline"))
        self.ask("POST", "connection", {"command": "connect"})
        self.until(lambda: self.words == "Operational")
        self.ask("POST", "settings", {"appearance": {"name": "the-right-one"}})
        for file in self.ask("GET", "files/local")[1]["files"]:
            self.ask("DELETE", f"files/local/{file['name']}")

    def cause(self, fault):
        if fault in DEBUG:
            self.ask("POST", "printer/command", {"command": f"!!DEBUG:{DEBUG[fault]}"})
        elif fault == "rename":
            self.ask("POST", "settings", {"appearance": {"name": "somebody-else"}})
        elif fault == "restart":
            self.kill()
            self.start()
        else:
            raise ValueError(fault)

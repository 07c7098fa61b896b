"""Moonraker and PrusaLink played in the shapes they document, over one small machine."""

import email
import email.policy
import json
import time
import urllib.parse
from hashlib import sha256

KEY = "a-key-of-the-printer"


class Machine:
    """What both have behind them: files and one job, whose time is in its file."""

    def __init__(self):
        self.files, self.identity = {}, "the-right-one"
        self.starts = []
        self.reset()

    def reset(self):
        self.files.clear()
        self.starts.clear()
        self.identity, self.trouble, self.number = "the-right-one", None, 0
        self.forget()

    def forget(self):
        self.job, self.ended, self.stopped, self.trouble = None, None, None, None

    def put(self, name, data):
        self.files[name] = data

    def begin(self, name):
        self.starts.append(name)
        self.job, self.began, self.ended, self.stopped = name, time.monotonic(), None, None
        self.seconds = 600.0 if b"long" in self.files.get(name, b"long") else 0.3
        self.number += 1

    @property
    def done(self):
        if self.job is None:
            return 0.0
        if self.stopped is not None:
            return self.stopped
        return min(1.0, (time.monotonic() - self.began) / self.seconds)

    @property
    def printing(self):
        return self.job is not None and self.ended is None and self.done < 1.0 and self.trouble is None

    def cause(self, fault):
        if fault == "rename":
            self.identity = "somebody-else"
        elif fault == "awol":
            self.stopped = self.done
        elif fault == "wrong-file":
            self.begin("another-file.gcode")
        else:
            self.forget()
            self.trouble = fault if fault != "restart" else None


class MoonrakerStub(Machine):
    def answer(self, method, path, headers, body):
        if headers.get("X-Api-Key") != KEY:
            return 401, {"error": {"code": 401, "message": "Unauthorized"}}
        url = urllib.parse.urlsplit(path)
        if self.trouble in ("drop", "disconnect") and url.path.startswith("/printer/"):
            return 503, {"error": {"code": 503, "message": "Klippy Host not connected"}}
        return getattr(self, {
            "/printer/objects/query": "query",
            "/printer/info": "info",
            "/server/files/upload": "upload",
            "/printer/print/start": "start",
            "/printer/print/cancel": "cancel",
        }[url.path])(headers, body)  # fmt: skip

    def info(self, *_):
        return 200, {"result": {"state": "ready", "state_message": "Printer is ready", "hostname": self.identity}}

    def query(self, *_):
        fatal = self.trouble == "fatal"
        state = "standby"
        if self.job:
            state = self.ended or ("complete" if self.done >= 1 else "printing")
        told = {
            "webhooks": {
                "state": "shutdown" if fatal else "ready",
                "state_message": "Heater extruder not heating at expected rate" if fatal else "Printer is ready",
            },
            "print_stats": {"filename": self.job or "", "state": state, "message": "", "print_duration": 0.0},
            "virtual_sdcard": {"progress": self.done, "is_active": self.printing, "file_position": 0},
            "extruder": {"temperature": 21.4, "target": 0.0, "power": 0.0},
            "heater_bed": {"temperature": 21.0, "target": 0.0, "power": 0.0},
            "idle_timeout": {"state": "Printing" if self.printing else "Idle"},
        }
        return 200, {"result": {"eventtime": 578243.5, "status": told}}

    def upload(self, headers, body):
        head = f"content-type: {headers['Content-Type']}\r\n\r\n".encode()
        parts = {
            part.get_param("name", header="content-disposition"): part
            for part in email.message_from_bytes(head + body, policy=email.policy.HTTP).iter_parts()
        }
        name, data = parts["file"].get_filename(), parts["file"].get_payload(decode=True)
        if sha256(data).hexdigest() != parts["checksum"].get_content().strip():
            return 422, {"error": {"code": 422, "message": "File checksum mismatch"}}
        if self.printing and self.job == name:
            return 403, {"error": {"code": 403, "message": "File is loaded, upload not permitted"}}
        self.put(name, data)
        item = {"path": name, "root": "gcodes", "modified": 1.0, "size": len(data), "permissions": "rw"}
        return 201, {"item": item, "print_started": False, "print_queued": False, "action": "create_file"}

    def start(self, _, body):
        name = json.loads(body)["filename"]
        if name not in self.files:
            return 400, {"error": {"code": 400, "message": "Unable to open file"}}
        if self.printing or self.trouble:
            return 400, {"error": {"code": 400, "message": "SD busy"}}
        self.begin(name)
        return 200, {"result": "ok"}

    def cancel(self, *_):
        if self.printing:
            self.ended = "cancelled"
        return 200, {"result": "ok"}


class PrusaLinkStub(Machine):
    def answer(self, method, path, headers, body):
        if headers.get("X-Api-Key") != KEY:
            return 401, {"title": "Unauthorized", "text": "401: Unauthorized"}
        if path.startswith("/api/v1/files/usb/"):
            return self.file(method, path.removeprefix("/api/v1/files/usb/"), headers, body)
        if method == "DELETE" and path == f"/api/v1/job/{self.number}":
            if not self.printing:
                return 409, {"title": "Conflict", "text": "Not printing"}
            self.ended = "STOPPED"
            return 204, None
        return {"/api/v1/status": self.status, "/api/v1/job": self.running, "/api/v1/info": self.info}[path]()

    def info(self):
        return 200, {"nozzle_diameter": 0.4, "mmu": False, "serial": self.identity, "hostname": "prusa"}

    @property
    def word(self):
        if self.trouble:
            return "ERROR"
        if not self.job:
            return "IDLE"
        return self.ended or ("FINISHED" if self.done >= 1 else "PRINTING")

    def status(self):
        wrong = {"ok": False, "message": "MINTEMP ERROR"} if self.trouble else {"ok": True, "message": "OK"}
        heat = {"temp_nozzle": 21.4, "target_nozzle": 0.0, "temp_bed": 21.0, "target_bed": 0.0}
        return 200, {"printer": {"state": self.word, **heat, "status_printer": wrong}, "storage": {"path": "/usb/"}}

    def running(self):
        if not self.job or self.trouble:
            return 204, None
        file = {"name": "SHORT~1.GCO", "display_name": self.job, "path": "/usb", "size": 1}
        return 200, {"id": self.number, "state": self.word, "progress": 100 * self.done, "file": file}

    def file(self, method, name, headers, body):
        if method == "PUT":
            if name == self.job and self.printing:
                return 409, {"title": "Conflict", "text": "File is being printed"}
            self.put(name, body)
            assert headers["Print-After-Upload"] == "?0"
            return 201, {"name": "SHORT~1.GCO", "display_name": name, "size": len(body)}
        if name not in self.files:
            return 404, {"title": "Not Found", "text": "File not found"}
        if method == "GET":
            return 200, {"name": "SHORT~1.GCO", "display_name": name, "size": len(self.files[name])}
        if self.printing or self.trouble:
            return 409, {"title": "Conflict", "text": "Printer is busy"}
        self.begin(name)
        return 204, None

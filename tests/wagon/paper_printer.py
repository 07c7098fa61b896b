"""A paper printer that remembers its jobs, on the PyPI package `ippserver`, with what goes wrong in classrooms."""

import threading

from ippserver.behaviour import StatelessPrinter, get_job_id
from ippserver.constants import OperationEnum, SectionEnum, StatusCodeEnum, TagEnum
from ippserver.parsers import Boolean, Enum, Integer
from ippserver.request import IppRequest
from ippserver.server import IPPRequestHandler, IPPServer

NAME, KEYWORD = TagEnum.name_without_language, TagEnum.keyword


class PaperPrinter(StatelessPrinter):
    """Keeps jobs: number -> name, copies, sides, state, document."""

    def __init__(self):
        super().__init__()
        self.jobs, self.trouble, self.closing, self.lock = {}, None, threading.Event(), threading.Lock()

    def get_handle_command_function(self, operation):
        if operation == OperationEnum.cancel_job:
            return self.cancel_job
        return super().get_handle_command_function(operation)

    def printer_list_attributes(self):
        about = super().printer_list_attributes()
        about[SectionEnum.printer, b"printer-state", TagEnum.enum] = [
            Enum(5 if self.trouble == "stopped" else 3).bytes()
        ]
        reasons = {"out of paper": [b"media-empty-error", b"media-needed"], "stopped": [b"paused"]}
        about[SectionEnum.printer, b"printer-state-reasons", KEYWORD] = reasons.get(self.trouble, [b"none"])
        accepts = Boolean(self.trouble != "takes none").bytes()
        about[SectionEnum.printer, b"printer-is-accepting-jobs", TagEnum.boolean] = [accepts]
        return about

    def operation_print_job_response(self, request, document):
        sides = request.only(SectionEnum.job, b"sides", KEYWORD).decode()
        copies = Integer.from_bytes(request.only(SectionEnum.job, b"copies", TagEnum.integer)).integer
        name = request.only(SectionEnum.operation, b"job-name", NAME).decode()
        data = document.read()
        if self.trouble == "lose command":
            self.closing.wait(20)
            return self.no(request, 0x0500)
        if self.trouble == "one side only" and sides != "one-sided":
            return self.no(request, 0x040B)
        if self.trouble == "no pdf":
            return self.no(request, 0x040A)
        with self.lock:
            number = len(self.jobs) + 1
            state = {"out of paper": 5, "aborts": 8}.get(self.trouble, 9)
            self.jobs[number] = {"name": name, "copies": copies, "sides": sides, "state": state, "data": data}
        if self.trouble in ("lose answer", "lose answer and forget"):
            self.closing.wait(20)
        if self.trouble == "breaks afterwards":
            return self.no(request, 0x0500)
        return self.yes(request, self.told(number))

    def operation_get_jobs_response(self, request, _):
        which = request.only(SectionEnum.operation, b"which-jobs", KEYWORD)
        forgets = self.trouble == "lose answer and forget"
        jobs = [n for n, job in self.jobs.items() if (job["state"] >= 7) == (which == b"completed")]
        # ippserver keeps attributes in a dictionary: one job a group, so the newest is told, as by printers of few words.
        return self.yes(request, {} if forgets or not jobs else self.told(jobs[-1]))

    def operation_get_job_attributes_response(self, request, _):
        number = get_job_id(request)
        if number not in self.jobs:
            return self.no(request, 0x0406)
        return self.yes(request, self.told(number))

    def cancel_job(self, request, _):
        job = self.jobs[get_job_id(request)]
        if job["state"] >= 7:
            return self.no(request, 0x0404)
        job["state"] = 7
        return self.yes(request, {})

    def told(self, number):
        job = self.jobs[number]
        reasons = [b"printer-stopped"] if job["state"] == 5 else [b"none"]
        return {
            (SectionEnum.job, b"job-id", TagEnum.integer): [Integer(number).bytes()],
            (SectionEnum.job, b"job-name", NAME): [job["name"].encode()],
            (SectionEnum.job, b"job-state", TagEnum.enum): [Enum(job["state"]).bytes()],
            (SectionEnum.job, b"job-state-reasons", KEYWORD): reasons,
        }

    def yes(self, request, more):
        return IppRequest(self.version, StatusCodeEnum.ok, request.request_id, {**self.minimal_attributes(), **more})

    def no(self, request, code):
        """Refuse with a status of RFC 8011, appendix B; ippserver has names for only some of them."""
        return IppRequest(self.version, code, request.request_id, self.minimal_attributes())


class PaperServer:
    """The printer, served on a free port."""

    def __init__(self):
        self.printer = PaperPrinter()
        self.server = IPPServer(("127.0.0.1", 0), IPPRequestHandler, self.printer)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()

    @property
    def uri(self):
        return f"ipp://127.0.0.1:{self.server.server_address[1]}/ipp/print"

    def close(self):
        self.printer.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

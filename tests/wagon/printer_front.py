"""An HTTP server in front of a printer, real or played, that counts commands and loses them or their answers."""

import http.client
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

READS = ("GET", "HEAD")


class Front(ThreadingHTTPServer):
    """Serves `answer(method, path, headers, body) -> (code, bytes)`; `next_command` spoils the next one, once."""

    daemon_threads = True

    def __init__(self, answer):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer, self.commands, self.next_command, self.closing = answer, [], None, threading.Event()
        self.lock = threading.Lock()
        self.thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def lose(self, what):
        """The next command is lost, or its answer: both leave the caller without one."""
        self.next_command = what

    def say(self, code, body=b""):
        """The next command is answered without reaching the printer."""
        self.next_command = (code, body)

    def close(self):
        self.closing.set()
        self.shutdown()
        self.server_close()
        self.thread.join(5)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def serve(self):
        front = self.server
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        spoiled = None
        if self.command not in READS:
            with front.lock:
                front.commands.append(f"{self.command} {self.path}")
                spoiled, front.next_command = front.next_command, None
        if spoiled == "command":
            front.closing.wait(10)
            self.close_connection = True
            return
        code, answer = spoiled if isinstance(spoiled, tuple) else self.ask(body)
        if spoiled == "answer":
            front.closing.wait(10)
            self.close_connection = True
            return
        self.send_response(code)
        self.send_header("content-length", str(len(answer)))
        self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(answer)
        self.close_connection = True

    def ask(self, body):
        code, answer = self.server.answer(self.command, self.path, dict(self.headers), body)
        return code, answer if isinstance(answer, bytes) else b"" if answer is None else json.dumps(answer).encode()

    do_GET = do_POST = do_PUT = do_DELETE = serve  # noqa: N815


def forward_to(port):
    """Return an `answer` that asks the server at `port`."""

    def answer(method, path, headers, body):
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            kept = {key: value for key, value in headers.items() if key.lower() not in ("host", "connection")}
            line.request(method, path, body, kept)
            response = line.getresponse()
            return response.status, response.read()
        except OSError as error:
            return 502, str(error).encode()
        finally:
            line.close()

    return answer

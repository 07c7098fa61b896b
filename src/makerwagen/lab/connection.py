"""The way from kernel to browser: answers go out at once, and a page learns that its program was started again.

Jupyter leaves Nagle's algorithm on. It holds a small packet back until the one before it is acknowledged, which a
browser does after up to 40 ms: a slider felt that with every move.
"""

from typing import Any, ClassVar

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's own connection, which sends at once."""

    # Kernels that came back with a new server; the page still believes in the old one and waits for its answers.
    started_again: ClassVar[set[str]] = set()

    def connect(self) -> Any:
        """Connect as usual."""
        self.websocket_handler.set_nodelay(True)
        connected = super().connect()
        if connected is not None and self.kernel_id in self.started_again:
            self.started_again.discard(self.kernel_id)
            # Not before the kernel answers: the page reconnects at this word.
            again: Any = self.on_kernel_restarted
            connected.add_done_callback(lambda _: again())
        return connected

"""The way from kernel to browser without a pause: an answer is sent at once, not with the next one.

Jupyter leaves Nagle's algorithm on. It holds a small packet back until the one before it is acknowledged, which a
browser does after up to 40 ms: a slider felt that with every move.
"""

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class PromptConnection(ZMQChannelsWebsocketConnection):
    """Jupyter's own connection, which sends at once."""

    def connect(self) -> Any:
        """Connect as usual."""
        self.websocket_handler.set_nodelay(True)
        return super().connect()

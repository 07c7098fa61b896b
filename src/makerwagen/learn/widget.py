"""Our widgets in a notebook: the one place that knows anywidget."""

from functools import cache
from importlib.resources import files
from typing import Any

import anywidget
from IPython import get_ipython


class Widget(anywidget.AnyWidget):
    """A widget whose drawing is a bundle of ours and whose messages are answered in the kernel."""

    def bundle(self) -> dict[str, Any]:
        """Return the widget as a notebook stores it."""
        made: Any = self._repr_mimebundle_()
        data = made[0] if isinstance(made, tuple) else made
        return dict(data or {})


@cache
def script(name: str) -> str:
    """Return the bundle called `name` that site/widgets made."""
    return (files("makerwagen.learn") / "static" / name).read_text(encoding="utf-8")


def kernel_loop() -> Any:
    """Return the kernel's loop: only there may a widget's state change."""
    return getattr(getattr(get_ipython(), "kernel", None), "io_loop", None)

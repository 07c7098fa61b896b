"""A server extension that gives JupyterLab's German a child's words where the language pack has jargon or a gap."""

import json
from collections.abc import Callable
from importlib.resources import files
from typing import Any

from jupyterlab_server import translations_handler

LOCALE, DOMAIN = "de_DE", "jupyterlab"
Pack = tuple[dict[str, Any], str]


def with_our_words(answer: Callable[[str], Pack]) -> Callable[[str], Pack]:
    """Return the function that looks up a language pack, with our words laid over the German one."""
    words = json.loads((files(__package__) / "words_de.json").read_text("utf-8"))
    # A list has a singular and a plural: JupyterLab wants as many forms as it asked for.
    ours = {key: text if isinstance(text, list) else [text] for key, text in words.items()}

    def look_up(locale: str) -> Pack:
        pack, message = answer(locale)
        if locale == LOCALE and DOMAIN in pack:
            pack[DOMAIN] |= ours
        return pack, message

    return look_up


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(_server: Any) -> None:
    handlers: Any = translations_handler
    handlers.get_language_pack = with_our_words(handlers.get_language_pack)

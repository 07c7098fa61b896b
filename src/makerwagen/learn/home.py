"""Where the curriculum lies on this machine."""

import os
from functools import cache
from pathlib import Path

from makerwagen.errors import MakerwagenError

MARKER = "lessons"


@cache
def content_root() -> Path:
    """Return the repository's root: MAKERWAGEN_ROOT, else a folder above the notebook, else the installed checkout."""
    if told := os.environ.get("MAKERWAGEN_ROOT"):
        return Path(told)
    here = Path.cwd().resolve()
    for folder in (here, *here.parents, *Path(__file__).resolve().parents):
        if (folder / MARKER).is_dir() and (folder / "curriculum").is_dir():
            return folder
    raise MakerwagenError("the curriculum was not found; start the notebook with: makerwagen lab")

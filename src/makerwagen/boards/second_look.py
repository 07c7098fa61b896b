"""A second look at a child's program: what it would stumble over in a branch that this run never reached."""

import atexit
import shutil
import tempfile
import threading
from functools import cache
from pathlib import Path

from makerwagen.boards.type_words import for_children
from makerwagen.boards.typecheck import TypeCheck, open_type_check
from makerwagen.errors import MakerwagenError

LONGEST = 50_000
TIMEOUT_S = 5.0
NAME = "the child's program"
one_at_a_time = threading.Lock()


def child_findings(source: str, port: str, root: Path) -> list[tuple[int, str]]:
    """Return (line, German sentence) for what is wrong in `source`; nothing where mypy or the stubs are missing.

    The first call for a port takes about a second, the next ones a quarter.
    """
    if len(source) > LONGEST:
        return []
    try:
        with one_at_a_time:
            check = _check(root, port)
            findings = check.findings({NAME: source}).get(NAME, []) if check.ready else []
    except (MakerwagenError, OSError):
        # A second look is a courtesy: where it cannot be had (too slow, no room on the disk), the run stands as it is.
        return []
    said = ((finding.line, for_children(finding, source)) for finding in findings)
    return list(dict.fromkeys((line, sentence) for line, sentence in said if sentence))


@cache
def _check(root: Path, port: str) -> TypeCheck:
    found = open_type_check(root, port, _memory())
    return TypeCheck(found.stubs, found.library, found.memory, TIMEOUT_S)


@cache
def _memory() -> Path:
    """Return a folder of this process alone: seats share nothing, and leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="makerwagen-types-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder

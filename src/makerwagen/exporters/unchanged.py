"""Is there anything to build at all? Answered by hashes alone, without importing what a build needs."""

import json
from collections.abc import Sequence
from pathlib import Path

from makerwagen.store import digest_folder, key_of

CACHE = ".cache"
FOLDERS = ("curriculum", "modules", "lessons", "cad_models", "microcontroller", "site")
FILES = ("mkdocs.yml", "requirements.lock")
ENGINE = Path(__file__).parent.parent


def inputs_of(root: Path, langs: Sequence[str]) -> str:
    """Return the hash of everything that a build reads."""
    single = [path.read_text(encoding="utf-8") for name in FILES if (path := root / name).exists()]
    engine = [digest_folder(ENGINE, pattern) for pattern in ("*.py", "*.typ")]
    return key_of(list(langs), [digest_folder(root / name) for name in FOLDERS], engine, single)


def nothing_new(root: Path, langs: Sequence[str]) -> bool:
    """Say whether the last complete build, without problems, was made from just this."""
    mark = root / "build" / CACHE / "inputs"
    return mark.exists() and whole(root / "build") and mark.read_text() == inputs_of(root, langs)


def whole(target: Path, *, below: str = "") -> bool:
    """Say whether every file that the manifest lists (in the folder `below`) is still there, as long as it was."""
    try:
        listed = json.loads((target / "manifest.json").read_text(encoding="utf-8"))["files"]
        wanted = (entry for entry in listed if entry["path"].startswith(below))
        return all((target / entry["path"]).stat().st_size == entry["bytes"] for entry in wanted)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def remember(root: Path, inputs: str | None) -> None:
    """Keep the hash of a build without problems, or forget the last one."""
    mark = root / "build" / CACHE / "inputs"
    if inputs is None:
        mark.unlink(missing_ok=True)
    else:
        mark.write_text(inputs)

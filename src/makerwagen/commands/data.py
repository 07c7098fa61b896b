"""The sub-commands `makerwagen data list|check|simulate|refresh|serve`."""

import argparse
from pathlib import Path
from typing import Any

from makerwagen.content.pack import DataPack
from makerwagen.content.typed import text_in
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.reading import PackData, folder_of, pack_folders, read_description, read_pack
from makerwagen.sensors.packs.simulated import simulate, simulated_bytes

FINE, PROBLEMS = 0, 1


def run_data(options: argparse.Namespace, root: Path) -> int:
    """Do what was asked for."""
    if options.task == "list":
        return list_packs(root)
    if options.task == "check":
        return check_packs([folder_of(root, name) for name in options.packs] or list(pack_folders(root)))
    if options.task == "simulate":
        return simulate_packs([folder_of(root, name) for name in options.packs])
    if options.task == "refresh":
        return refresh_pack(options, root)
    return serve_packs(options, root)


def list_packs(root: Path) -> int:
    """Print one line for each pack; one that cannot be read does not hide the others."""
    code, folders = FINE, list(pack_folders(root))
    widest = max((len(folder.name) for folder in folders), default=0)
    for folder in folders:
        try:
            print(f"{folder.name:{widest}}  {_line(read_description(folder))}")
        except MakerwagenError as error:
            print(f"{folder.name:{widest}}  {error}")
            code = PROBLEMS
    return code


def check_packs(folders: list[Path]) -> int:
    """Read each pack as a lesson would, and hold simulated ones against their generator."""
    code = FINE
    for folder in folders:
        try:
            print(f"ok: {folder.name}: {_checked(read_pack(folder))}")
        except MakerwagenError as error:
            print(error)
            code = PROBLEMS
    return code


def simulate_packs(folders: list[Path]) -> int:
    """Write simulated packs anew."""
    for folder in folders:
        pack = read_description(folder)
        if simulate(folder, pack):
            print(f"{folder.name}: written anew; look at what changed (git diff), and at the lessons that speak of it")
        else:
            print(f"{folder.name}: the generator makes the same {(folder / pack.file).stat().st_size} bytes")
    return FINE


def refresh_pack(options: argparse.Namespace, root: Path) -> int:
    """Replace a pack by a real snapshot."""
    from makerwagen.sensors.packs.refresh import refresh

    folder = folder_of(root, options.pack)
    wish: dict[str, Any] = {"portal": options.portal, "every_s": options.every, "now": options.now}
    print(refresh(folder, **wish, say=lambda text: print(text, flush=True)))
    for lesson in _lessons_with(root, options.pack):
        print(f"read again: {lesson} speaks of the figures of the old pack")
    return FINE


def serve_packs(options: argparse.Namespace, root: Path) -> int:
    """Serve the packs until interrupted."""
    from makerwagen.sensors.packs.explore_app import BASE, explore_app
    from makerwagen.wagon.server import serve_app

    serve_app(explore_app(root), options.host, options.port, said=f"packs as an open-data portal, {BASE.lstrip('/')}")
    return FINE


def _line(pack: DataPack) -> str:
    kind = "simuliert" if pack.simulated else f"Stand {pack.date}"
    return f"{kind:16}  {pack.shape.value:16}  {text_in(pack.title, 'de')}"


def _checked(data: PackData) -> str:
    pack = data.pack
    said = f"{len(data.records)} records, {len(pack.faults)} known faults"
    if not pack.simulated:
        return f"{said}, real, {pack.date}"
    if (data.folder / pack.file).read_bytes() != simulated_bytes(pack):
        raise MakerwagenError(
            f"{data.folder / pack.file}: the generator makes another file; run: makerwagen data simulate {pack.id}"
        )
    return f"{said}, simulated, made once more byte by byte"


def _lessons_with(root: Path, name: str) -> list[str]:
    lessons = sorted((root / "lessons").glob("*/lesson*"))
    found = {
        path.parent for path in lessons if path.is_file() and name in path.read_text(encoding="utf-8", errors="replace")
    }
    return sorted(folder.relative_to(root).as_posix() for folder in found)

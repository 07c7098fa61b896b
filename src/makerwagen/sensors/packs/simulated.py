"""The generators of the simulated packs: name and seed to the same bytes, on every machine.

Every figure comes from `random.Random(seed)` and a formula in one of the three files beside this one; no formula was
fitted to measured data. Then the faults that pack.yml lists are written in by hand, each with a comment. Streets,
houses, boxes and stations have names that do not exist. Field names are those of the source as far as public code
shows them; the others are marked `guessed` in pack.yml.
"""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

from makerwagen.content.pack import DataPack
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.edit import alone, swap_in
from makerwagen.sensors.packs.simulated_air import fireworks, school_boxes
from makerwagen.sensors.packs.simulated_bed import school_bed
from makerwagen.sensors.packs.simulated_city import construction_sites, drinking_fountains, trees
from makerwagen.sensors.packs.simulated_parking import parking
from makerwagen.sensors.packs.simulated_tree import tree_soil
from makerwagen.sensors.packs.simulated_walk import schoolyard_walk
from makerwagen.sensors.packs.simulated_weather import hourly_rain, hourly_temperature, summer_days

GENERATORS: Mapping[str, Callable[[Random], str]] = {
    "construction-sites": construction_sites,
    "drinking-fountains": drinking_fountains,
    "fireworks": fireworks,
    "hourly-rain": hourly_rain,
    "hourly-temperature": hourly_temperature,
    "parking": parking,
    "school-bed": school_bed,
    "school-boxes": school_boxes,
    "schoolyard-walk": schoolyard_walk,
    "summer-days": summer_days,
    "tree-soil": tree_soil,
    "trees": trees,
}

# A simulated file is called like this for a moment while it takes the place of an old one.
BETWEEN = "-new"


def simulated_bytes(pack: DataPack) -> bytes:
    """Return what the pack's generator makes; raise MakerwagenError when there is none."""
    if not pack.simulated:
        raise MakerwagenError(
            f"'{pack.id}' holds a real snapshot of {pack.date}; "
            "for the simulated one take the folder as it was from git: git checkout COMMIT -- FOLDER"
        )
    if pack.generator is None:
        raise MakerwagenError(f"'{pack.id}' names no generator; add generator: {{name: …, seed: …}} to its pack.yml")
    make = GENERATORS.get(pack.generator.name)
    if make is None:
        known = ", ".join(GENERATORS)
        raise MakerwagenError(f"'{pack.id}': there is no generator '{pack.generator.name}'; there are: {known}")
    return make(Random(pack.generator.seed)).encode("utf-8")


def simulate(folder: Path, pack: DataPack) -> bool:
    """Write the pack's file anew; return whether that changed anything.

    The file keeps its name, and at no moment do pack.yml and its file not fit: the new data first get a name of their
    own, then the old name. Where that was stopped half-way, the next call ends it.
    """
    with alone(folder):
        data = simulated_bytes(pack)
        now = folder / pack.file
        final = f"{now.stem.removesuffix(BETWEEN)}{now.suffix}"
        is_same = now.is_file() and now.read_bytes() == data and pack.sha256 == hashlib.sha256(data).hexdigest()
        if is_same and pack.file == final:
            return False
        if now.exists() and pack.file == final:
            between = f"{now.stem}{BETWEEN}{now.suffix}"
            swap_in(folder, pack, data=data, file=between, changes={})
            pack = pack.model_copy(update={"file": between})
        swap_in(folder, pack, data=data, file=final, changes={})
    return True

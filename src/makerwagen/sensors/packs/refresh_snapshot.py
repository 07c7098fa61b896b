"""What a source gave for a pack, whatever its shape: the file to put in, its records, and what is said about it."""

from dataclasses import dataclass

from makerwagen.content.pack import DataPack
from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.refresh_portal import UNCHANGED
from makerwagen.sensors.packs.shapes import Record


@dataclass(frozen=True)
class Snapshot:
    """A new file for a pack; `remarks` are what whoever looks at the data next should know."""

    data: bytes
    suffix: str
    records: tuple[Record, ...]
    where: str
    title: str
    license: str
    attribution: str
    left_out: int = 0
    remarks: tuple[str, ...] = ()


def guessed_hint(pack: DataPack, name: str) -> str:
    """Return the hint that a missing column's name was our reading only."""
    guessed = any(column.guessed for column in pack.columns if column.name == name)
    return " (our reading of its name: nobody here had seen the real one)" if guessed else ""


def kept_as_it_was(error: MakerwagenError) -> MakerwagenError:
    """Return the error with the assurance that the pack is as it was."""
    return error if UNCHANGED in str(error) else MakerwagenError(f"the new data: {error}; {UNCHANGED}")

"""`makerwagen profiles`: writes the slicer's settings of every printer from the bundles installed here."""

from pathlib import Path

from makerwagen.errors import MakerwagenError
from makerwagen.load.repository_loader import load_repository
from makerwagen.slicing.profiles import BUNDLES, flat_settings, installed_bundle


def write_profiles(root: Path) -> list[Path]:
    """Write curriculum/printers/<id>.ini beside each printer's limits, and return the files."""
    written = []
    repository, _ = load_repository(root)
    for slug, printer in repository.printers.items():
        bundle = installed_bundle(printer.profile.vendor)
        if bundle is None:
            raise MakerwagenError(
                f"no bundle '{printer.profile.vendor}' in {BUNDLES}; try: apt-get install prusa-slicer"
            )
        path = root / "curriculum/printers" / f"{slug}.ini"
        path.write_text(flat_settings(bundle, printer.profile), encoding="utf-8")
        written.append(path)
    return written

"""Set the student's sheet of every lesson as PDF with one Typst compiler: REPOSITORY TARGET."""

import sys
from pathlib import Path

from makerwagen.content.versions import Audience, version
from makerwagen.exporters.sheets import SheetOrder, SheetPress
from makerwagen.exporters.stamp import stamp_of
from makerwagen.load.repository_loader import load_repository


def main(root: Path, target: Path) -> None:
    """Write one PDF for each lesson; no result of an earlier run is used."""
    repository, _ = load_repository(root)
    fonts = root / "site/theme/fonts"
    target.mkdir(parents=True, exist_ok=True)
    press = SheetPress(repository, work=target / "typst", fonts=fonts, site_url="https://makerwagen.example.org/")
    for slug, lesson in repository.lessons.items():
        cells = version(lesson.notebooks["de"], Audience.STUDENT)
        order = SheetOrder(lesson, "de", Audience.STUDENT, cells, {}, stamp_of(lesson, repository))
        (target / f"{slug}.pdf").write_bytes(press.print(press.source(order)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

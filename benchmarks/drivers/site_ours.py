"""Write the website of a repository whose notebooks have been run, into an empty folder: REPOSITORY TARGET."""

import sys
from pathlib import Path

from makerwagen.exporters.lesson_files import LessonFiles
from makerwagen.exporters.pages import write_pages
from makerwagen.exporters.site import build_site
from makerwagen.exporters.unchanged import CACHE
from makerwagen.load.repository_loader import load_repository
from makerwagen.notebooks.proof import Prover
from makerwagen.store import Store


def main(root: Path, target: Path) -> None:
    """Do what a build does for the website, with runs and sheets from the store that an earlier build filled."""
    repository, _ = load_repository(root)
    cache = root / "build" / CACHE
    runs = Prover(repository, Store(cache / "runs")).run(repository.lessons.values())
    files = LessonFiles(repository, cache=cache, out=target, site_url="https://makerwagen.example.org/")
    results = [files.write(run)[0] for run in runs]
    write_pages(repository, results, out=target / "pages")
    build_site(root, pages=target / "pages", target=target / "site")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

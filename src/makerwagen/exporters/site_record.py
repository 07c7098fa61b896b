"""What a finished website was made from, kept in it, so that the next build renders only what changed."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

NAME = "site-record.json"
ENGINE = ("mkdocs_plugin.py", "exporters/site.py", "exporters/site_record.py", "exporters/site_rendering.py")
PACKAGES = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "pygments", "jinja2", "nh3")
PAGE = ".md"


@dataclass(frozen=True)
class Anchors:
    """The places inside a page that others may link to, and the places in other pages that it links to."""

    present: list[str] = field(default_factory=list)
    wanted: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class SiteRecord:
    """`base` is the hash of everything but the generated files; those have one hash each."""

    base: str
    generated: Mapping[str, str]
    anchors: Mapping[str, Anchors] = field(default_factory=dict)

    @property
    def pages(self) -> set[str]:
        """Return the generated pages, without pictures and downloads."""
        return {name for name in self.generated if name.endswith(PAGE)}

    def changed(self, earlier: "SiteRecord") -> set[str]:
        """Return the generated files that are new or not as they were."""
        return {name for name, digest in self.generated.items() if earlier.generated.get(name) != digest}

    def same_frame(self, earlier: "SiteRecord") -> bool:
        """Say whether everything around the generated pages is as it was, and so is the list of pages."""
        return self.base == earlier.base and self.pages == earlier.pages

    def write(self, site: Path) -> None:
        """Keep the record in the site."""
        (site / NAME).write_text(json.dumps(asdict(self), sort_keys=True, separators=(",", ":")), encoding="utf-8")


def take_record(root: Path, pages: Path) -> SiteRecord:
    """Return the record of what is about to be built."""
    total = hashlib.sha256()
    engine = Path(__file__).parent.parent
    sources = [root / "mkdocs.yml", *files_below(root / "site"), *(engine / name for name in ENGINE)]
    for path in sources:
        total.update(f"{path.name}\0{_digest(path)}\0".encode())
    for folder in (root / "site",):
        total.update("\0".join(path.relative_to(folder).as_posix() for path in files_below(folder)).encode())
    total.update(" ".join(f"{name} {version(name)}" for name in PACKAGES).encode())
    return SiteRecord(
        total.hexdigest(), {path.relative_to(pages).as_posix(): _digest(path) for path in files_below(pages)}
    )


def read_record(site: Path | None) -> SiteRecord | None:
    """Return the record of an earlier site, or None when there is none that can be trusted."""
    if site is None:
        return None
    try:
        data = json.loads((site / NAME).read_text(encoding="utf-8"))
        anchors = {name: Anchors(**entry) for name, entry in data["anchors"].items()}
        return SiteRecord(str(data["base"]), dict(data["generated"]), anchors)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def files_below(folder: Path) -> Iterator[Path]:
    """Yield every file below `folder`, in order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def anchors_hold(old: Mapping[str, Anchors], new: Mapping[str, Anchors]) -> bool:
    """Say whether links to places inside pages still lead somewhere, as far as the changed pages `new` tell."""
    for name, anchors in new.items():
        if any(_missing(wanted, {**old, **new}) for wanted in anchors.wanted.items()):
            return False
        asked = [
            places
            for page, entry in old.items()
            if page not in new
            for to, places in entry.wanted.items()
            if to == name
        ]
        if any(place not in anchors.present for places in asked for place in places):
            return False
    return True


def _missing(wanted: tuple[str, Iterable[str]], known: Mapping[str, Anchors]) -> bool:
    page, places = wanted
    return page not in known or any(place not in known[page].present for place in places)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

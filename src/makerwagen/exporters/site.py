"""The website's folder: built whole, or taken over from an earlier one with only the changed pages rendered anew."""

import json
import os
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from makerwagen.errors import MakerwagenError
from makerwagen.exporters.site_record import NAME, PAGE, SiteRecord, anchors_hold, files_below, read_record, take_record

INDEX, INDEX_SCRIPT = "search/search_index.json", "search/search_index.js"


def build_site(root: Path, *, pages: Path, target: Path, previous: Path | None = None) -> None:
    """Build the website from the hand-written pages of `root` and the generated `pages` into the folder `target`.

    `previous` is an earlier site, or the folder whose `site` it is. When only generated pages changed since, just
    these are rendered, and the result equals a full build's. Any warning of MkDocs raises MakerwagenError.
    """
    if target.exists() and any(target.iterdir()):
        raise MakerwagenError(f"'{target}' is not empty; build into a new folder and swap it in afterwards")
    target.mkdir(parents=True, exist_ok=True)
    record = take_record(root, pages)
    if previous is not None and (previous / "site" / NAME).exists():
        previous = previous / "site"
    earlier = read_record(previous)
    if previous is not None and earlier is not None and record.same_frame(earlier):
        complete = _renew(_Sources(root, pages, record, earlier), target, previous=previous)
        if complete is not None:
            complete.write(target)
            return
        shutil.rmtree(target)
        target.mkdir(parents=True)
    from makerwagen.exporters.site_rendering import render_all

    replace(record, anchors=render_all(root, pages=pages, target=target)).write(target)


@dataclass(frozen=True)
class _Sources:
    """What a site is made from and what it was made from before."""

    root: Path
    pages: Path
    record: SiteRecord
    earlier: SiteRecord


def _renew(sources: _Sources, target: Path, *, previous: Path) -> SiteRecord | None:
    """Take over what is unchanged and render the rest; None when a link inside the site asks for a full build."""
    root, pages, record, earlier = sources.root, sources.pages, sources.record, sources.earlier
    changed = record.changed(earlier)
    changed_pages = {name for name in changed if name.endswith(PAGE)}
    _take_over(previous, target, skip=_outdated(record, earlier, changed, keep_index=not changed_pages))
    for name in sorted(changed - changed_pages):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pages / name, target / name)
    if not changed_pages:
        return replace(record, anchors=earlier.anchors)
    from makerwagen.exporters.site_rendering import render_some

    anchors, order = render_some(root, pages=pages, target=target, changed=changed_pages)
    if not anchors_hold(earlier.anchors, anchors):
        return None
    _merge_index(previous, target, changed={_address(name) for name in changed_pages}, order=order)
    return replace(record, anchors={**earlier.anchors, **anchors})


def _outdated(record: SiteRecord, earlier: SiteRecord, changed: set[str], *, keep_index: bool) -> set[str]:
    """Return the files of an earlier site that must not be taken over."""
    gone = set(earlier.generated) - set(record.generated)
    outdated = {_address(name) for name in gone | changed} | {NAME}
    return outdated if keep_index else outdated | {INDEX, INDEX_SCRIPT}


def _take_over(previous: Path, target: Path, *, skip: set[str]) -> None:
    """Link files of the earlier site into the new one, or copy them where links are not possible."""
    for path in files_below(previous):
        name = path.relative_to(previous).as_posix()
        if name in skip:
            continue
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, target / name)
        except OSError:
            shutil.copy2(path, target / name)


def _merge_index(previous: Path, target: Path, *, changed: set[str], order: list[str]) -> None:
    """Complete the index of the changed pages with the earlier entries of all others, in a full build's order."""
    index = json.loads((target / INDEX).read_text(encoding="utf-8"))
    entries: dict[str, list[dict[str, Any]]] = {}
    for entry in index["docs"]:
        entries.setdefault(_page_of(entry), []).append(entry)
    for entry in json.loads((previous / INDEX).read_text(encoding="utf-8"))["docs"]:
        if _page_of(entry) not in changed:
            entries.setdefault(_page_of(entry), []).append(entry)
    index["docs"] = [entry for page in order for entry in entries.get(page, ())]
    text = json.dumps(index, separators=(",", ":"))
    (target / INDEX).write_text(text, encoding="utf-8")
    (target / INDEX_SCRIPT).write_text(f"var __index = {text}", encoding="utf-8")


def _page_of(entry: dict[str, Any]) -> str:
    return str(entry["location"]).split("#")[0]


def _address(name: str) -> str:
    """Return where a generated file lies in the site."""
    return name.removesuffix(PAGE) + ".html" if name.endswith(PAGE) else name

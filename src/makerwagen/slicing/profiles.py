"""A slicer's vendor bundle to flat settings, the only form its command line takes."""

import re
from collections.abc import Mapping
from pathlib import Path

from makerwagen.content.printer import ProfileSource
from makerwagen.errors import MakerwagenError

BUNDLES = Path("/usr/share/PrusaSlicer/profiles")
SECTION = re.compile(r"\[(.+)\]\s*$")
# They choose between profiles, or name older ones; flat settings have nothing to choose from.
DROPPED = re.compile(r"compatible_|renamed_from$|alias$|inherits$", re.IGNORECASE)
# What runs a program or talks to a network while slicing has no place in settings that come with the repository.
REFUSED = ("post_process", "print_host", "printhost_apikey", "octoprint_host", "octoprint_apikey")
Sections = Mapping[str, Mapping[str, str]]


def read_sections(text: str) -> dict[str, dict[str, str]]:
    """Return the keys and values of every section of a bundle."""
    sections: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in text.splitlines():
        if match := SECTION.match(line):
            current = sections.setdefault(match[1], {})
        elif line.strip() and not line.startswith("#"):
            key, _, value = line.partition("=")
            current[key.strip()] = value.strip()
    return sections


def flatten(sections: Sections, kind: str, name: str, *, above: tuple[str, ...] = ()) -> dict[str, str]:
    """Return a profile's own settings over those of its parents, a later parent over an earlier one."""
    title = f"{kind}:{name}"
    if title not in sections:
        raise MakerwagenError(f"the bundle has no [{title}]; see the names in {BUNDLES}")
    if title in above:
        raise MakerwagenError(f"[{title}] of the bundle inherits from itself; take another profile")
    own, flat = sections[title], {}
    for parent in own.get("inherits", "").split(";"):
        if parent.strip():
            flat.update(flatten(sections, kind, parent.strip(), above=(*above, title)))
    flat.update(own)
    return {key: value for key, value in flat.items() if not DROPPED.match(key)}


def flat_settings(bundle: str, source: ProfileSource) -> str:
    """Return the text of the flat ini file that a printer's profile stands for, or raise when the bundle is another."""
    sections = read_sections(bundle)
    if (version := version_of(sections)) != source.version:
        raise MakerwagenError(f"bundle {source.vendor} is {version}, not {source.version}; look, and pin it")
    settings: dict[str, str] = {}
    for kind, name in (("print", source.print), ("filament", source.filament), ("printer", source.printer)):
        settings.update(flatten(sections, kind, name))
    if filled := [key for key in REFUSED if settings.get(key)]:
        raise MakerwagenError(f"'{filled[0]}' of {source.vendor} runs something while slicing; take another profile")
    head = (
        f"# Settings for PrusaSlicer, from its bundle {source.vendor} {source.version} (under the licence of\n"
        f"# PrusaSlicer's profiles, AGPL-3.0): [{source.printer}],\n# [{source.print}], [{source.filament}].\n"
        "# Generated; do not edit: makerwagen profiles\n"
    )
    return head + "".join(f"{key} = {value}\n" for key, value in sorted(settings.items()))


def version_of(sections: Sections) -> str:
    """Return a bundle's version."""
    return sections.get("vendor", {}).get("config_version", "")


def installed_bundle(vendor: str) -> str | None:
    """Return the text of the installed bundle of a vendor, or None."""
    path = BUNDLES / f"{vendor}.ini"
    return path.read_text(encoding="utf-8") if path.is_file() else None

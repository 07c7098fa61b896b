"""What a portal says about the licence of a data set, as one of the names this project knows."""

import re
from collections.abc import Mapping
from typing import Any

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.refresh_portal import UNCHANGED

# Letters and digits of how portals write it, name or address; the first that fits counts.
WRITTEN = (
    ("dl-de/zero-2.0", ("deutschlandzero", "dldezero20", "dlzerode20")),
    ("dl-de/by-2.0", ("deutschlandnamensnennung", "dldeby20", "dlbyde20")),
    ("CC-BY-SA-4.0", ("ccbysa40", "licensesbysa40")),
    ("CC-BY-4.0", ("ccby40", "licensesby40", "attribution40")),
    ("CC0-1.0", ("cc010", "publicdomainzero10")),
    ("PDDL-1.0", ("pddl",)),
    ("ODbL-1.0", ("odbl", "opendatabaselicense")),
)


def licence_of(metas: Mapping[str, Any], *, where: str, expected: str) -> str:
    """Return the licence; raise MakerwagenError when it is unknown or not the one that pack.yml expects."""
    shown = str(metas.get("license") or metas.get("license_url") or "")
    written = [re.sub(r"[^a-z0-9]", "", str(metas.get(key) or "").lower()) for key in ("license", "license_url")]
    found = next((name for name, signs in WRITTEN if any(sign in text for text in written for sign in signs)), "")
    if not found:
        raise MakerwagenError(
            f"{where}: the licence '{shown or 'none'}' is not one we know; {UNCHANGED}; "
            "read it, and ask the publisher whether a school may copy the data"
        )
    if found != expected:
        raise MakerwagenError(
            f"{where}: the licence is now {found} ('{shown}'), pack.yml expects {expected}; {UNCHANGED}; "
            "read the new one, and if the lesson can keep to it, set real.license in pack.yml"
        )
    return found

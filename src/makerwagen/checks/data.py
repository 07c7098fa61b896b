"""Rules about data packs: the file that was frozen, its licence, and honesty about simulated data."""

import hashlib
import posixpath
from collections.abc import Iterator

from makerwagen.checks.closest import did_you_mean
from makerwagen.checks.media import LICENSES
from makerwagen.content.pack import DataPack
from makerwagen.content.repository import Repository
from makerwagen.problems import Problem

DATA_LICENSES = (*LICENSES, "dl-de/zero-2.0", "dl-de/by-2.0", "PDDL-1.0", "ODbL-1.0")
SIMULATED = ("simuliert", "simulated")


def pack_files_are_unchanged(repository: Repository) -> Iterator[Problem]:
    """DAT102: a pack's file lies beside pack.yml and is the one that was frozen (sha256).

    Why: Children compare their plots; the numbers must be the same on every laptop, and nobody may polish them.
    Bad:
        sha256: 0000…      # and the file was edited
    Good:
        sha256: 9f86…      # sha256sum <file>
    """
    for pack in repository.packs.values():
        path = _file(pack)
        folder = posixpath.dirname(pack.origin.path) + "/"
        if path not in repository.files or not path.startswith(folder):
            beside = [name.removeprefix(folder) for name in repository.files if name.startswith(folder)]
            remedy = did_you_mean(pack.file, beside, "add the file")
            yield Problem(pack.at("file"), "DAT102", f"file '{pack.file}' does not lie beside pack.yml", remedy)
            continue
        try:
            found = hashlib.sha256((repository.root / path).read_bytes()).hexdigest()
        except OSError:
            yield Problem(pack.at("file"), "DAT102", f"file '{pack.file}' cannot be read", "add it again")
            continue
        if found != pack.sha256.lower():
            what = (
                f"'{pack.file}' is not the file that was frozen: its sha256 is {found[:12]}…, not {pack.sha256[:12]}…"
            )
            yield Problem(pack.at("sha256"), "DAT102", what, "take back the change, or freeze it anew with a new date")


def pack_licenses_are_known(repository: Repository) -> Iterator[Problem]:
    """DAT103: a pack has a known licence for open data.

    Why: The pack is copied into bundles and onto laptops.
    Bad:
        license: frei
    Good:
        license: dl-de/by-2.0
    """
    for pack in repository.packs.values():
        if pack.license not in DATA_LICENSES:
            remedy = f"take data under one of {', '.join(DATA_LICENSES)}"
            yield Problem(pack.at("license"), "DAT103", f"licence '{pack.license}' is not known", remedy)


def simulated_packs_say_so(repository: Repository) -> Iterator[Problem]:
    """DAT104: a simulated pack says "simuliert" in its title and in its attribution.

    Why: No child may take an invented number for a measured one; both words stand under every plot.
    Bad:
        simulated: true
        title: {de: Freie Parkplätze}
    Good:
        simulated: true
        title: {de: "Freie Parkplätze (simuliert)"}
    """
    for pack in repository.packs.values():
        for field in ("title", "attribution") if pack.simulated else ():
            for lang, text in getattr(pack, field).items():
                if not any(word in text.lower() for word in SIMULATED):
                    what = f"the data is simulated, but {field} '{text[:40]}' does not say so"
                    word = "simuliert" if lang == "de" else "simulated"
                    yield Problem(pack.at(field, lang), "DAT104", what, f"add '{word}'")


def pack_ids_are_their_folders(repository: Repository) -> Iterator[Problem]:
    """DAT105: a pack's id is the name of its folder.

    Why: Lessons refer to the folder, `load_pack` to the id; two names for one thing lead astray.
    Bad:
        lessons/parking/data/parkhaus/pack.yml with id: parkhauser
    Good:
        lessons/parking/data/parkhauser/pack.yml with id: parkhauser
    """
    for slug, pack in repository.packs.items():
        if pack.id != slug:
            what = f"the id is '{pack.id}', the folder '{slug}'"
            yield Problem(pack.at("id"), "DAT105", what, "rename one of them")


def columns_are_in_the_file(repository: Repository) -> Iterator[Problem]:
    """DAT106: every column that a pack describes is in the first line of its CSV file.

    Why: The lesson's table explains the columns; a child who types a name from it must find it.
    Bad:
        columns: [{name: freie, …}]      # the file starts with: name;frei
    Good:
        columns: [{name: frei, …}]
    """
    for pack in repository.packs.values():
        path = _file(pack)
        if not path.endswith(".csv") or path not in repository.files:
            continue
        try:
            with (repository.root / path).open(encoding="utf-8-sig") as lines:
                header = lines.readline()
        except (OSError, UnicodeDecodeError):
            yield Problem(pack.at("file"), "DAT106", f"'{pack.file}' is not UTF-8 text", "save it as UTF-8")
            continue
        separator = max(";,\t", key=header.count)
        names = [name.strip().strip('"') for name in header.split(separator)]
        for number, column in enumerate(pack.columns):
            if column.name not in names:
                what = f"column '{column.name}' is not in '{pack.file}'"
                remedy = did_you_mean(column.name, names, "name it as in the file's first line")
                yield Problem(pack.at("columns", number, "name"), "DAT106", what, remedy)


def _file(pack: DataPack) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(pack.origin.path), pack.file))

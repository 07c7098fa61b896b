"""Rules about data packs: the file that was frozen, its licence, and honesty about simulated data."""

import hashlib
import json
import posixpath
from collections.abc import Iterator

from makerwagen.checks.closest import did_you_mean
from makerwagen.checks.media import LICENSES
from makerwagen.content.pack import DataPack
from makerwagen.content.personal import personal_name, personal_value
from makerwagen.content.repository import Repository
from makerwagen.problems import Problem

DATA_LICENSES = (*LICENSES, "dl-de/zero-2.0", "dl-de/by-2.0", "PDDL-1.0", "ODbL-1.0")
SIMULATED = ("simuliert", "simulated")
MOST_BYTES, MOST_ROWS = 5_000_000, 2_000
YOUNG, MOST_ROWS_FOR_YOUNG = 6, 200


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


def simulated_packs_name_their_generator(repository: Repository) -> Iterator[Problem]:
    """DAT107: a simulated pack names the generator and the seed that made it.

    Why: Whoever doubts a figure can make the same bytes again (makerwagen data simulate) and read the formula.
    Bad:
        simulated: true
    Good:
        simulated: true
        generator: {name: trees, seed: 20260714}
    """
    for pack in repository.packs.values():
        if pack.simulated and pack.generator is None:
            what = "the data is simulated, but nothing says how it was made"
            yield Problem(pack.at("simulated"), "DAT107", what, "add generator: {name: …, seed: …}")


def packs_are_small(repository: Repository) -> Iterator[Problem]:
    """DAT108: a pack has at most 5 MB and 2000 rows, and at most 200 rows where grades 5 and 6 use it.

    Why: A child reads the table before it lets the computer read it; nobody reads the 201st row.
    Bad:
        grades: [5, 6] and data: [weather]      # weather.csv has 8760 rows
    Good:
        grades: [5, 6] and data: [weather]      # weather.csv has the 168 rows of one week
    """
    for pack in repository.packs.values():
        data = _bytes(repository, pack)
        rows = _rows(data, pack.file) if len(data) <= MOST_BYTES else 0
        young = [
            lesson
            for lesson in repository.lessons.values()
            if pack.slug in lesson.data and min(lesson.grades, default=YOUNG + 1) <= YOUNG
        ]
        if len(data) > MOST_BYTES:
            what = f"'{pack.file}' has {len(data) / 1e6:.1f} MB"
            yield Problem(pack.at("file"), "DAT108", what, f"freeze a smaller part, {MOST_BYTES // 10**6} MB at most")
        elif rows > MOST_ROWS:
            what = f"'{pack.file}' has {rows} rows"
            yield Problem(pack.at("file"), "DAT108", what, f"freeze a smaller part, {MOST_ROWS} rows at most")
        elif young and rows > MOST_ROWS_FOR_YOUNG:
            what = f"'{pack.file}' has {rows} rows, and grade {min(young[0].grades)} works with it ({young[0].slug})"
            yield Problem(
                pack.at("file"), "DAT108", what, f"freeze {MOST_ROWS_FOR_YOUNG} rows at most for the young ones"
            )


def packs_hold_no_persons(repository: Repository) -> Iterator[Problem]:
    """DAT109: a pack holds nothing about persons: no names of people, mail, phone, device addresses, voices, pictures.

    Why: Data is copied onto laptops and taken home; what is not in it cannot leak.
    Bad:
        columns: [{name: ansprechpartner, …}]
    Good:
        columns: [{name: stadtbezirk, …}]
    """
    for pack in repository.packs.values():
        for number, column in enumerate(pack.columns):
            if kind := personal_name(column.name):
                what = f"column '{column.name}' announces a {kind}"
                remedy = "leave the column out of file and pack.yml"
                yield Problem(pack.at("columns", number, "name"), "DAT109", what, remedy)
        kind, shown = personal_value([_bytes(repository, pack).decode("utf-8", errors="replace")])
        if kind:
            what = f"'{pack.file}' holds a {kind} ('{shown[:4]}…')"
            yield Problem(pack.at("file"), "DAT109", what, "take it out of the file, and freeze that anew")


def _bytes(repository: Repository, pack: DataPack) -> bytes:
    """Return a pack's file, or nothing where DAT102 says that there is none to read."""
    path = _file(pack)
    try:
        return (repository.root / path).read_bytes() if path in repository.files else b""
    except OSError:
        return b""


def _rows(data: bytes, file: str) -> int:
    if not file.endswith(".json"):
        return max(0, len(data.splitlines()) - 1)
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return 0
    rows = found.get("results") if isinstance(found, dict) else found
    return len(rows) if isinstance(rows, list) else 0


def _file(pack: DataPack) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(pack.origin.path), pack.file))

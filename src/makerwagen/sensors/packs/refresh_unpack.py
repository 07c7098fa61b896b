"""Takes the one table out of what a portal sent: a ZIP of the DWD, a gzip of an archive, or the text itself."""

import gzip
import io
import zipfile
import zlib
from pathlib import PurePosixPath

from makerwagen.errors import MakerwagenError
from makerwagen.sensors.packs.refresh_portal import UNCHANGED

ZIP, GZIP = b"PK", b"\x1f\x8b"
PRODUCT, TABLE = "produkt_", ".txt"
# 550 days of hours are 0.6 MB; a file that grows beyond this is none of ours, or a trap.
MOST_UNPACKED, MOST_MEMBERS = 20_000_000, 200
AGAIN = "it may be cut off, try again"


def text_in(data: bytes, url: str, *, zipped: bool) -> str:
    """Return the text of the table; nothing is ever written to disk under a name that the archive chose."""
    if zipped:
        data = _product(data, url)
    elif data[:2] == GZIP:
        data = _gunzipped(data, url)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if zipped:
            return data.decode("latin-1")  # as the DWD writes
        raise MakerwagenError(f"{url}: what came is no text in UTF-8; {UNCHANGED}; {AGAIN}") from None


def _product(data: bytes, url: str) -> bytes:
    if data[:2] != ZIP:
        raise MakerwagenError(f"{url}: what came is no ZIP file; {UNCHANGED}; open the address in a browser")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, _member(archive, url), url)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise MakerwagenError(f"{url}: the ZIP file is broken ({error}); {UNCHANGED}; {AGAIN}") from None
    except (RuntimeError, NotImplementedError) as error:  # a password, or a way of packing that we do not know
        raise MakerwagenError(f"{url}: the ZIP file cannot be opened ({error}); {UNCHANGED}") from None


def _member(archive: zipfile.ZipFile, url: str) -> zipfile.ZipInfo:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise MakerwagenError(f"{url}: the ZIP file holds {len(members)} files, expected a few; {UNCHANGED}")
    for member in members:
        path = PurePosixPath(member.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in member.filename:
            raise MakerwagenError(
                f"{url}: the ZIP file holds '{member.filename[:80]}', a name that leads out of its folder; "
                f"{UNCHANGED}; "
                "this is no file of the DWD: check the address in pack.yml"
            )
    found = [one for one in members if one.filename.startswith(PRODUCT) and one.filename.endswith(TABLE)]
    if len(found) != 1:
        there = ", ".join(one.filename for one in members[:8]) or "nothing"
        raise MakerwagenError(
            f"{url}: the ZIP file should hold one {PRODUCT}*{TABLE}, it holds: {there}; {UNCHANGED}; "
            "check real.paths in pack.yml"
        )
    return found[0]


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, url: str) -> bytes:
    # The size in the directory may lie; what is really read is counted.
    with archive.open(member) as file:
        data = file.read(MOST_UNPACKED + 1) if member.file_size <= MOST_UNPACKED else b" " * (MOST_UNPACKED + 1)
    return _small_enough(data, url)


def _gunzipped(data: bytes, url: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            return _small_enough(file.read(MOST_UNPACKED + 1), url)
    except (OSError, EOFError, zlib.error) as error:
        raise MakerwagenError(f"{url}: the packed file is broken ({error}); {UNCHANGED}; {AGAIN}") from None


def _small_enough(data: bytes, url: str) -> bytes:
    if len(data) > MOST_UNPACKED:
        raise MakerwagenError(
            f"{url}: unpacked, it is larger than {MOST_UNPACKED // 1_000_000} MB; {UNCHANGED}; "
            "a lesson needs less: name another file in real.paths of pack.yml"
        )
    return data

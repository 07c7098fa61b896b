"""Today's outing: a file in outings/ on the wagon, else the example of the curriculum."""

import datetime
import re
from pathlib import Path

from makerwagen.content.outing import Outing
from makerwagen.errors import MakerwagenError
from makerwagen.load.repository_loader import EXAMPLE_OUTING, Loading

NAME = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9-]+\.yml$")


def load_outing(root: Path, today: datetime.date | None = None) -> Outing:
    """Return the outing of `today`, else the example; of two on one day, the first that is not over yet.

    A file that cannot be read raises MakerwagenError with its problems: on the wagon nobody should plan with another.
    """
    day = today or datetime.date.today()
    outings = [outing for path in _files(root, day) if (outing := _load(root, path)).date == day]
    # An outing that began last evening and goes past midnight is still today's until it ends.
    now = datetime.datetime.now() if today is None else datetime.datetime.combine(day, datetime.time())
    yesterday = day - datetime.timedelta(days=1)
    late = [outing for path in _files(root, yesterday) if (outing := _load(root, path)).ends(yesterday) > now]
    found = sorted((*late, *outings), key=lambda outing: outing.begins(day))
    if not found:
        return _load(root, EXAMPLE_OUTING)
    return next((outing for outing in found if outing.ends(day) > now), found[-1])


def _files(root: Path, day: datetime.date) -> list[str]:
    paths = sorted((root / "outings").glob(f"{day.isoformat()}-*.yml"))
    return [path.relative_to(root).as_posix() for path in paths if NAME.match(path.name)]


def _load(root: Path, path: str) -> Outing:
    loading = Loading(root, files={path})
    if not (root / path).is_file():
        raise MakerwagenError(f"there is no outing: '{path}' is missing; write one, see curriculum/README.md")
    outing = loading.load(Outing, path, Path(path).stem)
    if outing is None:
        raise MakerwagenError(f"the outing cannot be read: {'; '.join(str(problem) for problem in loading.problems)}")
    named = path.rpartition("/")[2][:10]
    if path != EXAMPLE_OUTING and (outing.date is None or outing.date.isoformat() != named):
        raise MakerwagenError(f"{path}: the file's name says {named}, its date says {outing.date}; mend one of them")
    return outing

"""The desk's store: opened and brought up to date; every write is whole and on disk, or did not happen."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError

from makerwagen.desk.refusals import StoreError
from makerwagen.desk.tables import HEAD

MIGRATIONS = Path(__file__).parent / "migrations"
WAIT_S = 10
# What BEGIN IMMEDIATE is to SQLite: who writes waits here for the others, before reading what the writing depends on.
# The desks write a few rows now and then; one after the other they can neither cross nor deadlock.
ONE_WRITER = (f"SET LOCAL lock_timeout = '{WAIT_S}s'", "SELECT pg_advisory_xact_lock(7235011)")


class Store:
    """SQLite in one file, or PostgreSQL by its address where a city runs many wagons."""

    def __init__(self, place: Path | str) -> None:
        """Open a file or an address (postgresql+…://) and bring its tables up to date; else raise StoreError."""
        self.url = _url(place)
        try:
            if self.url.database and self.sqlite:
                Path(self.url.database).parent.mkdir(parents=True, exist_ok=True)
            self.engine = _engine(self.url)
            self._bring_up_to_date()
        except (OSError, ModuleNotFoundError, SQLAlchemyError) as error:
            raise self._failed(error) from error

    @property
    def sqlite(self) -> bool:
        """Say whether it is a file of this computer."""
        return self.url.get_backend_name() == "sqlite"

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are on disk after the block, all of them; or none, with StoreError.

        IntegrityError passes through: whoever inserts what may be there already knows what that means.
        """
        try:
            with self.engine.begin() as connection:
                self._wait_for_writers(connection)
                yield connection
        except IntegrityError:
            raise
        except (DBAPIError, sqlite3.Error) as error:
            raise self._failed(error) from error

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment and holds up nobody."""
        try:
            one_moment = {} if self.sqlite else {"isolation_level": "REPEATABLE READ"}
            with self.engine.connect().execution_options(reading=True, **one_moment) as connection:
                yield connection
        except (DBAPIError, sqlite3.Error) as error:
            raise self._failed(error) from error

    def _bring_up_to_date(self) -> None:
        with self.engine.begin() as connection:
            self._wait_for_writers(connection)
            found = None
            if inspect(connection).has_table("alembic_version"):
                found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
            if found != HEAD:
                migrate(connection)

    def _wait_for_writers(self, connection: Connection) -> None:
        for statement in () if self.sqlite else ONE_WRITER:
            connection.execute(text(statement))

    def _failed(self, error: Exception) -> StoreError:
        place = self.url.render_as_string(hide_password=True)
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        return StoreError(
            f"the desk's store '{place}' cannot be used: {reason}; this step was not written down, "
            "all earlier ones were. Is the disk full or read-only, or the database away?"
        )


def migrate(connection: Connection, to: str = "head") -> None:
    """Bring the tables of a connection to a revision; a revision that nobody knows raises StoreError."""
    # Only a new or an old store needs Alembic; the others open without it.
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise StoreError(
            f"the desk's store was made by another version of makerwagen ({error}); update, or move it away"
        ) from error


def _url(place: Path | str) -> URL:
    if isinstance(place, Path):
        return URL.create("sqlite", database=str(place))
    try:
        return make_url(place)
    except ArgumentError as error:
        raise StoreError(f"'{place}' is no address of a store; give a file or postgresql+psycopg://…") from error


def _engine(url: URL) -> Engine:
    try:
        if url.get_backend_name() != "sqlite":
            return create_engine(url, pool_pre_ping=True)
        engine = create_engine(url, connect_args={"timeout": WAIT_S})
    except NoSuchModuleError as error:
        raise StoreError(
            f"makerwagen knows no store of the kind '{url.drivername}'; use SQLite or PostgreSQL"
        ) from error
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: Any, _record: object) -> None:
    # The driver must not open transactions by its own rules: _begin does, so that tables are made whole too.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    # With WAL only FULL waits for the disk at each commit; START_INTENT promises just that.
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    # IMMEDIATE: who writes waits here, before reading what the writing depends on.
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

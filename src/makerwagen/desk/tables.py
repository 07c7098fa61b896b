"""The tables of the desk's store. What they were before is in migrations/; a test holds that both agree."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

HEAD = "first_tables"  # the newest migration: a store that is there already needs no Alembic to be opened
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_N_label)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
# Moments are seconds since 1970. `by` is a role or a desk's word for its educator, never a child.
outings = Table(
    "outings",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("content", JSON, nullable=False),
    Column("group_number", Integer, nullable=False),
    Column("opened_at", Float, nullable=False),
    Column("closed_at", Float),
)
seats = Table(
    "seats",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("outing", ForeignKey("outings.id"), nullable=False),
    Column("group_number", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("animal", String(40), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("ended_at", Float),
    UniqueConstraint("outing", "group_number", "number"),
)
pieces = Table(
    "pieces",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seat", ForeignKey("seats.id"), nullable=False),
    Column("outing", ForeignKey("outings.id"), nullable=False),
    # The laptop's word for "this very piece": sent twice, it is stored once.
    Column("key", String(80), nullable=False),
    Column("model", String(80), nullable=False),
    Column("parameters", JSON, nullable=False),
    Column("lesson", String(80), nullable=False),
    Column("state", String(20), nullable=False),
    Column("received_at", Float, nullable=False),
    Column("green", Boolean),
    Column("findings", JSON),
    Column("seconds", Float),
    Column("grams", Float),
    Column("reason", Text, nullable=False, server_default=""),
    Column("decided_by", String(40), nullable=False, server_default=""),
    UniqueConstraint("seat", "key"),
    Index(None, "outing", "state"),
)
plates = Table(
    "plates",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("outing", ForeignKey("outings.id"), nullable=False),
    Column("profile", String(80), nullable=False),
    Column("state", String(20), nullable=False),
    # Counts its changes: what was sliced from an earlier content is not taken for this one.
    Column("version", Integer, nullable=False),
    Column("sha256", String(64)),
    Column("seconds", Float),
    Column("grams", Float),
    Column("made_at", Float, nullable=False),
)
plate_pieces = Table(
    "plate_pieces",
    metadata,
    # A piece lies on one plate at most.
    Column("piece", ForeignKey("pieces.id"), primary_key=True),
    Column("plate", ForeignKey("plates.id"), nullable=False, index=True),
)
printers = Table(
    "printers",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("profile", String(80), nullable=False),
    Column("grams_left", Float, nullable=False),
    Column("bed", String(20), nullable=False),
)
bed_moves = Table(
    "bed_moves",
    metadata,
    # Their order is their number: the wagon's clock may jump after a power cut.
    Column("id", Integer, primary_key=True),
    Column("printer", ForeignKey("printers.id"), nullable=False, index=True),
    Column("state", String(20), nullable=False),
    Column("person", Boolean, nullable=False),
    Column("by", String(40), nullable=False),
    Column("attempt", ForeignKey("attempts.id")),
    Column("at", Float, nullable=False),
)
releases = Table(
    "releases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("nonce", String(32), nullable=False, unique=True),
    Column("plate", ForeignKey("plates.id"), nullable=False, index=True),
    Column("sha256", String(64), nullable=False),
    Column("printer", ForeignKey("printers.id"), nullable=False),
    Column("outing", ForeignKey("outings.id"), nullable=False),
    Column("by", String(40), nullable=False),
    Column("at", Float, nullable=False),
    Column("voided_at", Float),
    Column("consumed_at", Float),
)
attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("release", ForeignKey("releases.id"), nullable=False, index=True),
    Column("plate", ForeignKey("plates.id"), nullable=False),
    Column("printer", ForeignKey("printers.id"), nullable=False),
    Column("sha256", String(64), nullable=False),
    # The name on the printer, never used again: what the printer says can only mean this attempt.
    Column("file", String(80), nullable=False, unique=True),
    Column("by", String(40), nullable=False),
    Column("at", Float, nullable=False),
)
attempt_moves = Table(
    "attempt_moves",
    metadata,
    # The key is the compare-and-set: two that saw the same state cannot both write the next one.
    Column("attempt", ForeignKey("attempts.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("state", String(20), nullable=False),
    Column("by", String(40), nullable=False),
    Column("note", Text, nullable=False),
    Column("at", Float, nullable=False),
)
claims = Table(
    "claims",
    metadata,
    # One row per open attempt: at most one per printer and per plate.
    Column("printer", ForeignKey("printers.id"), primary_key=True),
    Column("plate", ForeignKey("plates.id"), nullable=False, unique=True),
    Column("attempt", ForeignKey("attempts.id"), nullable=False, unique=True),
)
verdicts = Table(
    "verdicts",
    metadata,
    Column("attempt", ForeignKey("attempts.id"), primary_key=True),
    Column("piece", ForeignKey("pieces.id"), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("by", String(40), nullable=False),
    Column("at", Float, nullable=False),
)
paper_jobs = Table(
    "paper_jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(80), nullable=False, unique=True),
    Column("outing", ForeignKey("outings.id"), nullable=False, index=True),
    Column("sheet", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("copies", Integer, nullable=False),
    Column("duplex", Boolean, nullable=False),
    Column("state", String(20), nullable=False),
    Column("printers_number", Integer),
    Column("at", Float, nullable=False),
)
# Written once, never changed or taken away; migrations/ make the database itself refuse it.
APPEND_ONLY = ("attempts", "attempt_moves", "bed_moves", "verdicts")

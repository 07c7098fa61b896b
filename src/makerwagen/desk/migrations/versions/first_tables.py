"""The first tables of the desk, and the database's own refusal to rewrite what happened."""

import sqlalchemy as sa
from alembic import op

revision = "first_tables"
down_revision = None
# As they were at this step; never import them from tables.py, which goes on changing.
APPEND_ONLY = ("attempts", "attempt_moves", "bed_moves", "verdicts")


def upgrade() -> None:
    """Make every table, then guard those that are only appended to."""
    _outings()
    _pieces()
    _plates()
    _attempts()
    _moves()
    _paper()
    for table in APPEND_ONLY:
        _only_append(table)


def _only_append(table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is only appended to'); END"
            )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {table}_stays() RETURNS trigger AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is only appended to'; END $$ LANGUAGE plpgsql"
    )
    op.execute(
        f"CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_stays()"
    )


def _outings() -> None:
    op.create_table(
        "outings",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.Float(), nullable=False),
        sa.Column("closed_at", sa.Float(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outings")),
    )
    op.create_table(
        "printers",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("profile", sa.String(length=80), nullable=False),
        sa.Column("grams_left", sa.Float(), nullable=False),
        sa.Column("bed", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_printers")),
    )
    op.create_table(
        "seats",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outing", sa.String(length=80), nullable=False),
        sa.Column("group_number", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("animal", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("ended_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["outing"], ["outings.id"], name=op.f("fk_seats_outing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seats")),
        sa.UniqueConstraint("outing", "group_number", "number", name=op.f("uq_seats_outing_group_number_number")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_seats_token_hash")),
    )


def _pieces() -> None:
    op.create_table(
        "pieces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("outing", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("model", sa.String(length=80), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("lesson", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("received_at", sa.Float(), nullable=False),
        sa.Column("green", sa.Boolean(), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("grams", sa.Float(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("decided_by", sa.String(length=40), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["outing"], ["outings.id"], name=op.f("fk_pieces_outing")),
        sa.ForeignKeyConstraint(["seat"], ["seats.id"], name=op.f("fk_pieces_seat")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pieces")),
        sa.UniqueConstraint("seat", "key", name=op.f("uq_pieces_seat_key")),
    )
    op.create_index(op.f("ix_pieces_outing_pieces_state"), "pieces", ["outing", "state"], unique=False)


def _plates() -> None:
    op.create_table(
        "plates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outing", sa.String(length=80), nullable=False),
        sa.Column("profile", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("seconds", sa.Float(), nullable=True),
        sa.Column("grams", sa.Float(), nullable=True),
        sa.Column("made_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["outing"], ["outings.id"], name=op.f("fk_plates_outing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plates")),
    )
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("plate", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("printer", sa.String(length=80), nullable=False),
        sa.Column("outing", sa.String(length=80), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("voided_at", sa.Float(), nullable=True),
        sa.Column("consumed_at", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["outing"], ["outings.id"], name=op.f("fk_releases_outing")),
        sa.ForeignKeyConstraint(["plate"], ["plates.id"], name=op.f("fk_releases_plate")),
        sa.ForeignKeyConstraint(["printer"], ["printers.id"], name=op.f("fk_releases_printer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_releases")),
        sa.UniqueConstraint("nonce", name=op.f("uq_releases_nonce")),
    )
    op.create_index(op.f("ix_releases_plate"), "releases", ["plate"], unique=False)
    op.create_table(
        "plate_pieces",
        sa.Column("piece", sa.Integer(), nullable=False),
        sa.Column("plate", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["piece"], ["pieces.id"], name=op.f("fk_plate_pieces_piece")),
        sa.ForeignKeyConstraint(["plate"], ["plates.id"], name=op.f("fk_plate_pieces_plate")),
        sa.PrimaryKeyConstraint("piece", name=op.f("pk_plate_pieces")),
    )
    op.create_index(op.f("ix_plate_pieces_plate"), "plate_pieces", ["plate"], unique=False)


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("plate", sa.Integer(), nullable=False),
        sa.Column("printer", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file", sa.String(length=80), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["plate"], ["plates.id"], name=op.f("fk_attempts_plate")),
        sa.ForeignKeyConstraint(["printer"], ["printers.id"], name=op.f("fk_attempts_printer")),
        sa.ForeignKeyConstraint(["release"], ["releases.id"], name=op.f("fk_attempts_release")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
        sa.UniqueConstraint("file", name=op.f("uq_attempts_file")),
    )
    op.create_index(op.f("ix_attempts_release"), "attempts", ["release"], unique=False)
    op.create_table(
        "attempt_moves",
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["attempt"], ["attempts.id"], name=op.f("fk_attempt_moves_attempt")),
        sa.PrimaryKeyConstraint("attempt", "number", name=op.f("pk_attempt_moves")),
    )
    op.create_table(
        "claims",
        sa.Column("printer", sa.String(length=80), nullable=False),
        sa.Column("plate", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attempt"], ["attempts.id"], name=op.f("fk_claims_attempt")),
        sa.ForeignKeyConstraint(["plate"], ["plates.id"], name=op.f("fk_claims_plate")),
        sa.ForeignKeyConstraint(["printer"], ["printers.id"], name=op.f("fk_claims_printer")),
        sa.PrimaryKeyConstraint("printer", name=op.f("pk_claims")),
        sa.UniqueConstraint("attempt", name=op.f("uq_claims_attempt")),
        sa.UniqueConstraint("plate", name=op.f("uq_claims_plate")),
    )


def _moves() -> None:
    op.create_table(
        "bed_moves",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("printer", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("person", sa.Boolean(), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["attempt"], ["attempts.id"], name=op.f("fk_bed_moves_attempt")),
        sa.ForeignKeyConstraint(["printer"], ["printers.id"], name=op.f("fk_bed_moves_printer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bed_moves")),
    )
    op.create_index(op.f("ix_bed_moves_printer"), "bed_moves", ["printer"], unique=False)
    op.create_table(
        "verdicts",
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("piece", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("by", sa.String(length=40), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["attempt"], ["attempts.id"], name=op.f("fk_verdicts_attempt")),
        sa.ForeignKeyConstraint(["piece"], ["pieces.id"], name=op.f("fk_verdicts_piece")),
        sa.PrimaryKeyConstraint("attempt", "piece", name=op.f("pk_verdicts")),
    )


def _paper() -> None:
    op.create_table(
        "paper_jobs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("outing", sa.String(length=80), nullable=False),
        sa.Column("sheet", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("duplex", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("printers_number", sa.Integer(), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["outing"], ["outings.id"], name=op.f("fk_paper_jobs_outing")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_jobs")),
        sa.UniqueConstraint("key", name=op.f("uq_paper_jobs_key")),
    )
    op.create_index(op.f("ix_paper_jobs_outing"), "paper_jobs", ["outing"], unique=False)

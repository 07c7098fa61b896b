"""How a state changes in the store: read, asked of its table, and written only if it is still what was read."""

from sqlalchemy import Connection, Table, select, update

from makerwagen.desk import states
from makerwagen.desk.refusals import Reason, RefusalError
from makerwagen.desk.tables import pieces, plates


def move_piece(connection: Connection, piece: int, to: states.Piece, **values: object) -> None:
    """Bring a piece into another state, with whatever is known of it now."""
    move_row(connection, pieces, piece, to=to, values=values)


def move_plate(connection: Connection, plate: int, to: states.Plate, **values: object) -> None:
    """Bring a plate into another state."""
    move_row(connection, plates, plate, to=to, values=values)


def move_row(
    connection: Connection, table: Table, row: int, *, to: states.Piece | states.Plate, values: dict[str, object]
) -> None:
    """Move one row by its table of moves; raise RefusalError when it is missing or another was faster."""
    found = connection.execute(select(table.c.state).where(table.c.id == row)).scalar()
    if found is None:
        raise RefusalError(Reason.NOT_FOUND, f"there is no {table.name[:-1]} {row}")
    # `to` says of which kind the state is.
    states.move(type(to)(found), to)
    here = (table.c.id == row) & (table.c.state == found)
    if connection.execute(update(table).where(here).values(state=to, **values)).rowcount != 1:
        raise RefusalError(Reason.WRONG_STATE, f"{table.name[:-1]} {row} is no longer {found}; look again")

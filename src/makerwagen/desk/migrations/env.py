"""What Alembic runs: the steps in versions/, on the connection that it is given."""

from alembic import context

from makerwagen.desk.tables import metadata

# Triggers and the tables' remaking need the caller's own transaction, so Alembic opens none.
context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, transactional_ddl=False)
context.run_migrations()

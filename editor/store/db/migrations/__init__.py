"""The migrations from each schema of a desk to the next, run by alembic."""

"""The steps from each schema of a desk to the next, run by alembic when one is needed."""

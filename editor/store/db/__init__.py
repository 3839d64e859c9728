"""The database file: engine, schema, migrations, lock, and its errors in our words."""

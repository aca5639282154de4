"""The database, on SQLite and PostgreSQL."""

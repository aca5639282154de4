"""Migrations, run by storage.schema."""

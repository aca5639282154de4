"""The rules of a campaign as data and pure functions: no database, no clock of its own."""

"""The talks: one plain generator function per file."""

"""Lists that people send, read into rows: one reader for every import."""

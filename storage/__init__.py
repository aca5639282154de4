"""Plain functions over a given database connection; constraints state the rules."""

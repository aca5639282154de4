"""Files that are printed or handed on, drawn from the facts that a paper gathered, without a database."""

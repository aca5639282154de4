"""What is printed or handed on as a file: drawn from a dossier, without a database."""

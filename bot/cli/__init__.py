"""The command line, split by subject; a command's module is imported when the command is called."""

"""`anzhu`, also `python -m bot`."""

import sys

from bot.cli.entry import run
from storage.modes import close_to_others


def main() -> None:
    """Run one command and exit with its code."""
    close_to_others()
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()

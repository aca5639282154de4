"""`anzhu`, also `python -m bot`."""

import sys

from bot.cli.entry import run


def main() -> None:
    """Run one command and exit with its code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()

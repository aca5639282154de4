"""`anzhu`, also `python -m bot`."""

import gc
import sys
import warnings

from bot.cli.entry import run
from storage.modes import close_to_others


def main() -> None:
    """Run one command and exit with its code."""
    close_to_others()
    # A start makes half a million objects that live as long as the process: looking at them at every 700 new ones, as
    # Python does unless told otherwise, is a tenth of the time that a command takes.
    gc.set_threshold(50_000, 20, 100)
    if not sys.warnoptions and not sys.flags.dev_mode:
        # What a library warns of is in its own words, with a path of ours, and for its programmers.
        warnings.simplefilter("ignore")
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()

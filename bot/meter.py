"""What a process counts while it works. Where nobody asks for figures nothing is counted."""

from storage.outbox import Claimed
from storage.sending import Unsent
from talk.messages import Outcome


class Meter:
    """Is told what was done and how long it took, in seconds, and forgets it."""

    def step(self, outcome: str, seconds: float) -> None:
        """Note that a message was taken, from its arrival until the commit: `taken`, `repeated`, `failed`, `away`."""

    def sent(self, letter: Claimed, outcome: Outcome | Unsent, seconds: float) -> None:
        """Note what came of sending a letter, its waiting for its slot included."""

    def paper(self, outcome: str, seconds: float) -> None:
        """Note what came of drawing a paper: `sent`, `failed`, `later` (it is tried again)."""

    def round(self, outcome: str, seconds: float) -> None:
        """Note that a round of the clockwork was run: `done`, `failed`, `refused`."""

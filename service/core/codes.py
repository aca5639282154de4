"""Codes and tokens: made from the seed of a job, and compared as people type them."""

import hashlib
import hmac
from unicodedata import normalize

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 letters and digits without 0 O 1 I: codes are read aloud and typed."""


def plain_code(typed: str) -> str:
    """Return a code as it is compared: people add spaces, dashes and small letters, full-width ones too."""
    return "".join(letter for letter in normalize("NFKC", typed).upper() if letter in CODE_LETTERS)


class Fresh:
    """Codes and tokens of one job, from a seed that comes as an argument: running twice gives the same."""

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._count = 0

    def letters(self, number: int) -> str:
        """Return so many of `CODE_LETTERS`, 5 bits of randomness each; at most 32."""
        self._count += 1
        noise = hmac.digest(self._seed, self._count.to_bytes(4, "big"), hashlib.sha256)
        return "".join(CODE_LETTERS[byte % 32] for byte in noise[:number])

    def code(self) -> str:
        """Return a code for people: K7Q4-M2PX, 40 bits."""
        letters = self.letters(8)
        return f"{letters[:4]}-{letters[4:]}"

    def invitation(self) -> str:
        """Return the code of an invitation: K7Q4-M2PX-9RTB, 60 bits, which nobody guesses however many try."""
        letters = self.letters(12)
        return f"{letters[:4]}-{letters[4:8]}-{letters[8:]}"

    def token(self) -> str:
        """Return the token of a prompt, 60 bits: it names a prompt and gives no right by itself."""
        return self.letters(12)

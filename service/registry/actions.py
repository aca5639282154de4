"""The buttons about what an enterprise says of a risk against the registry, by the number of the proposal."""

from typing import Final

from talk.actions import NUMBER, action

ADOPT: Final = action("adopt", NUMBER)
"""采纳: the registry is changed as proposed."""
DISMISS: Final = action("dismiss", NUMBER)
"""不采纳."""

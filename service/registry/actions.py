"""The buttons about the registry: what an enterprise says of a risk against it, by the number of the proposal; how an
enterprise stands, and its telephone numbers, by its code.
"""

from typing import Final

from talk.actions import NUMBER, WORD, action

ADOPT: Final = action("adopt", NUMBER)
"""采纳: the registry is changed as proposed."""
DISMISS: Final = action("dismiss", NUMBER)
"""不采纳."""

STATE: Final = action("firm-state", WORD)
"""企业状态, with what was entered of it."""
ENTER_STATE: Final = action("firm-state-enter", WORD)
"""登记变更."""
STATE_BACK: Final = action("firm-state-back", NUMBER)
"""撤回, by the number of the entry."""

TELEPHONES: Final = action("firm-phones", WORD)
"""联系电话 of an enterprise."""
CORRECT_TELEPHONE: Final = action("firm-phone-correct", WORD)
"""更正电话."""

"""The talks whose subjects are not converted yet."""

from collections.abc import Mapping

from bot.bureau_kinds import BUREAU_KINDS
from service.core.talk_spec import OldTalkSpec

KINDS: Mapping[str, OldTalkSpec] = BUREAU_KINDS
"""As stored."""

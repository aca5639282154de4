"""The talks whose subjects are not converted yet."""

from collections.abc import Mapping

from service.core.talk_spec import OldTalkSpec

KINDS: Mapping[str, OldTalkSpec] = {}
"""As stored."""

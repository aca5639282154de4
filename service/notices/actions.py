"""What can be started about notices: two commands, and the buttons of their cards. A notice goes by its number."""

from typing import Final

from talk.actions import MAYBE, NUMBER, PAGE, WORD, Command, action

WRITE_COMMAND: Final = Command("notice")
LIST_COMMAND: Final = Command("notices")

SHOW: Final = action("notice", NUMBER)
LIST: Final = action("notices", PAGE)
WRITE: Final = action("notice-new")
REFRESH: Final = action("notice-refresh", NUMBER, MAYBE)
"""刷新; the second argument names the showing of the card that is renewed in place."""
CONFIRM: Final = action("notice-send", NUMBER, WORD)
"""确认发送; the second argument is the digest of what was shown."""
REWRITE: Final = action("notice-edit", NUMBER)
"""修改, before it is sent."""
DROP: Final = action("notice-drop", NUMBER)
"""不发了, before it is sent."""
STOP: Final = action("notice-stop", NUMBER)
"""停止发送."""
RESUME: Final = action("notice-resume", NUMBER)
"""继续发送."""
REMIND: Final = action("notice-remind", NUMBER)
"""催办."""
PHONES: Final = action("notice-phones", NUMBER)
"""电话名单, in the chat."""
EXPORT: Final = action("notice-export", NUMBER)
"""导出回执."""
NOTED: Final = action("notice-noted", NUMBER)
"""已知悉."""
ANSWER: Final = action("notice-answer", NUMBER, MAYBE)
"""填写答复 for one enterprise (its code) or district; older buttons name none."""
ANSWERS: Final = action("notice-answers", NUMBER, PAGE)
"""Of which of one's enterprises or districts the answer is to be given."""

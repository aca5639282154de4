"""What can be started about spot checks (抽查): the command, and the buttons of the cards."""

from typing import Final

from campaign.checks import PLANNED, RECORDED
from talk.actions import MAYBE, NUMBER, PAGE, WORD, Command, action, one_of

OVERVIEW: Final = Command("checks")
SIGNATURE: Final = Command("sign")
"""A one-time code, by which an inspector without the bot signs on a colleague's phone."""

LIST: Final = action("checks", one_of((PLANNED, RECORDED)), NUMBER, PAGE)
"""The checks that are planned, or were made, of a place by its number."""
SHOW: Final = action("spot", NUMBER)
"""A check, by its number."""
PICK: Final = action("check-add", MAYBE)
"""加企业. As with the others that plan, the last argument is the number of the place; older buttons have none."""
PLAN: Final = action("check-plan", WORD)
"""One enterprise is planned, by its code."""
SUGGESTIONS: Final = action("check-suggested", PAGE, MAYBE)
"""建议名单."""
PLAN_SUGGESTED: Final = action("check-adopt", WORD)
"""One enterprise is planned as suggested, by its code."""
DRAW: Final = action("check-draw", MAYBE)
"""随机抽取."""
SHOW_DRAW: Final = action("check-drawn", NUMBER)
"""A draw, by its number."""
RECORD: Final = action("check-record", NUMBER)
"""登记结果."""
DROP: Final = action("check-drop", NUMBER)
"""撤下."""
SIGN: Final = action("check-sign", NUMBER)
"""签名 of whoever is named as an inspector."""
OBJECT: Final = action("check-object", NUMBER)
"""有异议 of whoever is named as an inspector."""
GIVE_CODE: Final = action("check-code", NUMBER, NUMBER)
"""发签名码 for a check, to an inspector without the bot."""
SIGN_BY_CODE: Final = action("check-sign-by", WORD)
"""签名 by a code."""
TO_SIGN: Final = action("check-to-sign", NUMBER, PAGE)
"""待签名 of a place by its number."""
MADE: Final = action("checks-of", WORD, PAGE)
"""抽查记录 of an enterprise, by its code: what was entered."""
REPORT_HAZARD: Final = action("check-hazard", NUMBER)
"""录入隐患 that was found in a check."""
HAZARDS: Final = action("check-hazards", NUMBER, PAGE)
"""查看隐患 of a check."""
PHOTOS: Final = action("check-photos", NUMBER, PAGE)
"""查看照片 of a check."""
TAKE_BACK: Final = action("check-take-back", NUMBER)
"""冲销."""
INSPECTORS: Final = action("check-inspectors", PAGE, MAYBE)
"""执法人员."""
NAME_INSPECTORS: Final = action("check-name", MAYBE)
"""加人员."""
DISMISS: Final = action("check-inspector-gone", NUMBER)
"""移出 of an inspector."""

"""What staff decide about the registry: what an enterprise says of a risk, how an enterprise stands, its telephone
numbers.
"""

from functools import partial
from typing import Final

from bot.dialogs import enterprise_state, telephone
from bot.handlers.subject import Subject
from campaign.talks.registry import StateBackBrief, StateBrief, TelephoneBrief
from service.core.talk_spec import TalkSpec
from service.registry import actions, entering, phone_numbers, risks
from talk.texts import Say

SUBJECT: Final = Subject()

SUBJECT.talk(
    TalkSpec(
        brief=StateBrief,
        dialog=enterprise_state.enter,
        title=lambda brief: Say("state-title", place=brief.place),
        permission=entering.to_enter,
        finish=entering.entered,
        hears=entering.hears,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=StateBackBrief,
        dialog=enterprise_state.take_back,
        title=lambda brief: Say("state-back-title", place=brief.place),
        permission=entering.to_take_back,
        finish=entering.taken_back,
    )
)

SUBJECT.talk(
    TalkSpec(
        brief=TelephoneBrief,
        dialog=telephone.correct,
        title=lambda brief: Say("telephone-title", place=brief.place),
        permission=phone_numbers.to_correct,
        finish=phone_numbers.corrected,
    )
)

SUBJECT.on(actions.ADOPT)(partial(risks.decide, accept=True))
SUBJECT.on(actions.DISMISS)(partial(risks.decide, accept=False))
SUBJECT.on(actions.TELEPHONES)(phone_numbers.show)
SUBJECT.on(actions.CORRECT_TELEPHONE)(phone_numbers.begin)
SUBJECT.on(actions.STATE)(entering.card)
SUBJECT.on(actions.ENTER_STATE)(entering.begin)
SUBJECT.on(actions.STATE_BACK)(entering.begin_back)

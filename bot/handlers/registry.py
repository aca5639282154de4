"""What staff decide about the registry: what an enterprise says of a risk, and how an enterprise stands."""

from functools import partial
from typing import Final

from bot.dialogs import enterprise_state
from bot.handlers.subject import Subject
from campaign.talks.registry import StateBackBrief, StateBrief
from service.core.talk_spec import TalkSpec
from service.registry import actions, entering, risks
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

SUBJECT.on(actions.ADOPT)(partial(risks.decide, accept=True))
SUBJECT.on(actions.DISMISS)(partial(risks.decide, accept=False))
SUBJECT.on(actions.STATE)(entering.card)
SUBJECT.on(actions.ENTER_STATE)(entering.begin)
SUBJECT.on(actions.STATE_BACK)(entering.begin_back)

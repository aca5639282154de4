"""/hazards and /report, what the buttons of a hazard's card do, and the talks about hazards."""

from typing import Final

from bot.dialogs import hazard_staff, hazards, rectifying
from bot.dialogs.criteria import criteria_check
from bot.dialogs.weekly import check_in
from bot.handlers.subject import Subject
from campaign.talks.criteria import CriteriaCheckBrief
from campaign.talks.hazards import (
    HazardDecisionBrief,
    HazardListingBrief,
    HazardPlanBrief,
    HazardReportBrief,
    HazardUpdateBrief,
    Reported,
    WeeklyBrief,
    WhichEnterpriseBrief,
)
from service.checks.actions import SHOW as SHOW_CHECK
from service.core.letters import Draft
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties.talks import answer_anew, duty_talk, never
from service.hazards import actions, cards, criteria, talks, weekly
from storage.conversations import Conversation
from talk.actions import is_row_number
from talk.texts import Say

SUBJECT: Final = Subject()
CLOSED: Final = ("closed", "已销号")
"""What is typed after /hazards for the closed ones."""


def _found(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: HazardReportBrief, result: Reported) -> None:
    back = () if brief.check is None else (SHOW_CHECK.tap(Say("option-spot"), brief.check),)
    talks.found(uow, me, talk, brief, result, back=back)


SUBJECT.talk(
    TalkSpec(
        brief=HazardReportBrief,
        dialog=hazards.report,
        title=lambda brief: Say("report-title", name=brief.name),
        permission=talks.to_report,
        finish=_found,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=HazardPlanBrief,
        dialog=hazards.plan,
        title=lambda brief: Say("plan-title", number=brief.number),
        permission=talks.to_plan,
        which=talks.which_hazard,
        finish=talks.planned,
        answer_anew=answer_anew,
    )
)
SUBJECT.opens(HazardPlanBrief.talk)(talks.begin_report_duty)
SUBJECT.talk(
    TalkSpec(
        brief=HazardUpdateBrief,
        dialog=rectifying.update,
        title=lambda brief: Say("update-title", number=brief.hazard.number),
        permission=talks.to_update,
        which=talks.which_hazard,
        finish=talks.updated,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=HazardDecisionBrief,
        dialog=hazard_staff.decide,
        title=lambda brief: Say("decide-title", act=brief.act, number=brief.number),
        permission=talks.to_decide,
        which=talks.which_hazard,
        finish=talks.decided,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=HazardListingBrief,
        dialog=hazard_staff.listing,
        title=lambda brief: Say("listing-title", number=brief.number),
        permission=talks.to_list,
        finish=talks.listed,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=WhichEnterpriseBrief,
        dialog=hazard_staff.which,
        title=lambda _: Say("which-title"),
        permission=talks.to_name,
        finish=talks.which,
    )
)
# Both tell the ledger one thing for each hazard, which its own people must have seen.
SUBJECT.talk(
    duty_talk(
        CriteriaCheckBrief,
        criteria_check,
        criteria.brief,
        bundled=False,
        by_phone=never,
        counts=criteria.enter,
        renew=criteria.renewed,
    )
)
SUBJECT.talk(
    duty_talk(
        WeeklyBrief,
        check_in,
        weekly.brief,
        finish=weekly.checked,
        bundled=False,
        by_phone=never,
        which=talks.which_of_week,
    )
)


@SUBJECT.command(actions.LEDGER)
def ledger(uow: UnitOfWork, me: Speaker, argument: str) -> Draft:
    """/hazards: what is open, most urgent first; `/hazards 41` the card of one, `/hazards 已销号` the closed; with
    a piece of its name, or its code, those of one enterprise.
    """
    if is_row_number(argument):
        return cards.of_number(uow, me, int(argument))
    closed = argument in CLOSED
    return cards.ledger_page(uow, me, closed, 1, "" if closed else argument)


SUBJECT.on(actions.LIST)(cards.ledger_page)
SUBJECT.on(actions.SHOW)(cards.of_number)
SUBJECT.on(actions.HISTORY)(cards.history)
SUBJECT.on(actions.PHOTOS)(cards.photos)
SUBJECT.command(actions.REPORTING)(talks.report)
SUBJECT.on(actions.REPORT)(talks.report)
SUBJECT.on(actions.PLAN)(talks.begin_plan)
SUBJECT.on(actions.UPDATE)(talks.begin_update)
SUBJECT.on(actions.DECIDE)(talks.begin_decision)
SUBJECT.on(actions.PUT_ON_LIST)(talks.begin_listing)

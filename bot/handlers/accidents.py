"""/accident 事故报告, the buttons of its cards, and its talk."""

from typing import Final

from bot.dialogs import accident
from bot.handlers.subject import Subject
from campaign.talks.accidents import AccidentBrief
from service.accidents import actions, reports
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from talk.texts import Say

SUBJECT: Final = Subject()

SUBJECT.talk(
    TalkSpec(
        brief=AccidentBrief,
        dialog=accident.report,
        title=lambda brief: Say("accident-title", name=brief.name),
        permission=reports.to_report,
        finish=reports.filed,
    )
)


@SUBJECT.command(actions.REPORTING)
def asked(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/accident: report one, or see those of late."""
    del argument
    reports.asked(uow, me)


SUBJECT.on(actions.REPORT)(reports.begin)
SUBJECT.on(actions.ADD)(reports.begin_addition)
SUBJECT.on(actions.SHOW)(reports.card)
SUBJECT.on(actions.SEEN)(reports.noted)
SUBJECT.on(actions.LIST)(reports.listing)

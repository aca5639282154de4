"""/notice and /notices, and what the buttons under a notice do."""

from typing import Final

from bot.dialogs import form, notice
from bot.handlers.subject import Subject
from campaign.talks.notices import NoticeAnswerBrief, NoticeBrief
from service.core.letters import Draft
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from service.notices import actions, broadcast, cards, writing
from service.notices import receipts as notice_receipts
from talk.actions import is_row_number
from talk.texts import Say

SUBJECT: Final = Subject()

SUBJECT.talk(
    TalkSpec(
        brief=NoticeBrief,
        dialog=notice.notice,
        title=lambda _: Say("notice-write-title"),
        permission=writing.to_write,
        finish=writing.written,
        discarded=writing.kept,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=NoticeAnswerBrief,
        dialog=form.form,
        title=lambda brief: Say("notice-answer-title", title=brief.title),
        permission=notice_receipts.to_answer,
        finish=notice_receipts.answered,
    )
)

SUBJECT.command(actions.WRITE_COMMAND)(writing.begin)
SUBJECT.on(actions.WRITE)(writing.begin)
SUBJECT.on(actions.REWRITE)(writing.rewrite)
SUBJECT.on(actions.DROP)(writing.drop)
SUBJECT.on(actions.CONFIRM)(writing.confirm)
SUBJECT.on(actions.LIST)(cards.listing)
SUBJECT.on(actions.SHOW)(broadcast.show)
SUBJECT.on(actions.REFRESH)(broadcast.show)
SUBJECT.on(actions.STOP)(broadcast.stop)
SUBJECT.on(actions.RESUME)(broadcast.resume)
SUBJECT.on(actions.REMIND)(broadcast.remind)
SUBJECT.on(actions.PHONES)(notice_receipts.phones)
SUBJECT.on(actions.EXPORT)(notice_receipts.export)
SUBJECT.on(actions.NOTED)(notice_receipts.acknowledge)
SUBJECT.on(actions.ANSWER)(notice_receipts.begin_answer)
SUBJECT.on(actions.ANSWERS)(notice_receipts.which_answer)


@SUBJECT.command(actions.LIST_COMMAND)
def listing(uow: UnitOfWork, me: Speaker, argument: str) -> Draft:
    """Return the notices of one's bureau, or those that one got; `2` the second page."""
    return cards.listing(uow, me, int(argument) if is_row_number(argument) else 1)

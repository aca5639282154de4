"""/tasks and what the buttons of a duty's card do; /back, /cancel, /receipt."""

from collections.abc import Callable
from typing import Final

from bot.dialogs import by_phone as by_phone_dialog
from bot.dialogs import dispatch, form, people, plain
from bot.dialogs import explain as explain_dialog
from bot.handlers.arguments import is_id
from bot.handlers.me import commands
from bot.handlers.subject import Subject
from bot.subjects import TALKS
from campaign.talks.duties import (
    ByPhoneBrief,
    DispatchBrief,
    DutyFacts,
    ExplainBrief,
    FormBrief,
    GiveBackBrief,
    PlainBrief,
)
from service.core.duty_talk import OwnedDuty
from service.core.letters import answer, send
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from service.district import coverage
from service.duties import answers as told
from service.duties import bundles, by_phone, cards, delegation, forms, lists, problems, receipts
from service.duties import filling as service
from service.duties.owned import may_fill, of_person, visible
from service.duties.talks import answer_anew, duty_talk
from service.hazards.cards import counted
from service.talks import flow
from storage.duties import UNDONE, receipts_of
from talk.actions import Tap
from talk.texts import Say

SUBJECT: Final = Subject()


def _form_brief(uow: UnitOfWork, owned: OwnedDuty, facts: DutyFacts) -> FormBrief:
    return forms.brief(uow, owned, facts, coverage.numbers)


SUBJECT.talk(
    duty_talk(
        DispatchBrief,
        dispatch.monthly_dispatch,
        service.dispatch_brief,
        first=((Say("dispatch-held-yes"), "yes"), (Say("dispatch-held-no"), "no")),
        counts=problems.told,
    )
)
SUBJECT.talk(duty_talk(PlainBrief, plain.plain_report, lambda _uow, _owned, facts: PlainBrief(**facts)))
SUBJECT.talk(duty_talk(FormBrief, form.form, _form_brief, by_phone=forms.can_be_told))
SUBJECT.talk(
    TalkSpec(
        brief=ExplainBrief,
        dialog=explain_dialog.explain,
        title=lambda brief: Say("explain-title", title=brief.title),
        finish=service.explained,
        answer_anew=answer_anew,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=ByPhoneBrief,
        dialog=lambda brief: by_phone_dialog.by_phone(brief, TALKS[brief.dialog].opened(brief.own)),
        title=lambda brief: Say("by-phone-title", title=brief.title, place=brief.place),
        finish=by_phone.finished,
        # What staff took by phone they enter anew; it is not theirs to fill in.
        answer_anew=lambda talk: Tap(Say("option-correct"), f"a:by-phone:{talk.duty}"),
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=GiveBackBrief,
        dialog=people.give_back,
        title=lambda brief: Say("give-back-title", label=brief.label),
        finish=delegation.sent_back,
    )
)


def tasks(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/tasks: the desk, one tap to answer; `done` and `done:2` what was answered, with its receipts."""
    owned = of_person(uow, me.person)
    finished = [one for one in owned if one.duty.status in ("answered", "excused")]
    undone = [one for one in owned if one.duty.status in UNDONE]
    explained = [one for one in owned if one.duty.status == "explained"]
    ledger = counted(uow, me.person)
    which, _, page = argument.partition(":")
    if finished and (which == "done" or not (undone or explained or ledger.open)):
        codes = receipts_of(uow.conn, [one.duty.id for one in finished])
        send(uow, me, lists.done(uow, finished, codes, _page(page), nothing_left=not undone))
    else:
        send(uow, me, lists.tasks(uow, undone, explained, len(finished), ledger, _page(argument)))


def bundle(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """The parts of a bundle, each with one tap to answer."""
    name, _, page = argument.partition(":")
    if not bundles.show(uow, me, name, _page(page)):
        what_now(uow, me)


def review(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """核对提交: everything of a bundle that is filled in."""
    if not bundles.review(uow, me, argument):
        what_now(uow, me)


def submit(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """确认提交 of a bundle: `ID:digest` of what was shown."""
    name, _, digest = argument.partition(":")
    if not bundles.confirm(uow, me, name, digest):
        answer(uow, me, Say("not-allowed"))


def hand(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """交负责人: what the officer has prepared of a bundle."""
    if not bundles.hand_over(uow, me, argument):
        answer(uow, me, Say("not-allowed"))


def change(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """Change an answer that was prepared in a bundle."""
    _with(uow, me, argument, lambda owned: bundles.change(uow, me, owned), filling=True)


def prepare(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """请安全员先填, a whole bundle."""
    if not bundles.delegate(uow, me, argument):
        answer(uow, me, Say("not-allowed"))


def _page(argument: str) -> int:
    return int(argument) if argument.isdecimal() and len(argument) < 4 else 1


def what_now(uow: UnitOfWork, me: Speaker) -> None:
    """A message that belongs to nothing: what can be done now, with the first open duty."""
    undone = [one for one in of_person(uow, me.person) if one.duty.status in UNDONE]
    if not undone:
        answer(uow, me, Say("outside-nothing-open"), commands(uow, me))
        return
    first = undone[0]
    answer(
        uow,
        me,
        Say("outside-first-duty", title=first.title, when=cards.when(uow, first.duty)),
        taps=[
            Tap(Say("option-fill"), f"a:show:{first.duty.id}"),
            Tap(Say("option-tasks"), "a:tasks:"),
        ],
    )


def show(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """The card of a duty."""
    _with(uow, me, argument, lambda owned: send(uow, me, cards.card(uow, me.person, owned)))


def fill(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """Start, go on with, or correct an answer; `ID` or `ID:option` of the first question."""
    duty, _, first = argument.partition(":")
    _with(uow, me, duty, lambda owned: service.fill(uow, me, owned, first or None), filling=True)


def check(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """去核对, 去重填."""
    _with(uow, me, argument, lambda owned: service.check(uow, me, owned), filling=True)


def snooze(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """明早提醒."""
    _with(uow, me, argument, lambda owned: service.snooze(uow, me, owned), filling=True)


def delegate(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """请安全员先填."""
    _with(uow, me, argument, lambda owned: service.delegate(uow, me, owned), filling=True)


def explain(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """说明情况."""
    _with(uow, me, argument, lambda owned: service.explain(uow, me, owned))


def excuse(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """Staff accept an explanation."""
    _with(uow, me, argument, lambda owned: service.decide_explanation(uow, me, owned, accept=True))


def reopen(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """Staff return an explanation."""
    _with(uow, me, argument, lambda owned: service.decide_explanation(uow, me, owned, accept=False))


def ground(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """填报依据."""
    _with(uow, me, argument, lambda owned: send(uow, me, cards.ground(uow, me.person, owned)))


def answers(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """查看填报: what was answered, with its photos; `ID` or `ID:page`."""
    duty, _, page = argument.partition(":")
    _with(uow, me, duty, lambda owned: told.show(uow, me, owned, _page(page)))


def problem(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """What became of a problem raised in a dispatch: `7:solved`, `7:needed`, `7:coordinated`."""
    number, _, state = argument.partition(":")
    if is_id(number):
        problems.tapped(uow, me, int(number), state)
    else:
        answer(uow, me, Say("not-allowed"))


def _with(
    uow: UnitOfWork, me: Speaker, argument: str, then: Callable[[OwnedDuty], None], *, filling: bool = False
) -> None:
    owned = visible(uow, me.person, int(argument)) if is_id(argument) else None
    if owned is None or owned.duty.status == "withdrawn" or (filling and not may_fill(uow, me.person, owned.duty)):
        answer(uow, me, Say("not-allowed"))
    else:
        then(owned)


def back(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/back: the question before this one."""
    del argument
    if not flow.back(uow, me):
        what_now(uow, me)


def cancel(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/cancel: put the conversation away; what was answered is kept."""
    del argument
    if not flow.put_away(uow, me):
        what_now(uow, me)


def receipt(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/receipt CODE: what a receipt proves."""
    receipts.show(uow, me, argument)

"""/tasks and what the buttons of a duty's card do; /back, /cancel, /receipt."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final, TypeVarTuple, Unpack

from bot.dialogs import by_phone as by_phone_dialog
from bot.dialogs import dispatch, form, people, plain, promise
from bot.dialogs import explain as explain_dialog
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
    PromiseBrief,
    ReturnBrief,
)
from service.core.duty_talk import OwnedDuty
from service.core.letters import Draft
from service.core.refusal import RefusedError, not_allowed
from service.core.talk_spec import TalkSpec
from service.core.unit_of_work import Speaker, UnitOfWork
from service.district import coverage
from service.duties import (
    actions,
    answers,
    bundles,
    by_phone,
    cards,
    delegation,
    filling,
    forms,
    lists,
    problems,
    promises,
    receipts,
    returning,
)
from service.duties.actions import TaskPage
from service.duties.guidance import what_now
from service.duties.owned import of_person, own_subjects, require_filling, to_explain, visible
from service.duties.talks import answer_anew, duty_talk
from service.hazards.cards import counted
from service.notices import writing
from service.registry import explanations
from service.talks import flow
from storage.conversations import Conversation
from storage.duties import UNDONE, receipts_of
from talk.messages import Inbound
from talk.texts import Say

Args = TypeVarTuple("Args")

SUBJECT: Final = Subject()


def _form_brief(uow: UnitOfWork, owned: OwnedDuty, facts: DutyFacts) -> FormBrief:
    return forms.brief(uow, owned, facts, coverage.numbers)


def _form_renewed(uow: UnitOfWork, talk: Conversation, brief: FormBrief) -> FormBrief:
    return forms.renewed(uow, talk, brief, coverage.numbers)


SUBJECT.talk(
    duty_talk(
        DispatchBrief,
        dispatch.monthly_dispatch,
        filling.dispatch_brief,
        first=((Say("dispatch-held-yes"), "yes"), (Say("dispatch-held-no"), "no")),
        counts=problems.told,
    )
)
SUBJECT.talk(duty_talk(PlainBrief, plain.plain_report, lambda _uow, _owned, facts: PlainBrief(**facts)))
SUBJECT.talk(
    duty_talk(
        FormBrief,
        form.form,
        _form_brief,
        by_phone=forms.can_be_told,
        renew=_form_renewed,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=ExplainBrief,
        dialog=explain_dialog.explain,
        title=lambda brief: Say("explain-title", title=brief.title),
        permission=to_explain,
        finish=filling.explained,
        answer_anew=answer_anew,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=ByPhoneBrief,
        dialog=lambda brief: by_phone_dialog.by_phone(brief, TALKS[brief.dialog].opened(brief.own)),
        title=lambda brief: Say("by-phone-title", title=brief.title, place=brief.place),
        permission=by_phone.to_enter,
        finish=by_phone.finished,
        # What staff took by phone they enter anew; it is not theirs to fill in.
        renew=by_phone.renewed,
        answer_anew=partial(actions.BY_PHONE.tap, Say("option-correct")),
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=PromiseBrief,
        dialog=promise.promise,
        title=lambda brief: Say("promise-title", title=brief.unmet[0].title),
        permission=promises.to_promise,
        finish=promises.promised,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=ReturnBrief,
        dialog=promise.give_back,
        title=lambda brief: Say("return-title", title=brief.title, place=brief.place),
        permission=returning.to_return,
        finish=returning.returned,
    )
)
SUBJECT.talk(
    TalkSpec(
        brief=GiveBackBrief,
        dialog=people.give_back,
        title=lambda brief: Say("give-back-title", label=brief.label),
        permission=delegation.to_send_back,
        finish=delegation.sent_back,
    )
)


@SUBJECT.command(actions.TASKS)
def tasks(uow: UnitOfWork, me: Speaker, argument: str) -> Draft | None:
    """/tasks: the desk, one tap to answer; behind it, a piece of the name or the code of the enterprise meant."""
    return desk(uow, me, lists.named(uow, me.person, argument) if argument else TaskPage())


@SUBJECT.on(actions.DESK)
def desk(uow: UnitOfWork, me: Speaker, page: TaskPage) -> Draft:
    """Return a page of the desk: of what is to be answered, or of what was, with its receipts."""
    every = of_person(uow, me.person)
    if page.choosing:
        return lists.places(uow, me.person, [own for own in every if own.duty.status in UNDONE], page.number)
    # Buttons can be made up: of what is another's not even the name is shown.
    page = page if page.of in own_subjects(uow, me.person) else replace(page, of="")
    owned = [own for own in every if page.of in ("", own.duty.subject)]
    unmet = [own for own in owned if own.duty.unmet]
    finished = [own for own in owned if own.duty.status in ("answered", "excused") and not own.duty.unmet]
    undone = [own for own in owned if own.duty.status in UNDONE]
    explained = [own for own in owned if own.duty.status == "explained"]
    ledger = counted(uow, me.person, page.of)
    if finished and (page.done or not (undone or unmet or explained or ledger)):
        codes = receipts_of(uow.conn, [own.duty.id for own in finished])
        return lists.done(uow, me.person, finished, codes, page, nothing_left=not undone)
    shown = replace(page, number=1, done=False) if page.done else page
    return lists.tasks(uow, me.person, [*undone, *unmet], explained, len(finished), ledger, shown)


SUBJECT.on(actions.BUNDLE)(bundles.show)
SUBJECT.on(actions.REVIEW)(bundles.review)
SUBJECT.on(actions.SUBMIT)(bundles.confirm)
SUBJECT.on(actions.HAND)(bundles.hand_over)
SUBJECT.on(actions.PREPARE)(bundles.delegate)
SUBJECT.on(actions.PROBLEM)(problems.tapped)
SUBJECT.on(actions.PHONE_DUTIES)(by_phone.choose)
SUBJECT.on(actions.BY_PHONE)(by_phone.begin)
SUBJECT.on(actions.PHONE_CARD)(by_phone.show)
SUBJECT.on(actions.PHONE_CARDS)(by_phone.listing)
SUBJECT.on(actions.PHONE_TRUE)(by_phone.confirm)
SUBJECT.on(actions.PHONE_WRONG)(by_phone.dispute)
SUBJECT.command(actions.RECEIPT)(receipts.show)


@SUBJECT.hears(actions.RECEIPT_CODE)
def receipt_code(uow: UnitOfWork, me: Speaker, inbound: Inbound) -> bool:
    """Say what the receipt proves whose code was typed alone."""
    receipts.show(uow, me, inbound.text)
    return True


def _seen(uow: UnitOfWork, me: Speaker, number: int) -> OwnedDuty:
    """Return a duty that this person may see and that is still owed. RefusedError: there is none."""
    owned = visible(uow, me.person, number)
    if owned is not None and owned.duty.status == "withdrawn" and owned.duty.held is not None:
        raise RefusedError(Say("duty-closed", title=owned.title))
    if owned is None or owned.duty.status == "withdrawn":
        raise not_allowed()
    return owned


def _to_fill(uow: UnitOfWork, me: Speaker, number: int) -> OwnedDuty:
    """Return a duty that this person may answer. RefusedError: there is none."""
    owned = _seen(uow, me, number)
    require_filling(uow, me, owned.duty)
    return owned


def _of_duty(
    duty: Callable[[UnitOfWork, Speaker, int], OwnedDuty],
    step: Callable[[UnitOfWork, Speaker, OwnedDuty, Unpack[Args]], Draft | None],
) -> Callable[[UnitOfWork, Speaker, int, Unpack[Args]], Draft | None]:
    """Make the handler of a button that names a duty by its number: `duty` looks it up, or refuses it."""

    def handler(uow: UnitOfWork, me: Speaker, number: int, *rest: *Args) -> Draft | None:
        return step(uow, me, duty(uow, me, number), *rest)

    return handler


SUBJECT.on(actions.SHOW)(_of_duty(_seen, lambda uow, me, owned: cards.card(uow, me.person, owned)))
SUBJECT.on(actions.GROUND)(_of_duty(_seen, lambda uow, me, owned: cards.ground(uow, me.person, owned)))
SUBJECT.on(actions.ANSWERS)(_of_duty(_seen, answers.show))
SUBJECT.on(actions.PROMISE)(_of_duty(_to_fill, promises.begin))
SUBJECT.on(actions.GIVE_BACK)(_of_duty(_seen, returning.begin))
SUBJECT.on(actions.EXPLAIN)(_of_duty(_seen, filling.explain))
SUBJECT.on(actions.EXCUSE)(_of_duty(_seen, explanations.accept))
SUBJECT.on(actions.REOPEN)(_of_duty(_seen, partial(filling.decide_explanation, accept=False)))
SUBJECT.on(actions.FILL)(_of_duty(_to_fill, filling.fill))
SUBJECT.on(actions.CHECK)(_of_duty(_to_fill, filling.check))
SUBJECT.on(actions.CHANGE)(_of_duty(_to_fill, bundles.change))
SUBJECT.on(actions.SNOOZE)(_of_duty(_to_fill, filling.snooze))
SUBJECT.on(actions.DELEGATE)(_of_duty(_to_fill, filling.delegate))


@SUBJECT.command(actions.BACK)
def back(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/back: the question before this one."""
    del argument
    if not flow.back(uow, me):
        what_now(uow, me)


@SUBJECT.command(actions.CANCEL)
def cancel(uow: UnitOfWork, me: Speaker, argument: str) -> None:
    """/cancel: put the conversation away, which may then be discarded; else show a notice that was not sent."""
    del argument
    if not flow.put_away(uow, me) and not writing.unsent(uow, me):
        what_now(uow, me)

"""The talks about hot-work permits end: their effects, and what is said of them."""

from contextlib import suppress
from typing import Any, Final

from campaign.applications import Application
from campaign.permits import ENDED, Event, Gate, State
from campaign.roles import OFFICER, PRINCIPAL
from campaign.talks.hot_work import (
    AcceptanceBrief,
    Accepted,
    ApplicationBrief,
    ArrivalBrief,
    Forbidden,
    GasBrief,
    LookBrief,
    Looked,
    MeasuresBrief,
    OnSite,
    PermitBrief,
    Reason,
    ReasonBrief,
    ReturnBrief,
    Sampled,
    SentBack,
    SiteCheck,
    StopReasonBrief,
)
from service.core.letters import Draft, answer, tell
from service.core.permissions import Act, Needed, needed, subjects_of
from service.core.talk_spec import Named
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import acting, actions, applying, briefs, letters, outcomes
from service.hot_work.gates import rules_of
from service.hot_work.in_hand import PermitInHand, approvers
from service.hot_work.photos import of_another_day
from service.hot_work.refusals import GatesShutError
from service.hot_work.steps import opened
from storage import outbox, people, permits, registry
from storage.conversations import Conversation
from talk.asking import Hint
from talk.cleaning import likeness
from talk.messages import FileRef
from talk.texts import Numbered, Say, render

SEVERAL: Final = 2
"""Live permits from which on a question says which of them it is about."""

# Whose talks they are


def to_apply(uow: UnitOfWork, talk: Conversation, brief: ApplicationBrief) -> Needed | None:
    """Return what somebody needs who applies for a permit."""
    del talk
    return needed(registry.enterprise(uow.conn, brief.enterprise), Act.APPLY_PERMIT)


def to_act(uow: UnitOfWork, talk: Conversation, brief: PermitBrief) -> Needed | None:
    """Return what somebody needs who tells something of a permit; which seat it takes is asked when it is done."""
    del talk
    permit = permits.get(uow.conn, brief.permit)
    return None if permit is None else needed(registry.enterprise(uow.conn, permit.enterprise), Act.ACT_ON_PERMIT)


def which_permit(uow: UnitOfWork, person: int, brief: PermitBrief, key: str) -> Named | None:
    """Name the permit of a talk to whoever is on several live ones, or answers for an enterprise that has several."""
    del key
    own = subjects_of(uow, person, (PRINCIPAL, OFFICER))
    found = permits.find(uow.conn, enterprise=own, live=True) if own else []
    if len({permit.id for permit in (*found, *permits.find(uow.conn, person=person, live=True))}) < SEVERAL:
        return None
    return Named(brief.number, Say("permit-which", number=brief.number, place=brief.place))


# While people answer


def hears_photo(uow: UnitOfWork, me: Speaker, talk: Conversation, key: str, raw: str, value: Any) -> Any:
    """A photo of another day is not taken."""
    del me, talk, raw
    taken = of_another_day(uow, value) if key == "photo" and isinstance(value, tuple) else None
    return value if taken is None else Hint(Say("permit-photo-old", day=taken.date()))


def hears_application(uow: UnitOfWork, me: Speaker, talk: Conversation, key: str, raw: str, value: Any) -> Any:
    """A photo of another day is not taken; somebody without a valid certificate who was named is kept as an attempt."""
    if key == "welders" and isinstance(value, Hint):
        _attempted(uow, me, ApplicationBrief.from_json(talk.brief), value)
    return hears_photo(uow, me, talk, key, raw, value)


def _attempted(uow: UnitOfWork, me: Speaker, brief: ApplicationBrief, hint: Hint) -> None:
    enterprise = registry.enterprise(uow.conn, brief.enterprise)
    if enterprise is None or hint.what.id not in ("permit-welder-unfit", "permit-welder-unknown"):
        return
    name = str(dict(hint.what.args)["name"])
    faults = (welder.fault or "ends" for welder in brief.welders if likeness(welder.name) == likeness(name))
    applying.blocked(uow, me, enterprise, name, next(faults, "unknown"))


# Applications


def applied(
    uow: UnitOfWork, me: Speaker, talk: Conversation, brief: ApplicationBrief, result: Application | Forbidden
) -> None:
    """An application is confirmed: it goes to the approver, or a gate says why not and it is asked again; or one of
    the ten prohibitions forbids the job.
    """
    if isinstance(result, Forbidden):
        _forbid(uow, me, brief, result)
        return
    try:
        permit = applying.submit(uow, me, talk, brief, result)
    except GatesShutError as refused:
        enterprise = registry.enterprise(uow.conn, brief.enterprise)
        if enterprise is None or Gate.POSSIBLE in refused.gates:
            raise
        answer(uow, me, *refused.card.lines)
        briefs.begin_again(uow, me, talk, brief, enterprise)
        return
    rule = permit.terms.level
    answer(
        uow,
        me,
        Say(
            "permit-submitted",
            number=permit.row.code,
            approver=Say("permit-approver", level=rule.level, title=rule.title, standard=rules_of(uow).standard),
            starts=permit.terms.starts,
            until=permit.terms.until,
        ),
        None if approvers(uow, permit) else Say("permit-no-approver"),
    )
    outcomes.follow(uow, permit)


def discarded(uow: UnitOfWork, me: Speaker, _: Conversation, brief: ApplicationBrief) -> None:
    """An application is not to be: one that was returned is cancelled with it, since nobody can put it right now."""
    if brief.permit is not None:
        permit = opened(uow, me.person, brief.permit)
        if permit.life.state is State.RETURNED:
            why = render(Say("permit-discarded"), me.language)
            outcomes.do(uow, me, permit, Event.CANCEL, data={"remark": why})


def _forbid(uow: UnitOfWork, me: Speaker, brief: ApplicationBrief, forbidden: Forbidden) -> None:
    """Nothing is applied for, and the attempt stays with the enterprise."""
    enterprise = registry.enterprise(uow.conn, brief.enterprise)
    if enterprise is not None:
        data = {"numbers": list(forbidden.numbers)}
        permits.attempt(uow.conn, enterprise.code, enterprise.district, uow.now, me.person, Gate.HARMLESS, data)
    rules = rules_of(uow)
    said = rules.prohibitions
    those = Numbered(tuple(said[number - 1] for number in forbidden.numbers if number <= len(said)))
    uow.note("permit-forbidden", f"enterprise/{brief.enterprise}")
    answer(
        uow,
        me,
        Say("permit-forbidden", place=forbidden.place, source=rules.prohibitions_source, those=those),
        taps=[actions.APPLY.tap(Say("option-apply-again"), brief.enterprise)],
    )


def returned(uow: UnitOfWork, me: Speaker, _: Conversation, brief: ReturnBrief, result: SentBack) -> None:
    """An approver gave an application back."""
    permit = opened(uow, me.person, brief.permit)
    outcomes.done(uow, me, applying.give_back(uow, me, permit, result.key, result.remark), Event.RETURN)


def reasoned(uow: UnitOfWork, me: Speaker, _: Conversation, brief: ReasonBrief, result: Reason) -> None:
    """A permit is refused or cancelled."""
    outcomes.do(uow, me, opened(uow, me.person, brief.permit), Event(result.act), data={"remark": result.why})


def told_why_stopped(uow: UnitOfWork, me: Speaker, _: Conversation, brief: StopReasonBrief, result: Reason) -> None:
    """Why a job was stopped is told, or left for later: the stop itself was one tap, and is done."""
    permit = opened(uow, me.person, brief.permit)
    if result.why:
        with suppress(GatesShutError):
            if permit.life.state not in ENDED:
                acting.act(uow, me, permit, Event.NOTE, data={"about": Event.STOP, "remark": result.why})
            answer(uow, me, Say("permit-reason-kept", number=permit.row.code))


# On site


def sampled(uow: UnitOfWork, me: Speaker, _: Conversation, brief: GasBrief, result: Sampled) -> None:
    """Gas samples: each is a step of its own, and says whether it opens the gate."""
    outcomes.measured(uow, me, opened(uow, me.person, brief.permit), result.samples, result.by)


def arrived(uow: UnitOfWork, me: Speaker, _: Conversation, brief: ArrivalBrief, result: OnSite) -> None:
    """The guardian is on site, with a photo or without."""
    permit = opened(uow, me.person, brief.permit)
    if result.photos:
        # He has come, whatever becomes of his photo.
        with suppress(GatesShutError):
            permit = _pictured(uow, me, permit, result.photos)
    if result.check is not None:
        # Where they have no place any more, neither has his coming, which says so.
        with suppress(GatesShutError):
            permit = _looked_at(uow, me, permit, result.check)
    outcomes.do(uow, me, permit, Event.ARRIVE)


def checked(uow: UnitOfWork, me: Speaker, _: Conversation, brief: MeasuresBrief, result: SiteCheck | None) -> None:
    """The measures were looked at on site by the guardian or the leader."""
    permit = opened(uow, me.person, brief.permit)
    if result is not None:
        outcomes.done(uow, me, _looked_at(uow, me, permit, result), Event.MEASURES)


def _looked_at(uow: UnitOfWork, me: Speaker, permit: PermitInHand, found: SiteCheck) -> PermitInHand:
    numbers = {number.id: number.number for number in found.numbers}
    data = {"numbers": numbers} if numbers else {}
    return acting.act(uow, me, permit, Event.MEASURES, checked=found.checked, data=data)


def looked(uow: UnitOfWork, me: Speaker, _: Conversation, brief: LookBrief, result: Looked) -> None:
    """A look of the fire watch. A fire is told to everybody at once, and is no look that ends the watch."""
    permit = opened(uow, me.person, brief.permit)
    if result.clear:
        outcomes.do(uow, me, permit, Event.LOOK, at=uow.written)
        return
    _noted(uow, me, permit, {"about": Event.LOOK, "fire": True})
    answer(uow, me, Say("permit-fire", number=permit.row.code, place=permit.application.place))
    draft = Draft(
        (Say("permit-fire-told", number=permit.row.code, place=permit.application.place, name=me.name),),
        of=permit.enterprise.code,
    )
    principals = people.holders(uow.conn, PRINCIPAL, permit.row.enterprise)
    for person in sorted({*letters.readers(uow, permit), *principals} - {me.person}):
        tell(
            uow,
            person,
            draft,
            kind=letters.CARD,
            dedupe=f"{uow.cause}/permit-fire/{permit.row.id}/{person}",
            priority=outbox.PERMIT,
        )


def accepted(uow: UnitOfWork, me: Speaker, _: Conversation, brief: AcceptanceBrief, result: Accepted) -> None:
    """The place after the job is accepted, which closes the permit; or something is left to do."""
    permit = opened(uow, me.person, brief.permit)
    if not result.safe:
        _noted(uow, me, permit, {"about": Event.CLOSE, "unsafe": True})
        answer(uow, me, Say("permit-unsafe", number=permit.row.code))
        return
    # The gate of the acceptance says whether a photo was missing.
    with suppress(GatesShutError):
        permit = _pictured(uow, me, permit, result.photos)
        if not permit.wrote:
            # One that the permit has already shows the place before.
            answer(uow, me, Say("permit-photo-again"))
            briefs.begin(uow, me, permit, Event.CLOSE)
            return
    outcomes.do(uow, me, permit, Event.CLOSE)


def _pictured(uow: UnitOfWork, me: Speaker, permit: PermitInHand, photos: tuple[FileRef, ...]) -> PermitInHand:
    return acting.act(uow, me, permit, Event.PHOTO, data={"photos": [photo.as_json() for photo in photos]})


def _noted(uow: UnitOfWork, me: Speaker, permit: PermitInHand, data: dict[str, Any]) -> None:
    """Write a note beside a permit where this person may; what is said of it does not hang on that."""
    with suppress(GatesShutError):
        acting.act(uow, me, permit, Event.NOTE, data=data)

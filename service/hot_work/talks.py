"""The talks about hot-work permits end: their effects, and what is said of them."""

from typing import Any

from campaign.applications import Application, Who
from campaign.permit_life import Sample
from campaign.permits import ENDED, Event, Gate
from service.core.letters import Draft, answer, tell
from service.core.permissions import OFFICER, PRINCIPAL
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import applying as permit_applying
from service.hot_work import briefs as permit_briefs
from service.hot_work import outcomes as permit_acts
from service.hot_work import permits
from service.hot_work.gates import rules_of
from service.hot_work.permits import Held
from service.hot_work.photos import of_another_day
from storage import audit, outbox, people, registry
from storage import permits as stored
from storage.conversations import Conversation
from talk.actions import Tap
from talk.asking import Hint
from talk.messages import FileRef
from talk.texts import Numbered, Say

# While people answer


def hears(uow: UnitOfWork, me: Speaker, talk: Conversation, key: str, raw: str, value: Any) -> Any:
    """A photo of another day is not taken; somebody without a valid certificate who was named is kept as an attempt."""
    del raw
    if key == "photo" and isinstance(value, tuple):
        return value if (day := of_another_day(uow, value)) is None else Hint(Say("permit-photo-old", day=day.date()))
    if key == "welders" and isinstance(value, Hint):
        _attempted(uow, me, talk, value)
    return value


def _attempted(uow: UnitOfWork, me: Speaker, talk: Conversation, hint: Hint) -> None:
    enterprise = registry.enterprise(uow.conn, str(talk.brief["enterprise"]))
    if enterprise is None or hint.what.id not in ("permit-welder-unfit", "permit-welder-unknown"):
        return
    name = str(dict(hint.what.args)["name"])
    faults = [one["fault"] or "ends" for one in talk.brief["welders"] if one["name"] == name]
    permit_applying.blocked(uow, me, enterprise, name, next(iter(faults), "unknown"))


# Applications


def applied(uow: UnitOfWork, me: Speaker, talk: Conversation, application: Application) -> None:
    """An application is confirmed: it goes to the approver, or a gate says why not and it is asked again."""
    outcome = permit_applying.submit(uow, me, talk, application)
    if isinstance(outcome, Held):
        rule = outcome.terms.level
        answer(
            uow,
            me,
            Say(
                "permit-submitted",
                number=outcome.permit.code,
                title=rule.title,
                starts=outcome.terms.starts,
                until=outcome.terms.until,
            ),
            None if permits.approvers(uow, outcome) else Say("permit-no-approver"),
        )
        permit_acts.followed(uow, outcome)
        return
    enterprise = registry.enterprise(uow.conn, str(talk.brief["enterprise"]))
    if enterprise is None or Gate.POSSIBLE in outcome:
        answer(uow, me, Say("not-allowed"))
        return
    answer(uow, me, *(Say("permit-gate-shut", gate=gate.value) for gate in outcome))
    permit_briefs.begin_again(uow, me, talk, enterprise)


def forbidden(uow: UnitOfWork, me: Speaker, talk: Conversation, place: str, numbers: tuple[int, ...]) -> None:
    """The ten prohibitions forbid the job: nothing is applied for, and the attempt stays with the enterprise."""
    enterprise = registry.enterprise(uow.conn, str(talk.brief["enterprise"]))
    if enterprise is not None:
        data = {"numbers": list(numbers)}
        stored.attempt(uow.conn, enterprise.code, enterprise.district, uow.now, me.person, Gate.HARMLESS, data)
    said = rules_of(uow).prohibitions
    those = Numbered(tuple(said[number - 1] for number in numbers if number <= len(said)))
    audit.note(uow.conn, uow.now, "permit-forbidden", me.person, f"enterprise/{talk.brief['enterprise']}")
    answer(
        uow,
        me,
        Say("permit-forbidden", place=place, those=those),
        taps=[Tap(Say("option-apply-again"), f"a:permit-apply:{talk.brief['enterprise']}")],
    )


def returned(uow: UnitOfWork, me: Speaker, talk: Conversation, key: str, remark: str) -> None:
    """An approver gave an application back."""
    one = _held(uow, me, talk)
    if one is None:
        return
    permit_acts.tell_outcome(uow, me, one, Event.RETURN, permit_applying.return_(uow, me, one, key, remark))


def reasoned(uow: UnitOfWork, me: Speaker, talk: Conversation, act: str, why: str) -> None:
    """A permit is refused or cancelled; or why its job was stopped is told."""
    one = _held(uow, me, talk)
    if one is None:
        return
    match act:
        case "refuse":
            permit_acts.do(uow, me, one, Event.REFUSE, data={"remark": why})
        case "cancel":
            permit_acts.do(uow, me, one, Event.CANCEL, data={"remark": why})
        case _ if why:
            # The stop itself was one tap, and is done.
            if one.life.state in ENDED or isinstance(
                permits.act(uow, me, one, Event.NOTE, data={"about": Event.STOP, "remark": why}), Held
            ):
                answer(uow, me, Say("permit-reason-kept", number=one.permit.code))
        case _:
            return


# On site


def sampled(uow: UnitOfWork, me: Speaker, talk: Conversation, samples: tuple[Sample, ...], by: Who | None) -> None:
    """Gas samples: each is a step of its own, and says whether it opens the gate."""
    one = _held(uow, me, talk)
    if one is not None:
        permit_acts.measured(uow, me, one, samples, by)


def arrived(uow: UnitOfWork, me: Speaker, talk: Conversation, photos: tuple[FileRef, ...]) -> None:
    """The guardian is on site, with a photo or without."""
    one = _held(uow, me, talk)
    if one is None:
        return
    if photos:
        pictured = permits.act(uow, me, one, Event.PHOTO, data={"photos": [photo.as_json() for photo in photos]})
        one = pictured if isinstance(pictured, Held) else one
    permit_acts.do(uow, me, one, Event.ARRIVE)


def looked(uow: UnitOfWork, me: Speaker, talk: Conversation, *, clear: bool) -> None:
    """A look of the fire watch. A fire is told to everybody at once, and is no look that ends the watch."""
    one = _held(uow, me, talk)
    if one is None:
        return
    if clear:
        permit_acts.do(uow, me, one, Event.LOOK)
        return
    permits.act(uow, me, one, Event.NOTE, data={"about": Event.LOOK, "fire": True})
    answer(uow, me, Say("permit-fire", number=one.permit.code, place=one.application.place))
    draft = Draft(
        (Say("permit-fire-told", number=one.permit.code, place=one.application.place, name=me.name),),
    )
    on_it = {named.person for named in one.people if named.person is not None}
    office = {
        person for role in (OFFICER, PRINCIPAL) for person in people.holders(uow.conn, role, one.permit.enterprise)
    }
    for person in sorted((on_it | office | {one.permit.applicant}) - {me.person}):
        tell(
            uow,
            person,
            draft,
            kind="permit",
            dedupe=f"{uow.cause}/permit-fire/{one.permit.id}/{person}",
            priority=outbox.PERMIT,
        )


def accepted(uow: UnitOfWork, me: Speaker, talk: Conversation, photos: tuple[FileRef, ...], *, safe: bool) -> None:
    """The place after the job is accepted, which closes the permit; or something is left to do."""
    one = _held(uow, me, talk)
    if one is None:
        return
    if not safe:
        permits.act(uow, me, one, Event.NOTE, data={"about": Event.CLOSE, "unsafe": True})
        answer(uow, me, Say("permit-unsafe", number=one.permit.code))
        return
    pictured = permits.act(uow, me, one, Event.PHOTO, data={"photos": [photo.as_json() for photo in photos]})
    if isinstance(pictured, Held) and not pictured.wrote:
        # One that the permit has already shows the place before.
        answer(uow, me, Say("permit-photo-again"))
        permit_briefs.begin_acceptance(uow, me, pictured)
        return
    permit_acts.do(uow, me, pictured if isinstance(pictured, Held) else one, Event.CLOSE)


def _held(uow: UnitOfWork, me: Speaker, talk: Conversation) -> Held | None:
    one = permits.held(uow, me.person, int(talk.brief["permit"]))
    if one is None:
        answer(uow, me, Say("not-allowed"))
    return one

"""What is kept about somebody: view, export, leave; and what they want to tell the city."""

from dataclasses import replace
from datetime import timedelta

from campaign.roles import CITY, DISTRICT_ROLES
from campaign.talks.people import LeaveBrief
from service.core.letters import Draft, answer, tell
from service.core.permissions import Own, own
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import burden
from service.people import ending, forgetting, office
from service.people.ending import Way
from service.people.roles import roles_in_words
from service.talks import flow
from storage import conversations, feedback, people
from storage.conversations import Conversation
from talk.texts import Phrase, Say, listed, render


def speak(uow: UnitOfWork, me: Speaker, language: str) -> None:
    """Speak this language from now on; to strangers, too."""
    own(uow, Own.DATA)
    people.set_language(uow.conn, me.identity.address, me.person if me.identity.joined else None, language)
    spoken_to = replace(me, identity=replace(me.identity, language=language))
    answer(uow, spoken_to, Say("language-set"))


def kept(uow: UnitOfWork, me: Speaker) -> tuple[Phrase, ...]:
    """The data kept about a person, a line each."""
    person = me.person
    record = people.person(uow.conn, person)
    addresses = people.addresses_of(uow.conn, person)
    return (
        Say("me-kept", name=me.name, roles=roles_in_words(uow, person))
        if people.roles(uow.conn, person)
        else Say("me-kept-none", name=me.name),
        Say("me-joined", day=record.joined_at.astimezone(uow.context.zone).date())
        if record is not None and record.joined_at is not None
        else Say("me-not-joined"),
        Say("me-channels", number=len(addresses)),
        Say("me-answers", number=conversations.count_of(uow.conn, person)),
        Say("me-reminded", number=burden.this_month(uow, person)),
        Say("me-why"),
    )


def begin_leaving(uow: UnitOfWork, me: Speaker) -> None:
    """Leave; asked once more first."""
    roles = render(roles_in_words(uow, me.person), me.language)
    own = [
        Say("role-at", place=role.subject, role=Say("role", role=role.role)) for role in office.alone(uow, me.person)
    ]
    flow.begin(uow, me, LeaveBrief(roles=roles, alone=render(listed(own), me.language) if own else ""))


def finished(uow: UnitOfWork, me: Speaker, talk: Conversation, brief: LeaveBrief, sure: bool) -> None:
    """Leave, or stay after all. What was answered for an enterprise stays with the enterprise."""
    del talk, brief
    if not sure:
        answer(uow, me, Say("leave-stayed"))
        return
    uow.note("left", f"person/{me.person}")
    vacant = [role for role in office.alone(uow, me.person) if role.role in DISTRICT_ROLES]
    ending.end_all(uow, me.person, Way.LEFT)
    answer(uow, me, Say("leave-done", days=uow.context.terms.letters // timedelta(days=1)))
    for role in vacant:
        office.tell_vacant(uow, role)
    forgetting.let_go(uow, me.person, me.language)


def give_feedback(uow: UnitOfWork, me: Speaker, text: str) -> None:
    """A complaint or suggestion goes to the city, under an id and not a name."""
    own(uow, Own.FEEDBACK)
    number = feedback.add(uow.conn, me.person, text, uow.now)
    for desk in people.holders(uow.conn, CITY, uow.pack.city):
        tell(
            uow,
            desk,
            Draft((Say("feedback-received", number=number, text=text),)),
            kind="feedback",
            dedupe=f"feedback/{number}/{desk}",
        )
    answer(uow, me, Say("feedback-thanks", bureau=uow.pack.city_bureau, number=number))

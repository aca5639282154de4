"""What is kept about somebody: view, export, leave; and what they want to tell the city."""

import json
from dataclasses import replace
from typing import Any

from service import burden, departure, evidence, joining
from service.evidence import Shown
from service.letters import Draft, answer, send, tell
from service.work import Speaker, Talking, Work
from storage import audit, conversations, feedback, inbox, outbox, people
from storage.files import Shelf
from talk.texts import Phrase, Say, render

LEAVE = "leave"
FEEDBACK = "feedback"


def in_language(me: Speaker, language: str) -> Speaker:
    """The same person, spoken to in another language."""
    return replace(me, identity=replace(me.identity, language=language))


def kept(work: Work, person: int) -> tuple[Phrase, ...]:
    """The data kept about a person, a line each."""
    record = people.person(work.conn, person)
    addresses = people.addresses_of(work.conn, person)
    return (
        Say("me-joined", day=record.joined_at.astimezone(work.house.zone).date())
        if record is not None and record.joined_at is not None
        else Say("me-not-joined"),
        Say("me-channels", number=len(addresses)),
        Say("me-answers", number=conversations.count_of(work.conn, person)),
        Say("me-reminded", number=burden.this_month(work, person)),
        Say("me-why"),
    )


def export(work: Work, me: Speaker) -> None:
    """Everything about a person as one file."""
    body = json.dumps(_everything(work, me), ensure_ascii=False, indent=2)
    shelf = Shelf(work.house.files)
    file = shelf.keep(body.encode(), render(Say("me-file-name"), me.language))
    shelf.record(work.conn, file, work.wall)
    evidence.shown(work, me.person, Shown.OWN_DATA, f"person/{me.person}", people=1)
    send(work, me, Draft((Say("me-exported"),), files=(file,)))


def _everything(work: Work, me: Speaker) -> dict[str, Any]:
    record = people.person(work.conn, me.person)
    return {
        "id": me.person,
        "name": me.name,
        "language": me.language,
        "joined_at": None if record is None or record.joined_at is None else record.joined_at.isoformat(),
        "roles": [
            {"role": one.role, "subject": one.subject, "state": one.state} for one in people.roles(work.conn, me.person)
        ],
        "channels": [
            {"channel": one.channel, "account": one.account, "id": one.external_id}
            for one in people.addresses_of(work.conn, me.person)
        ],
        "answers": [
            {
                "question": answer.wording,
                "answer": answer.raw,
                "at": answer.at.astimezone(work.house.zone).isoformat(),
                "current": current,
            }
            for answer, current in conversations.answers_of(work.conn, me.person)
        ],
    }


def leave_brief(work: Work, me: Speaker) -> dict[str, Any]:
    """What leaving is asked about."""
    return {"roles": render(joining.roles_in_words(work, me.person), me.language)}


def left(work: Work, me: Speaker, talk: Talking, sure: bool) -> None:
    """Leave, or stay after all. What was answered for an enterprise stays with the enterprise."""
    del talk
    if not sure:
        answer(work, me, Say("leave-stayed"))
        return
    audit.note(work.conn, work.now, "left", me.person, f"person/{me.person}")
    answer(work, me, Say("leave-done"))
    departure.leave(work, me.person)
    conversations.put_all_aside(work.conn, me.person, work.now)
    conversations.forget(work.conn, me.person, joining.JOIN)
    addresses = people.addresses_of(work.conn, me.person)
    inbox.forget(work.conn, addresses)
    outbox.attribute(work.conn, me.person, addresses)
    people.forget(work.conn, me.person, render(Say("person-left"), me.language), work.now)
    outbox.forget(work.conn)


def give_feedback(work: Work, me: Speaker, text: str) -> None:
    """A complaint or suggestion goes to the city, under an id and not a name."""
    number = feedback.add(work.conn, me.person, text, work.now)
    for desk in people.holders(work.conn, "city", work.pack.city):
        tell(
            work,
            desk,
            Draft((Say("feedback-received", number=number, text=text),)),
            kind="feedback",
            dedupe=f"feedback/{number}/{desk}",
        )
    answer(work, me, Say("feedback-thanks", number=number))

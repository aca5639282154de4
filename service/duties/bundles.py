"""A bundle of duties: one card, its parts answered in turn, one confirmation for all that are filled in.

A part whose answers are all there waits aside (parked) until the whole list is confirmed; what somebody opens on its
own is confirmed on its own, as any duty is.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from campaign.pack import Bundle
from campaign.roles import OFFICER, PRINCIPAL
from service.core import listing, whose
from service.core.duty_talk import OwnedDuty
from service.core.letters import Draft, answer, send, tell
from service.core.listing import Entry
from service.core.refusal import RefusedError, existing, not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties import actions, admissions, cards, delegation, filling, promises
from service.duties.guidance import what_now
from service.duties.owned import due_day, may_confirm, may_fill, of_person
from service.talks import flow, prompting
from storage import conversations, people
from storage.conversations import Conversation
from storage.duties import UNDONE
from talk.actions import Tap
from talk.conversation import Turn
from talk.questions import Confirm
from talk.texts import Phrase, Say


@dataclass(frozen=True, slots=True)
class Part:
    """A duty of a bundle, and how far its answer has come."""

    owned: OwnedDuty
    talk: Conversation | None = None
    turn: Turn | None = None

    @property
    def undone(self) -> bool:
        """The part is still to be answered."""
        return self.owned.duty.status in UNDONE

    @property
    def filled(self) -> bool:
        """Nothing but its confirmation is open."""
        return self.turn is not None and isinstance(self.turn.question, Confirm)

    @property
    def is_prepared(self) -> bool:
        """The open question is the principal's to answer."""
        return self.turn is not None and self.turn.question.by == PRINCIPAL


@dataclass(frozen=True, slots=True)
class Whole:
    """A bundle of one enterprise or district as one person has it in hand."""

    rule: Bundle
    subject: str
    """Whose it is: an enterprise by its code, or a district."""
    parts: tuple[Part, ...]
    confirms: bool
    """Whether this person confirms it; an officer only prepares it."""

    @property
    def ready(self) -> list[Part]:
        """The parts that can be confirmed now; for an officer, those that can be handed to the principal."""
        return [part for part in self.parts if part.undone and (part.filled if self.confirms else part.is_prepared)]

    @property
    def met(self) -> set[tuple[str, str]]:
        """Obligations and periods that a part meets as well, once it is confirmed."""
        return {
            (counts.obligation, counts.period)
            for part in self.ready
            if (counts := part.owned.rule.counts_as) is not None and part.turn is not None
            if any(visited.question.key == counts.asked and visited.value is True for visited in part.turn.visited)
        }

    @property
    def left(self) -> list[Part]:
        """The parts that are still to be answered."""
        ready, met = self.ready, self.met
        return [
            part
            for part in self.parts
            if part.undone and part not in ready and (part.owned.duty.obligation, part.owned.duty.period) not in met
        ]

    @property
    def digest(self) -> str:
        """The digest of all that a confirmation binds: it changes with any answer and any part that comes or goes."""
        asked = [(part.talk, _confirm(part)) for part in self.ready]
        bound = [f"{talk.id}/{question.digest}" for talk, question in asked if talk and question]
        return hashlib.sha256("\n".join(bound).encode("ascii")).hexdigest()[:16]

    @property
    def prepared_digest(self) -> str:
        """The digest of all that is ready with its answers, whoever is to answer the rest."""
        told = [
            [
                part.talk.id,
                [[visited.question.key, visited.question.encode(visited.value)] for visited in part.turn.visited],
            ]
            for part in self.ready
            if part.talk and part.turn
        ]
        return hashlib.sha256(json.dumps(told).encode("ascii")).hexdigest()[:16]

    def after(self, duty: int | None) -> Part | None:
        """The part to lead on to: the next one left in the order of the list that nobody put off."""
        places = [part.owned.duty.id for part in self.parts]
        here = places.index(duty) if duty in places else -1
        turned = (*self.parts[here + 1 :], *self.parts[: here + 1])
        left = [part for part in turned if part in self.left]
        return next((part for part in left if part.owned.duty.snoozed_until is None), left[0] if left else None)


def wait(uow: UnitOfWork, me: Speaker, talk: Conversation, turn: Turn, answered: bool) -> bool:
    """A question is the principal's: in a bundle the talk waits for the other parts where an answer has just led to
    that question, and what an officer fills in goes to the principal. False where it is to be asked at once.
    """
    if answered and _can_be_part(uow, talk) and _park(uow, me, talk, turn):
        return True
    if not delegation.is_filling_for(talk):
        return False
    delegation.hand_over(uow, me, talk, flow.title(uow, talk))
    return True


def _park(uow: UnitOfWork, me: Speaker, talk: Conversation, turn: Turn) -> bool:
    """An answer led to the confirmation, or to what only the principal can answer: in a bundle with other parts to
    do it waits for these. False where it is to be asked at once.
    """
    stuck = turn.question.by == PRINCIPAL if delegation.is_filling_for(talk) else isinstance(turn.question, Confirm)
    if not stuck or talk.remark is not None:
        return False
    owned = next((own for own in of_person(uow, me.person) if own.duty.id == talk.duty), None)
    if owned is None or owned.duty.status not in UNDONE:
        return False
    rule = uow.pack.bundle_of(owned.duty.obligation, owned.duty.period)
    if rule is None:
        return False
    whole = _whole(uow, me, rule, owned.duty.subject, _owned(uow, me, rule))
    if sum(part.undone for part in whole.parts) == 1:
        return False
    conversations.set_state(uow.conn, talk.id, "aside", uow.now)
    if not whole.confirms and not whole.left:
        _hand_over(uow, me, whole)
    elif len(whole.ready) == 1 or not whole.left:
        _review(uow, me, whole, talk.duty)
    else:
        said = Say("bundle-parked", title=owned.title, ready=len(whole.ready), left=len(whole.left))
        answer(
            uow,
            me,
            said,
            taps=[
                *_ways(uow, whole, talk.duty),
                actions.BUNDLE.tap(Say("option-show-list"), rule.id, 1, whole.subject),
            ],
        )
    return True


def show(uow: UnitOfWork, me: Speaker, bundle: str, page: int, subject: str = "") -> None:
    """The parts of a bundle, the undone ones first; where this person has none of it, what they can do now. Who has it
    of several enterprises and names none (`subject`) chooses one of them.
    """
    found = _find(uow, me, bundle, subject)
    if not found:
        what_now(uow, me)
        return
    if len(found) > 1:
        send(uow, me, _which(uow, me, found, page))
        return
    whole = found[0]
    ordered = sorted(whole.parts, key=lambda part: not part.undone)
    ready, met = whole.ready, whole.met
    undone = sum(part.undone for part in whole.parts)
    heading = Say("bundle-heading", title=whole.rule.title, undone=undone, number=len(whole.parts))
    entries = [_entry(uow, part, ready, met, confirms=whole.confirms) for part in ordered]
    more = lambda number: actions.BUNDLE.data(bundle, number, whole.subject)  # noqa: E731
    shown = listing.screen([heading], entries, page, more, _ways(uow, whole))
    send(uow, me, replace(shown, of=whole.subject))


def _which(uow: UnitOfWork, me: Speaker, found: Sequence[Whole], page: int) -> Draft:
    """Return the enterprises of whose bundle something is asked, to choose one."""
    names = whose.labels(uow, me.person, (whole.subject for whole in found))
    rule = found[0].rule
    entries = [
        Entry(
            names[whole.subject],
            Say("tasks-owed", number=sum(part.undone for part in whole.parts)),
            actions.BUNDLE.data(rule.id, 1, whole.subject),
        )
        for whole in found
    ]
    return listing.screen([Say("bundle-which", title=rule.title)], entries, page, partial(actions.BUNDLE.data, rule.id))


def review(uow: UnitOfWork, me: Speaker, bundle: str, subject: str = "") -> None:
    """Everything that one confirmation would bind."""
    every = _find(uow, me, bundle, subject)
    # What somebody confirms goes before what they only prepare for others.
    found = [whole for whole in every if whole.confirms and whole.ready] or every
    if len(found) != 1:
        show(uow, me, bundle, 1, subject)
    elif found[0].ready:
        _review(uow, me, found[0], None)
    else:
        said = Say("bundle-nothing-ready", title=found[0].rule.title)
        send(uow, me, Draft((said,), tuple(_ways(uow, found[0])), of=found[0].subject))


def hand_over(uow: UnitOfWork, me: Speaker, bundle: str, subject: str = "") -> None:
    """The officer gives what is prepared to the principal."""
    found = _find(uow, me, bundle, subject)
    if len(found) > 1:
        show(uow, me, bundle, 1)
        return
    if not found or found[0].confirms or not found[0].ready:
        raise not_allowed()
    _hand_over(uow, me, found[0])


def delegate(uow: UnitOfWork, me: Speaker, bundle: str, subject: str = "") -> None:
    """Ask the safety officer to prepare the whole list."""
    found = _find(uow, me, bundle, subject)
    if len(found) > 1:
        show(uow, me, bundle, 1)
        return
    if not found or not found[0].confirms:
        raise not_allowed()
    whole = found[0]
    card = Draft(
        (Say("delegate-bundle-card", title=whole.rule.title, principal=me.name, number=len(whole.left)),),
        (actions.BUNDLE.tap(Say("option-fill"), bundle, 1, whole.subject),),
        of=whole.subject,
    )
    asked = [
        tell(uow, officer, card, kind="delegated", dedupe=f"{uow.cause}/delegated/{officer}")
        for officer in people.holders(uow.conn, OFFICER, whole.subject)
    ]
    said = Say("delegate-done", title=whole.rule.title) if any(asked) else Say("delegate-nobody")
    send(uow, me, Draft((said,), of=whole.subject))


def change(uow: UnitOfWork, me: Speaker, owned: OwnedDuty) -> None:
    """Change an answer that was prepared and not yet handed over."""
    talk = _part(uow, owned).talk
    if talk is None:
        raise RefusedError(Say("tap-outdated"))
    flow.change(uow, me, talk)


def confirm(uow: UnitOfWork, me: Speaker, bundle: str, digest: str, subject: str = "") -> None:
    """Confirm every part that is filled in. When anything has changed since it was shown, it is shown again: nobody
    confirms what they have not seen.
    """
    found = existing(_find(uow, me, bundle, subject) or None)
    # Of an older button that does not say whose it is, what was shown says it.
    whole = next((whole for whole in found if whole.confirms and whole.ready and digest == whole.digest), None)
    if whole is None or _has_moved(uow, whole):
        review(uow, me, bundle, subject)
        return
    receipts: list[cards.Receipt] = []
    refused: list[Phrase] = []
    for part in whole.ready:
        question = _confirm(part)
        if part.talk is None or question is None:
            continue
        confirmed, _, result = flow.confirm(uow, me, part.talk, question)
        given = filling.hand_in(uow, me, confirmed, result)
        receipts += given
        refused += [] if given else [Say("submit-refused", title=part.owned.title)]
    if receipts:
        draft = cards.receipts(receipts, whole.subject)
        taps = (*draft.taps, *_on(uow, me, bundle, whole.subject))
        send(uow, me, replace(draft, taps=taps))
    if refused:
        answer(uow, me, *refused)
    promises.ask(uow, me, [receipt.owned for receipt in receipts])


def _has_moved(uow: UnitOfWork, whole: Whole) -> bool:
    """Whether something else would be asked by now, and will be: the self-check was answered meanwhile."""
    admissions.settle(uow, whole.subject)
    talks = [part.talk for part in whole.ready if part.talk is not None]
    return talks != [flow.renew(uow, talk) for talk in talks]


def _owned(uow: UnitOfWork, me: Speaker, rule: Bundle) -> list[OwnedDuty]:
    """The parts of a bundle for which a person answers, whosever they are, in the order of the bundle."""
    places = {(part.obligation, part.period): place for place, part in enumerate(rule.parts)}
    found = [owned for owned in of_person(uow, me.person) if (owned.duty.obligation, owned.duty.period) in places]
    return sorted(found, key=lambda owned: places[owned.duty.obligation, owned.duty.period])


def _whole(uow: UnitOfWork, me: Speaker, rule: Bundle, subject: str, owned: Sequence[OwnedDuty]) -> Whole:
    """The bundle of one subject, out of the parts of all."""
    own = [one for one in owned if one.duty.subject == subject]
    # A person has the same say in each of them.
    confirms = bool(own) and may_confirm(uow, me.person, own[0].duty)
    return Whole(rule, subject, tuple(_part(uow, one) for one in own), confirms=confirms)


def _part(uow: UnitOfWork, owned: OwnedDuty) -> Part:
    if owned.duty.status not in UNDONE:
        return Part(owned)
    talk = conversations.of_duty(uow.conn, owned.duty.id)
    if talk is None or not _can_be_part(uow, talk):
        return Part(owned)
    # One in front is just being asked: it is renewed when it ends.
    talk = talk if talk.state == "front" else flow.renew(uow, talk)
    state = flow.state_of(uow, talk)
    return Part(owned, talk, state if isinstance(state, Turn) else None)


def _can_be_part(uow: UnitOfWork, talk: Conversation) -> bool:
    spec = uow.context.talks.get(talk.dialog)
    return spec is not None and spec.duty is not None and spec.duty.bundled


def _find(uow: UnitOfWork, me: Speaker, bundle: str, subject: str) -> list[Whole]:
    """A bundle of one subject, or ("") of each for which a person has something of it to fill in."""
    rule = next((rule for rule in uow.pack.bundles if rule.id == bundle), None)
    if rule is None:
        return []
    owned = [one for one in _owned(uow, me, rule) if may_fill(uow, me.person, one.duty)]
    subjects = dict.fromkeys(one.duty.subject for one in owned if subject in ("", one.duty.subject))
    found = [_whole(uow, me, rule, one, owned) for one in subjects]
    # What is all done needs no choosing.
    return [whole for whole in found if any(part.undone for part in whole.parts)] or found[:1]


def _confirm(part: Part) -> Confirm | None:
    question = part.turn.question if part.turn else None
    return question if isinstance(question, Confirm) else None


def _review(uow: UnitOfWork, me: Speaker, whole: Whole, here: int | None) -> None:
    """Show what is filled in, each part with its answers; a part alone is shown as soon as it is filled."""
    ready = whole.ready
    lines: list[Phrase] = [Say("confirm-check")]
    for number, part in enumerate(ready, 1):
        lines.append(Say("bundle-part", number=number, title=part.owned.title) if len(ready) > 1 else part.owned.title)
        lines += prompting.summary(part.turn.visited) if part.turn else []
    if whole.left:
        lines.append(Say("bundle-left", left=len(whole.left)))
    taps = _lead(whole, here)
    if whole.confirms:
        late = any(part.owned.duty.overdue(uow.now) for part in ready)
        due = min((day for part in ready if (day := due_day(uow, part.owned.duty)) is not None), default=uow.now.date())
        said = Say("bundle-confirm-late", name=me.name, number=len(ready)) if late else None
        lines.append(said or Say("bundle-confirm", name=me.name, number=len(ready), due=due))
        taps.append(actions.SUBMIT.tap(Say("option-confirm"), whole.rule.id, whole.digest, whole.subject))
    else:
        taps.append(actions.HAND.tap(Say("option-hand"), whole.rule.id, whole.subject))
    alone = len(ready) == 1 and whole.confirms
    listed = actions.BUNDLE.data(whole.rule.id, 1, whole.subject)
    change = actions.FILL.data(ready[0].owned.duty.id, "") if alone else listed
    taps.append(Tap(Say("option-edit"), change))
    send(uow, me, Draft(tuple(lines), tuple(taps), of=whole.subject))


def _lead(whole: Whole, here: int | None) -> list[Tap]:
    """On to the next part, where there is one."""
    following = whole.after(here)
    if following is None:
        return []
    label = Say("option-next") if whole.ready else Say("option-begin")
    return [actions.FILL.tap(label, following.owned.duty.id, "")]


def _on(uow: UnitOfWork, me: Speaker, bundle: str, subject: str) -> list[Tap]:
    """On to what of a bundle was not confirmed yet."""
    found = _find(uow, me, bundle, subject)
    following = found[0].after(None) if found else None
    return [] if following is None else [actions.FILL.tap(Say("option-next"), following.owned.duty.id, "")]


def _ways(uow: UnitOfWork, whole: Whole, here: int | None = None) -> list[Tap]:
    """Return the buttons by which somebody goes on with a bundle."""
    taps = _lead(whole, here)
    if whole.ready and whole.confirms:
        taps.append(actions.REVIEW.tap(Say("option-review"), whole.rule.id, whole.subject))
    elif whole.ready:
        taps.append(actions.HAND.tap(Say("option-hand"), whole.rule.id, whole.subject))
    elif whole.confirms and whole.left and people.holders(uow.conn, OFFICER, whole.subject):
        taps.append(actions.PREPARE.tap(Say("option-delegate"), whole.rule.id, whole.subject))
    return taps


def _hand_over(uow: UnitOfWork, me: Speaker, whole: Whole) -> None:
    card = Draft(
        (Say("handed-bundle", title=whole.rule.title, officer=me.name, number=len(whole.ready)),),
        (actions.REVIEW.tap(Say("option-check"), whole.rule.id, whole.subject),),
        of=whole.subject,
    )
    title = whole.rule.title
    # Whoever taps twice, or hands over what has not changed since, tells the principal nothing new.
    handed = f"handed/{whole.rule.id}/{whole.prepared_digest}"
    reached = [
        tell(uow, principal, card, kind="handed-over", dedupe=f"{handed}/{principal}")
        for principal in people.holders(uow.conn, PRINCIPAL, whole.subject)
    ]
    said = Say("handed-over", title=title)
    if not any(reached):
        said = Say("handed-unreachable", title=title) if reached else Say("handed-nobody", title=title)
    send(uow, me, Draft((said,), of=whole.subject))


def _entry(uow: UnitOfWork, part: Part, ready: Sequence[Part], met: set[tuple[str, str]], *, confirms: bool) -> Entry:
    duty = part.owned.duty
    if part in ready:
        # What the officer opened would go to the principal on its own: they change it instead.
        change = actions.FILL.data(duty.id, "") if confirms else actions.CHANGE.data(duty.id)
        return Entry(part.owned.title, Say("state-filled"), change)
    if part.undone and (duty.obligation, duty.period) in met:
        return Entry(part.owned.title, Say("state-met"), actions.SHOW.data(duty.id))
    return Entry(part.owned.title, cards.state_line(uow, duty), actions.SHOW.data(duty.id))

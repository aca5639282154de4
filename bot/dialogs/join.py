"""Joining by invitation: who invites whom for what, which data is kept, consent, the name."""

from dataclasses import dataclass

from talk.conversation import Brief, Talk
from talk.questions import Text, YesNo
from talk.texts import Say

NAME_LIMIT = 40


@dataclass(frozen=True, slots=True)
class Joined:
    """Consent was given, under this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Declined:
    """No consent: nothing is bound, the invitation stays good."""


def join(brief: Brief) -> Talk[Joined | Declined]:
    """The brief gives the inviter, the role, the place, the name in the registry, and the name under
    which somebody with another role is known already ("" where there is none).
    """
    agreed = yield from YesNo(
        key="consent",
        ask=Say(
            "join-consent",
            inviter=brief["inviter"],
            place=brief["place"],
            role=Say("role", role=brief["role"]),
        ),
        hint=Say("join-data"),
        yes=Say("join-agree"),
        no=Say("join-decline"),
    )
    if not agreed:
        return Declined()
    if brief["known"]:
        return Joined(brief["known"])
    registered = brief["registered"]
    if registered:
        correct = yield from YesNo(
            key="name_correct",
            ask=Say("join-name-check", name=registered),
            yes=Say("join-name-right"),
            no=Say("join-name-wrong"),
        )
        if correct:
            return Joined(registered)
    name = yield from Text(key="name", ask=Say("join-name"), hint=Say("join-name-hint"), limit=NAME_LIMIT)
    return Joined(name)

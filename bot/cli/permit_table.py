"""A permit's moves as a table, for people and for the docs: what `campaign.permits.TABLE` says, and nothing else."""

from campaign.permits import TABLE, Event, Seat, State, Transition
from talk.texts import Phrase, Say, listed, render


def permit_table(language: str) -> str:
    """The table in Markdown, a move in each line, in the order of a permit's life."""
    lines = [render(Say("permit-table-head"), language), "|---|---|---|---|---|"]
    states, events = list(State), list(Event)
    for (state, event), move in sorted(
        TABLE.items(), key=lambda entry: (states.index(entry[0][0]), events.index(entry[0][1]))
    ):
        cells: tuple[Phrase, ...] = (
            Say("permit-state", state=state),
            Say("permit-step", event=event),
            _who(move),
            _listed(tuple(Say("permit-gate", gate=gate) for gate in move.gates)),
            Say("permit-state", state=move.to),
        )
        lines.append("| " + " | ".join(render(cell, language) for cell in cells) + " |")
    return "\n".join(lines)


def _who(move: Transition) -> Phrase:
    if len(move.by) == len(Seat) - 1:
        return Say("permit-table-anybody")
    return _listed(tuple(Say("permit-seat", seat=seat) for seat in Seat if seat in move.by))


def _listed(phrases: tuple[Phrase, ...]) -> Phrase:
    return listed(phrases) if phrases else Say("permit-table-none")

"""The table of retention (`storage.retention.TABLE`), printed for people and for the docs."""

from datetime import timedelta

from storage.retention import TABLE, Kept, Terms
from talk.texts import Phrase, Say, render


def retention_table(language: str, terms: Terms) -> str:
    """The table in Markdown: a kind of data in each line."""
    lines = [render(Say("retention-head"), language), "|---|---|---|---|---|---|"]
    for kept in TABLE:
        cells: tuple[Phrase, ...] = (
            Say("retention-kind", kind=kept.kind),
            Say("retention-whose", whose=kept.whose),
            Say("retention-ground", ground=kept.ground),
            _term(kept, terms),
            Say("retention-end", end=kept.end),
            " ".join(f"`{part}`" for part in kept.exported) or Say("retention-not-exported"),
        )
        lines.append("| " + " | ".join(render(cell, language) for cell in cells) + " |")
    return "\n".join(lines)


def _term(kept: Kept, terms: Terms) -> Phrase:
    term = kept.kept_for(terms)
    if term is None:
        return Say("retention-no-term", end=kept.end)
    return Say("retention-term", days=term // timedelta(days=1), kind=kept.kind)

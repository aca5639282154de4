"""The table of permissions (`service.core.permissions.TABLE`), printed for people and for the docs."""

from campaign.roles import ROLES
from service.core.permissions import TABLE, Act
from talk.texts import Say, render

MARK = "●"


def permission_table(language: str) -> str:
    """The table in Markdown: a use case in each line, as the code names it, and a column for each role."""
    roles = [render(Say("role", role=role), language) for role in ROLES]
    lines = [
        f"| {render(Say('permission-table-act'), language)} | {' | '.join(roles)} |",
        f"|---|{':-:|' * len(ROLES)}",
    ]
    for act in Act:
        marks = (MARK if role in TABLE[act] else "" for role in ROLES)
        lines.append(f"| {act.value} | {' | '.join(marks)} |")
    return "\n".join(lines)

"""The table of permissions (`service.core.permissions.TABLE`), printed for people and for the docs."""

from campaign.roles import DISTRICT_ROLES, ROLES
from service.core.permissions import Act, Kind
from talk.texts import Say, render

MARK = "●"
NOT_OVER_THE_CITYS = "◐"
"""Over the enterprises of the district but those that the city supervises itself (市直)."""


def permission_table(language: str) -> str:
    """The table in Markdown: a use case in each line, as the code names it, and a column for each role."""
    roles = [render(Say("role", role=role), language) for role in ROLES]
    lines = [
        f"| {render(Say('permission-table-act'), language)} | {' | '.join(roles)} |",
        f"|---|{':-:|' * len(ROLES)}",
    ]
    for act in Act:
        marks = (_mark(act, role) for role in ROLES)
        lines.append(f"| {act.value} | {' | '.join(marks)} |")
    return "\n".join(lines)


def _mark(act: Act, role: str) -> str:
    if role not in act.roles:
        return ""
    return NOT_OVER_THE_CITYS if role in DISTRICT_ROLES and act.kind is Kind.OVERSIGHT else MARK

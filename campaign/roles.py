"""The roles in which people hold a membership, by the names under which the database keeps them."""

from typing import Final

from talk import asking

PRINCIPAL: Final = asking.PRINCIPAL
"""The principal of an enterprise (主要负责人)."""

OFFICER: Final = "officer"
"""A safety officer of an enterprise (安全管理人员)."""

WORKER: Final = "worker"
"""A worker of an enterprise."""

CLERK: Final = "clerk"
"""A clerk of a district's bureau."""

LEADER: Final = "leader"
"""The leader of a district's bureau, who reviews what its clerks write."""

CITY: Final = "city"
"""The staff of the city's bureau."""

OPERATOR: Final = "operator"
"""Whoever runs the bot."""

FIRM: Final = "firm"
"""No role: the enterprise itself, where a telephone of it is nobody's own (联系电话)."""

CALLED: Final = (PRINCIPAL, OFFICER, FIRM)
"""Whose telephone of an enterprise the registry knows."""

ENTERPRISE_ROLES: Final = (PRINCIPAL, OFFICER, WORKER)
DISTRICT_ROLES: Final = (CLERK, LEADER)
ROLES: Final = (*ENTERPRISE_ROLES, *DISTRICT_ROLES, CITY, OPERATOR)
"""Every role, in the order in which tables and lists name them."""

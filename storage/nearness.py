"""Which hosts are this machine: what goes there leaves no wire to listen at."""

from ipaddress import ip_address


def is_here(host: str) -> bool:
    """Return whether a host is this machine: a loopback address (RFC 1122, RFC 4291) or the name of one."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False

"""Names that the page answers to, and the refusal to serve it beyond this machine without a word about it."""

import ipaddress
import re
import socket
from collections.abc import Iterable

from index.errors import RapporteurError

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
# Addresses that mean every interface of the machine.
_EVERY_INTERFACE = frozenset({"", "0.0.0.0", "::"})
_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
_LONGEST_NAME = 253


def check_exposure(host: str, no_auth: bool) -> None:
    """Check that a page without passwords is served to others only when the user says so.

    Args:
        host: the address to listen on.
        no_auth: True if the user accepts that whoever reaches the address may do everything.

    Raises:
        RapporteurError: others reach the address, and the user has not accepted that.
    """
    if not no_auth and not is_loopback(host):
        raise RapporteurError(
            f"--host {host}: the page asks for no password, so whoever reaches this address could read, change and"
            " remove the library; leave --host out, let users log in with --auth,"
            " or add --no-auth if that is what you want"
        )


def is_loopback(host: str) -> bool:
    """Return True if an address or name is reached from this machine only, or belongs to no machine."""
    if host in _EVERY_INTERFACE:
        return False
    try:
        found = {str(address[4][0]) for address in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):  # refused in its own words when the page is to listen there
        return True
    return all(ipaddress.ip_address(address.partition("%")[0]).is_loopback for address in found)


def is_loopback_address(address: str) -> bool:
    """Return True if this is a numeric address of this machine's own loopback."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def served_names(host: str, allowed: Iterable[str] = ()) -> frozenset[str]:
    """Return the names that requests may use, in small letters.

    The address that a connection comes in at needs no name here: a page of another site cannot have it.

    Args:
        host: the address that the page is served on.
        allowed: the names that the user gives, such as that of this machine in its network.

    Raises:
        RapporteurError: one of them is no name; a port or a path is none.
    """
    names = {_checked(name) for name in allowed}
    return LOOPBACK | names | ({host.lower()} - _EVERY_INTERFACE)


def is_own_address(name: str, server: object) -> bool:
    """Return True if a name is the numeric address of this machine that a connection came in at.

    Args:
        name: of the Host header, without the port.
        server: the address and port of this end of the connection, as ASGI gives them; None where it is not known.
    """
    if not isinstance(server, tuple | list):
        return False
    try:
        return _plain(name) == _plain(str(server[0]))
    except ValueError:  # a name in letters
        return False


def _plain(address: str) -> object:
    """Return an address, that of IPv4 where it is one that IPv6 encloses."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    return getattr(parsed, "ipv4_mapped", None) or parsed


def _checked(name: str) -> str:
    try:
        return str(ipaddress.ip_address(name.strip("[]")))
    except ValueError:
        pass  # it is no address, but a name
    try:
        ascii_name = name.rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        ascii_name = ""
    if len(ascii_name) > _LONGEST_NAME or not _NAME.fullmatch(ascii_name):
        raise RapporteurError(f"--allow-host {name}: this is no name; give it without port and path, as in records.lan")
    return ascii_name

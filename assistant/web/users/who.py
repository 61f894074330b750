"""Find the user who sends a request: by the cookie of a session, a token, or the header of a trusted proxy."""

import hashlib
import ipaddress
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any

from assistant.users.accounts import Accounts
from assistant.users.current import NOBODY, User
from assistant.users.sessions import Sessions
from assistant.users.tokens import AccessTokens
from index.errors import RapporteurError
from index.library import Library

_KEY = "rapporteur.user"
_BEARER = "bearer "
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class Authentication:
    """The means by which the page finds out who comes.

    Attributes:
        header: the header in which a proxy names the user, in small letters; empty for none.
        proxies: the addresses that are believed.
    """

    header: str = ""
    proxies: tuple[Network, ...] = ()

    @classmethod
    def of(cls, header: str | None, proxies: Sequence[str]) -> "Authentication":
        """Return what the options of the command say.

        Raises:
            RapporteurError: one of them is missing or impossible.
        """
        if bool(header) != bool(proxies):
            raise RapporteurError(
                "--auth-header goes with --trusted-proxy ADDRESS: the header of anybody is not believed"
            )
        if (header and not header.replace("-", "").isascii()) or (header and not header.replace("-", "").isalnum()):
            raise RapporteurError(f"--auth-header {header!a}: this is no name of a header, such as X-Forwarded-User")
        try:
            networks = tuple(ipaddress.ip_network(proxy) for proxy in proxies)
        except ValueError as error:
            raise RapporteurError(f"--trusted-proxy: {error}; give an address such as 10.0.0.5") from error
        return cls((header or "").lower(), networks)

    def believes(self, address: str) -> bool:
        """Return True if this is the address of a trusted proxy."""
        try:
            found = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        plain = getattr(found, "ipv4_mapped", None) or found
        return any(plain in network for network in self.proxies)


class RequestUsers:
    """Finds the users of requests; each request is looked up in the library anew."""

    def __init__(self, library: Library, authentication: Authentication) -> None:
        self._authentication = authentication
        self._accounts = Accounts(library)
        self._sessions = Sessions(library)
        self._tokens = AccessTokens(library)
        # Browsers send a cookie to all ports of a machine, and each may serve another library.
        self.cookie = f"rapporteur_{hashlib.sha256(library.location.encode()).hexdigest()[:8]}"

    @property
    def has_login(self) -> bool:
        """True where users log in at a page of ours; else a proxy says who comes."""
        return not self._authentication.header

    def user(self, scope: MutableMapping[str, Any]) -> User | None:
        """Return the user who sends a request; None where nobody is logged in.

        Raises:
            LibraryError: the library cannot be read.
        """
        if self._authentication.header:
            return self._named_by_proxy(scope)
        authorization = "".join(_values(scope, "authorization")[:1])
        if authorization.lower().startswith(_BEARER):
            return self._tokens.user(authorization[len(_BEARER) :].strip())
        return self._sessions.user(self.secret(scope))

    def secret(self, scope: MutableMapping[str, Any]) -> str:
        """Return the secret of the session in a request's cookie; empty where there is none."""
        try:
            found = SimpleCookie("; ".join(_values(scope, "cookie"))).get(self.cookie)
        except CookieError:
            return ""
        return found.value if found else ""

    def _named_by_proxy(self, scope: MutableMapping[str, Any]) -> User | None:
        names = _values(scope, self._authentication.header)
        address = str((scope.get("client") or ("",))[0])
        # A second one would be the sender's own, which the proxy did not take away.
        return self._accounts.named(names[0]) if len(names) == 1 and self._authentication.believes(address) else None


def request_user(scope: MutableMapping[str, Any]) -> User:
    """Return the user who sends a request that the gate let in; `NOBODY` where nobody logs in."""
    user = scope.get(_KEY, NOBODY)
    assert isinstance(user, User)
    return user


def with_user(scope: MutableMapping[str, Any], user: User) -> dict[str, Any]:
    """Return the scope of a request that says who sends it."""
    return {**scope, _KEY: user}


def _values(scope: MutableMapping[str, Any], name: str) -> list[str]:
    return [value.decode("latin-1") for key, value in scope["headers"] if key.decode("latin-1").lower() == name]

"""Host names split with the public suffix list, and the organisation a host belongs to."""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

import can_ada

from chaffinch.message.model import Domain, Value

LONGEST_HOST = 253

_HOST = re.compile(
    r"(?>(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.)*)[a-z0-9](?:[a-z0-9_-]{0,62})", re.ASCII
)
_IPV4 = re.compile(r"\d{1,10}(?:\.\d{1,10}){0,3}", re.ASCII)
_UNREGISTRABLE = frozenset(
    ("local", "localhost", "localdomain", "invalid", "lan", "internal", "corp", "home", "onion")
)


class Suffixes(Value):
    """The rules of a public suffix list: plain ones, wildcards (without ``*.``) and exceptions."""

    plain: frozenset[str]
    wildcards: frozenset[str]
    exceptions: frozenset[str]

    def length(self, labels: list[str]) -> int:
        """How many labels at the end are public; one where no rule matches."""
        for start in range(len(labels)):
            name = ".".join(labels[start:])
            if name in self.exceptions:
                return len(labels) - start - 1
            if name in self.plain or ".".join(labels[start + 1 :]) in self.wildcards:
                return len(labels) - start
        return 1


@lru_cache(maxsize=16_384)
def domain(host: str) -> Domain:
    """The host split at its public suffix; ``organisational`` is the name somebody registered.

    >>> d = domain("Mail.Acme.co.uk")
    >>> d.domain, d.root_domain, d.sld, d.tld, d.subdomain, d.valid
    ('mail.acme.co.uk', 'acme.co.uk', 'acme', 'co.uk', 'mail', True)
    >>> domain("acme.onmicrosoft.com").root_domain, domain("acme.onmicrosoft.com").organisational
    ('onmicrosoft.com', 'acme.onmicrosoft.com')
    >>> domain("192.0.2.1").valid, domain("pot").root_domain
    (False, None)
    """
    name = ascii_host(host)
    labels = name.split(".")
    if not _is_registrable_shape(name, labels):
        return Domain(domain=name, organisational=name or None, punycode=_unicode_form(name))
    public = _icann().length(labels)
    if public >= len(labels):
        return Domain(domain=name, tld=name, organisational=name, punycode=_unicode_form(name))
    return Domain(
        domain=name,
        root_domain=".".join(labels[-public - 1 :]),
        sld=labels[-public - 1],
        tld=".".join(labels[-public:]),
        subdomain=".".join(labels[: -public - 1]) or None,
        punycode=_unicode_form(name),
        valid=True,
        organisational=_organisation(labels),
    )


def organisation(host: str | None) -> str | None:
    """The organisational domain of a host, for comparing two hosts.

    >>> organisation("a.b.acme.example"), organisation(None)
    ('acme.example', None)
    """
    return domain(host).organisational if host else None


def ascii_host(host: str) -> str:
    """The host in lower case, without surrounding dots, Unicode labels as ``xn--``.

    >>> ascii_host("Bücher.Example.")
    'xn--bcher-kva.example'
    """
    name = host.strip().strip(".").lower()
    if name.isascii() or len(name) > LONGEST_HOST:
        return name
    whole = name.encode("utf-8", "replace").decode()  # half a surrogate pair has no encoding
    encoded: bytes = can_ada.idna_encode(whole)
    return encoded.decode("ascii", "replace") or name


def _is_registrable_shape(name: str, labels: list[str]) -> bool:
    return (
        len(labels) > 1
        and len(name) <= LONGEST_HOST
        and labels[-1] not in _UNREGISTRABLE
        and not labels[-1].isdigit()
        and _HOST.fullmatch(name) is not None
        and _IPV4.fullmatch(name) is None
    )


def _organisation(labels: list[str]) -> str:
    length = _with_private_suffixes().length(labels)
    return ".".join(labels[-length - 1 :])


def _unicode_form(name: str) -> str | None:
    if "xn--" not in name or len(name) > LONGEST_HOST or not name.isascii():
        return None
    decoded = can_ada.idna_decode(name.encode())  # type: ignore[arg-type]  # its stub errs: str
    return decoded if decoded and decoded != name else None


@lru_cache(maxsize=1)
def _icann() -> Suffixes:
    return _suffixes(_public_suffix_lines().partition("===END ICANN")[0].splitlines())


@lru_cache(maxsize=1)
def _with_private_suffixes() -> Suffixes:
    shared = data_lines("shared_mail_suffixes.txt")
    return _suffixes([*_public_suffix_lines().splitlines(), *shared])


def data_lines(name: str) -> tuple[str, ...]:
    """The lines of one of this room's data files that are not empty and not comments."""
    text = resources.files("chaffinch.message").joinpath("data", name).read_text("utf-8")
    return tuple(line for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _public_suffix_lines() -> str:
    path = resources.files("publicsuffixlist").joinpath("public_suffix_list.dat")
    return path.read_text("utf-8")


def _suffixes(lines: Iterable[str]) -> Suffixes:
    plain, wildcards, exceptions = set(), set(), set()
    for line in lines:
        rule = line.strip()
        if not rule or rule.startswith("//"):
            continue
        if rule.startswith("*."):
            wildcards.add(ascii_host(rule[2:]))
        elif rule.startswith("!"):
            exceptions.add(ascii_host(rule[1:]))
        else:
            plain.add(ascii_host(rule))
    return Suffixes(
        plain=frozenset(plain), wildcards=frozenset(wildcards), exceptions=frozenset(exceptions)
    )

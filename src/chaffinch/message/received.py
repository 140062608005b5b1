"""One Received header taken apart: who handed the message to whom, and when."""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import ClassVar

from chaffinch.core.lazy import lazy
from chaffinch.message.dates import WrittenDate, written_date
from chaffinch.message.model import Clause, Value

LONGEST_RECEIVED = 8_192
LONGEST_HOST = 255
LONGEST_CLAUSE = 1_000  # so much of a clause is searched for hosts and addresses

_KEY_WORD = re.compile(
    r" ([Ff]rom|FROM|[Bb]y|BY|[Vv]ia|VIA|[Ww]ith|WITH|[Ii]d|ID|[Ff]or|FOR)(?= )", re.ASCII
)
_LABELS = re.compile(r"[a-z0-9_-]{1,63}(?>(?:\.[a-z0-9_-]{1,63})+)")
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_GROUP = r"[1-9a-f][0-9a-f]{0,3}"
_SOME = rf"{_GROUP}(?::{_GROUP}){{0,4}}"
_IPV4 = re.compile(_DOTTED := rf"{_OCTET}(?:\.{_OCTET}){{3}}")
_IPV6 = re.compile(_COLONS := rf"{_SOME}::(?:{_SOME})?|{_GROUP}(?::{_GROUP}){{7}}")  # canonical
_HOST = r"(?>(?:[A-Za-z0-9_-]{1,63}\.)+)[A-Za-z][A-Za-z0-9_-]{0,62}"
_NOTE = rf"(?: \((?:\[?({_DOTTED}|{_COLONS})\]?|([!-'*-~ ]{{0,500}}+))\))?"
# ``from`` and ``by`` at the head of a line, each a host and at most one comment, as nearly always
_USUAL = re.compile(
    rf"(?:from (({_HOST}){_NOTE}) )?by (({_HOST}){_NOTE})(?: (?:via|with|id|for) |\Z)", re.ASCII
)
_WORD_LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789_.:-"
_TO_WORDS = {
    code: letter if letter in _WORD_LETTERS else " "
    for code in range(128)
    if (letter := chr(code).lower())
}


class Named(Value, kw_only=False):
    """The dotted host names and the IP addresses a text names, in lower case, in order.

    ``first`` is the host the text begins with, where it begins with one.
    """

    hosts: tuple[str, ...] = ()
    ips: tuple[str, ...] = ()
    first: str | None = None


_NOBODY = Named()


class Received(Value, kw_only=False, dict=True):
    """A Received header: from → source, by → server, with → protocol, for → mailbox, via → link."""

    hidden_from_rules: ClassVar[frozenset[str]] = frozenset(
        ("source_names", "server_names", "text", "stamp")
    )

    source: Clause | None = None
    server: Clause | None = None
    additional: Clause | None = None
    source_names: Named = _NOBODY  # hosts and addresses of the ``from`` clause, comments included
    server_names: Named = _NOBODY
    text: str = ""
    stamp: str = ""  # what stands behind the last semicolon

    @property
    def protocol(self) -> Clause | None:
        """What the message was handed over with."""
        return self._clause("with")

    @property
    def id(self) -> Clause | None:
        """The server's name for the message."""
        return self._clause("id")

    @property
    def mailbox(self) -> Clause | None:
        """Whom the message was for."""
        return self._clause("for")

    @property
    def link(self) -> Clause | None:
        """The way the message came by."""
        return self._clause("via")

    def _clause(self, key: str) -> Clause | None:
        return self._clauses.get(key) if key in self.text.lower() else None

    @lazy
    def _clauses(self) -> dict[str, Clause]:
        return _clauses(self.text)

    @lazy
    def _date(self) -> WrittenDate | None:
        return written_date(self.stamp)

    @property
    def time(self) -> datetime | None:
        """When the server took the message, in UTC."""
        return self._date.time if self._date else None

    @property
    def zone_offset(self) -> str | None:
        """The server's zone, such as ``-4``."""
        return self._date.offset if self._date else None


def received(value: str) -> Received:
    """The clauses of an unfolded Received header, white space collapsed.

    >>> hop = received("from a.example (a.example [192.0.2.1]) by mx.acme.example (Postfix)"
    ...     " with ESMTP id 7 for <jane@acme.example>; Fri, 9 Aug 2019 20:03:22 +0200")
    >>> hop.source.raw, hop.server.raw, hop.mailbox.raw, hop.zone_offset
    ('a.example (a.example [192.0.2.1])', 'mx.acme.example (Postfix)', '<jane@acme.example>', '+2')
    """
    line = value[:LONGEST_RECEIVED]
    text, _, stamp = line.rpartition(";")
    if not text or ("by " in stamp and written_date(stamp) is None):
        text = line
    return _usual(text, stamp) or _whatever(text, stamp)


def _usual(text: str, stamp: str) -> Received | None:
    """The line read in one sweep where it begins as nearly all do; the same as the long way."""
    is_spread = "  " in text or "\t" in text
    match = _USUAL.match(" ".join(text.split()) if is_spread else text)
    if match is None or text.count("(") != text.count(")"):
        return None
    source, server = match[1], match[5]
    if source is None and "from" in text.lower():
        return None
    return Received(
        None if source is None else Clause(source),
        Clause(server),
        None,
        _NOBODY if source is None else _named_usually(source, *match.group(2, 3, 4)),
        _named_usually(server, *match.group(6, 7, 8)),
        text,
        stamp,
    )


def _named_usually(clause: str, host: str, ip: str | None, note: str | None) -> Named:
    """What a clause of a host and a comment names; the same as ``named`` finds in it."""
    is_plain = note is None and (ip is None or ip.count(":") < 7)
    if not is_plain or len(host) > LONGEST_HOST:
        return named(Clause(clause))
    name = host.lower()
    return Named((name,), () if ip is None else (ip,), name)


def _whatever(text: str, stamp: str) -> Received:
    """Any line at all."""
    found = _clauses(text).get
    source, server = found("from"), found("by")
    return Received(source, server, found(""), named(source), named(server), text, stamp)


def _clauses(text: str) -> dict[str, Clause]:
    """Key word → clause; what stands before the first key word under the empty name."""
    first, *rest = _KEY_WORD.split(f" {' '.join(text.split())} ")
    heeds_comments = "(" in text and text.count("(") == text.count(")")
    clauses = {"": first}
    key = ""
    depth = first.count("(") - first.count(")") if heeds_comments else 0
    for word, piece in zip(rest[::2], rest[1::2], strict=True):
        name = word.lower()
        if depth > 0 or name in clauses:
            clauses[key] += f" {word}{piece}"
        else:
            key, clauses[name] = name, piece
        if heeds_comments and ("(" in piece or ")" in piece):
            depth += piece.count("(") - piece.count(")")
    return {name: Clause(bare) for name, raw in clauses.items() if (bare := raw.strip())}


def named(clause: Clause | None) -> Named:
    """The hosts and addresses of a clause.

    >>> named(Clause("MX.Acme.example (a.example [192.0.2.1])"))
    Named(hosts=('mx.acme.example', 'a.example'), ips=('192.0.2.1',), first='mx.acme.example')
    """
    if clause is None:
        return _NOBODY
    words = _words(clause.raw[:LONGEST_CLAUSE])
    hosts, ips = _sorted_out(words)
    begins = hosts and words[0].strip(".") == hosts[0]
    return Named(tuple(hosts), tuple(ips), hosts[0] if begins else None)


def _words(text: str) -> list[str]:
    """The words of a text in lower case, such as host names and addresses are made of."""
    return text.translate(_TO_WORDS).split()


def _sorted_out(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The host names and the addresses among words in lower case."""
    hosts: list[str] = []
    ips: list[str] = []
    for word in words:
        if ":" in word or "." in word:
            bare = word.strip(".")
            ip = canonical_ip(bare) if ":" in bare or bare[-1:].isdigit() else None
            if ip is not None:
                ips.append(ip)
            elif ":" in bare:
                hosts.extend(filter(is_host, bare.split(":")))
            elif is_host(bare):
                hosts.append(bare)
    return hosts, ips


def is_host(word: str) -> bool:
    """Whether a lower-case word is a dotted host name and no number."""
    if _LABELS.fullmatch(word) is None:
        return False
    return not (word[-1].isdigit() and word.rpartition(".")[2].isdigit())


def ips_in(text: str) -> tuple[str, ...]:
    """Every IP address of a text in canonical form, in order.

    >>> ips_in("mail (1.2.3.4) [IPv6:2001:DB8::1] 15.20.5857.20")
    ('1.2.3.4', '2001:db8::1')
    """
    return named(Clause(text)).ips


@lru_cache(maxsize=4096)
def canonical_ip(text: str) -> str | None:
    """The address in canonical text, or None where it is none.

    >>> canonical_ip("[2001:DB8:0::1]"), canonical_ip("300.1.1.1")
    ('2001:db8::1', None)
    """
    bare = text.strip(" []<>()").lower().removeprefix("ipv6:")
    if _is_canonical(bare):
        return bare
    if bare.count(":") < 2:
        return None
    try:
        return ip_text(ip_address(bare))
    except ValueError:
        return None


def _is_canonical(text: str) -> bool:
    """Whether a text is an IP address as it is usually written."""
    colons = text.count(":")
    if colons < 2:
        return _IPV4.fullmatch(text) is not None
    return (colons < 7 or "::" not in text) and _IPV6.fullmatch(text) is not None


def ip_text(address: IPv4Address | IPv6Address) -> str:
    """The canonical text; an IPv4 address inside an IPv6 one is dotted in every Python.

    >>> ip_text(ip_address("::ffff:c000:201"))
    '::ffff:192.0.2.1'
    """
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(address) if mapped is None else f"::ffff:{mapped}"


def is_public_ip(text: str) -> bool:
    """Whether the address can be reached from outside (documentation ranges count as public).

    >>> is_public_ip("192.0.2.1"), is_public_ip("10.1.2.3"), is_public_ip("::1")
    (True, False, False)
    """
    if text.startswith("172."):
        return not 16 <= int(text.split(".", 2)[1]) <= 31
    return not text.startswith(_PRIVATE)


_PRIVATE = ("10.", "127.", "192.168.", "169.254.", "fe80:", "fc", "fd", "::1", "0.")

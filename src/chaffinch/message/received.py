"""One Received header taken apart: who handed the message to whom, and when."""

import re
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from chaffinch.message.dates import written_date
from chaffinch.message.model import Clause, Received

LONGEST_RECEIVED = 8_192

_KEY_WORDS = frozenset(("from", "by", "via", "with", "id", "for"))
_KEY_WORD_LETTERS = max(map(len, _KEY_WORDS))
_HOST = re.compile(r"[\w-]{1,63}(?>(?:\.[\w-]{1,63})+)", re.ASCII)
_IP = re.compile(
    r"(?<![\w.:-])(?:IPv6:)?(\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?![\w:-])",
    re.IGNORECASE | re.ASCII,
)


def received(value: str) -> Received:
    """The clauses of an unfolded Received header, white space collapsed.

    >>> hop = received("from a.example (a.example [192.0.2.1]) by mx.acme.example (Postfix)"
    ...     " with ESMTP id 7 for <jane@acme.example>; Fri, 9 Aug 2019 20:03:22 +0200")
    >>> hop.source.raw, hop.server.raw, hop.mailbox.raw, hop.zone_offset
    ('a.example (a.example [192.0.2.1])', 'mx.acme.example (Postfix)', '<jane@acme.example>', '+2')
    """
    return _received(value[:LONGEST_RECEIVED])


@lru_cache(maxsize=256)  # the search for our boundary and the hops read the same lines
def _received(value: str) -> Received:
    text, _, stamp = value.rpartition(";")
    date = written_date(stamp)
    if not text or (date is None and "by " in stamp):
        text = value
    clauses = _clauses(text)
    return Received(
        source=clauses.get("from"),
        server=clauses.get("by"),
        protocol=clauses.get("with"),
        id=clauses.get("id"),
        mailbox=clauses.get("for"),
        link=clauses.get("via"),
        additional=clauses.get(""),
        time=date.time if date else None,
        zone_offset=date.offset if date else None,
    )


def _clauses(text: str) -> dict[str, Clause]:
    """Key word → clause; what stands before the first key word under the empty name."""
    heeds_comments = text.count("(") == text.count(")")
    clauses: dict[str, list[str]] = {"": []}
    words = clauses[""]
    depth = 0
    for word in text.split():
        if len(word) <= _KEY_WORD_LETTERS and depth == 0:
            key = word.lower()
            if key in _KEY_WORDS and key not in clauses:
                words = clauses[key] = []
                continue
        words.append(word)
        if heeds_comments and ("(" in word or ")" in word):
            depth = max(0, depth + word.count("(") - word.count(")"))
    return {name: Clause(raw=" ".join(words)) for name, words in clauses.items() if words}


def host_of(clause: Clause | None) -> str | None:
    """The host a clause begins with, lower case; None where it begins with none.

    >>> host_of(Clause(raw="MX.Acme.example. (Postfix)")), host_of(Clause(raw="[192.0.2.1]"))
    ('mx.acme.example', None)
    """
    if clause is None:
        return None
    first = clause.raw[:300].split(None, 1)[0].lower().strip("[]().,;")
    if "." not in first or first.replace(".", "").isdigit() or _HOST.fullmatch(first) is None:
        return None
    return first


def hosts_in(clause: Clause | None) -> tuple[str, ...]:
    """Every dotted host name of a clause, lower case, comments included."""
    if clause is None:
        return ()
    return tuple(
        host for host in _HOST.findall(clause.raw.lower()) if not host.rpartition(".")[2].isdigit()
    )


def ips_in(text: str) -> tuple[str, ...]:
    """Every IP address of a text in canonical form, in order.

    >>> ips_in("mail (1.2.3.4) [IPv6:2001:DB8::1] 15.20.5857.20")
    ('1.2.3.4', '2001:db8::1')
    """
    found = (canonical_ip(written) for written in _IP.findall(text))
    return tuple(ip for ip in found if ip is not None)


@lru_cache(maxsize=4096)
def canonical_ip(text: str) -> str | None:
    """The address in canonical text, or None where it is none.

    >>> canonical_ip("[2001:DB8:0::1]"), canonical_ip("300.1.1.1")
    ('2001:db8::1', None)
    """
    bare = text.strip(" []<>()").lower().removeprefix("ipv6:")
    try:
        return ip_text(ip_address(bare))
    except ValueError:
        return None


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
    return not text.startswith(_PRIVATE) and not _in_172_private(text)


_PRIVATE = ("10.", "127.", "192.168.", "169.254.", "fe80:", "fc", "fd", "::1", "0.")


def _in_172_private(text: str) -> bool:
    octets = text.split(".", 2)
    return octets[0] == "172" and len(octets) == 3 and 16 <= int(octets[1]) <= 31

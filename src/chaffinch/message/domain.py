"""Host names split with the public suffix list, and the organisation a host belongs to."""

import re
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

import can_ada

from chaffinch.message.model import Domain
from chaffinch.message.word_lists import data_lines

LONGEST_HOST = 253
LONGEST_LABEL = 63

_HOST = re.compile(
    r"(?>(?:[a-z0-9_](?:[a-z0-9_-]{0,62})\.)*)[a-z0-9](?:[a-z0-9_-]{0,62})", re.ASCII
)
_UNREGISTRABLE = frozenset(
    ("local", "localhost", "localdomain", "invalid", "lan", "internal", "corp", "home", "onion")
)
_PLAIN, _WILDCARD, _EXCEPTION = 1, 2, 4  # what kind of rule a name has in a public suffix list
_ICANN, _ALL = 1, 8  # of which list: the ICANN section, or everything; kinds are multiplied by it
_USUAL = _PLAIN * (_ICANN | _ALL)
_WILDCARDS = _WILDCARD * (_ICANN | _ALL)


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
    return _cached(host) if len(host) <= LONGEST_HOST else _domain(host)


def _domain(host: str) -> Domain:
    name = ascii_host(host)
    return _below_known(name) or _split(name)


def _below_known(name: str) -> Domain | None:
    """The host read off the domain it lies in: hosts come once, their domains often."""
    label, _, above = name.partition(".")
    if name in _rules() or len(name) > LONGEST_HOST or not _is_plain_label(label):
        return None
    known = _passed_down(above)
    if known is None or known.root_domain is None:
        return None
    subdomain = name[: -len(known.root_domain) - 1]
    return Domain(
        name, known.root_domain, known.sld, known.tld, subdomain, None, True, known.organisational
    )


@lru_cache(maxsize=4_096)
def _passed_down(above: str) -> Domain | None:
    """The domain that names below it share, but for those a suffix list speaks of."""
    rules = _rules()
    if above in rules or rules.get(above.partition(".")[2], 0) & _WILDCARDS or above[:1] == ".":
        return None
    known = _split(above)
    return known if known.valid and known.punycode is None else None


def _is_plain_label(label: str) -> bool:
    """Whether a label is made of ASCII letters, digits and inner hyphens, and in no encoding."""
    return (
        label.replace("-", "").isalnum()
        and label.isascii()
        and label[0] != "-"
        and len(label) <= LONGEST_LABEL
        and "xn--" not in label
    )


def _split(name: str) -> Domain:
    punycode = _unicode_form(name) if "xn--" in name else None
    if not _is_registrable_shape(name):
        return Domain(name, None, None, None, None, punycode, False, name or None)
    public, private = _suffixes_at(name)
    if public == 0:
        return Domain(name, None, None, name, None, punycode, False, name)
    registered = name.rfind(".", 0, public - 1) + 1
    return Domain(
        name,
        name[registered:],
        name[registered : public - 1],
        name[public:],
        name[: registered - 1] if registered else None,
        punycode,
        True,
        name[name.rfind(".", 0, max(0, private - 1)) + 1 :],
    )


_cached = lru_cache(maxsize=8_192)(_domain)


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


def _is_registrable_shape(name: str) -> bool:
    """Whether the name looks like one somebody can register: labels, and a last one of letters."""
    last = name[name.rfind(".") + 1 :]
    return (
        len(last) < len(name) <= LONGEST_HOST
        and last not in _UNREGISTRABLE
        and not last.isdigit()
        and (_is_plain(name) or _HOST.fullmatch(name) is not None)
    )


def _is_plain(name: str) -> bool:
    """Whether a name holds only letters, digits and single dots, and so is well-formed."""
    return (
        len(name) <= LONGEST_LABEL
        and name.isascii()
        and name.replace(".", "").isalnum()
        and ".." not in name
    )


def _suffixes_at(name: str) -> tuple[int, int]:
    """Where the public suffix begins, by the ICANN section and by the whole list.

    From the last label leftwards, as long as the list knows the name or one below it: the longest
    rule decides. Where none matches, the last label is public.
    """
    rules, above = _rules(), 0
    public = private = after = start = name.rfind(".") + 1
    while True:
        kinds = rules.get(name[start:])
        if kinds == _USUAL and not above & _WILDCARDS:
            public = private = start
        elif kinds or above & _WILDCARDS:
            of_icann, of_all = (kinds or 0) % _ALL, (kinds or 0) // _ALL
            public = _begins(of_icann, above % _ALL, (start, after, public))
            private = _begins(of_all, above // _ALL, (start, after, private))
        if kinds is None or start == 0:
            return public, private
        above, after, start = kinds, start, name.rfind(".", 0, start - 1) + 1


def _begins(kinds: int, above: int, places: tuple[int, int, int]) -> int:
    """Where the suffix begins, by the rules of a name and of the one above it.

    ``places`` are where the name begins, where the one above it does, and where the suffix does
    by the rules seen so far.
    """
    start, after, known = places
    if kinds & _EXCEPTION:
        return after
    return start if kinds & _PLAIN or above & _WILDCARD else known


def _unicode_form(name: str) -> str | None:
    if len(name) > LONGEST_HOST or not name.isascii():
        return None
    decoded = can_ada.idna_decode(name.encode())  # type: ignore[arg-type]  # its stub errs: str
    return decoded if decoded and decoded != name else None


@lru_cache(maxsize=1)
def _rules() -> dict[str, int]:
    """Name → the kinds of rules it has, of the ICANN section and of the list with ours."""
    icann, _, private = _public_suffix_lines().partition("===END ICANN")
    rules: dict[str, int] = {}
    _add_rules(rules, icann.splitlines(), _ICANN | _ALL)
    _add_rules(rules, [*private.splitlines(), *data_lines("shared_mail_suffixes.txt")], _ALL)
    return rules


def _add_rules(rules: dict[str, int], lines: Iterable[str], lists: int) -> None:
    """Adds the rules written in the lines of a public suffix list."""
    for line in map(str.strip, lines):
        if not line or line.startswith(("//", "=")):
            continue
        kind = {"*": _WILDCARD, "!": _EXCEPTION}.get(line[0], _PLAIN)
        name = ascii_host(line.removeprefix("*.").removeprefix("!"))
        rules[name] = rules.get(name, 0) | kind * lists
        while "." in name:  # so that a search from the right does not stop above a longer rule
            name = name.partition(".")[2]
            rules.setdefault(name, 0)


def _public_suffix_lines() -> str:
    path = resources.files("publicsuffixlist").joinpath("public_suffix_list.dat")
    return path.read_text("utf-8")

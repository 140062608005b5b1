"""What was found of an organisation so far, and what that makes of a message's lines."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from chaffinch.message.boundary import is_behind_edges, receiver_name
from chaffinch.message.domain import domain, organisation
from chaffinch.message.model import (
    AuthenticationResults,
    DmarcDetails,
    Signature,
    SpfDetails,
)
from chaffinch.message.received import is_public_ip
from chaffinch.message.trust import (
    Trusted,
    auth_summary,
    believable,
    is_authenticated,
    is_dkim_aligned,
    is_spf_aligned,
)
from chaffinch.replay.onboard.facts import Box, Facts, Line, Result

ARCHIVE_SHARE = 0.05  # a history in which fewer messages were transported is an archive


class Standing(StrEnum):
    """What an author's address is worth."""

    PROVEN = "proven"
    FAILED = "failed"
    UNPROVEN = "unproven"


class Ground(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """What the organisation owns, as far as it is known.

    ``receivers`` are those who write the lines on our side, by the name ``receiver_name`` gives
    them, upstream ``gateways`` included; ``addresses`` are those a gateway hands over from.
    """

    domains: frozenset[str] = frozenset()
    receivers: frozenset[str] = frozenset()
    gateways: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    is_archive: bool = False

    def owns(self, address: str) -> bool:
        """Whether an address is of one of our domains."""
        return bool(address) and organisation_of(address) in self.domains

    def is_our_host(self, host: str) -> bool:
        """Whether a host writes lines on our side."""
        return receiver_name(host) in self.receivers or organisation(host) in self.domains

    def crossing(self, facts: Facts) -> int | None:
        """The line by which our side took the message; None where it never came from outside.

        Where a line further up was written by a stranger there is none either: -1.
        """
        return crossing(facts.lines, self)

    def standing(self, facts: Facts) -> Standing:
        """What the author's address is worth, by what our own side wrote alone."""
        if facts.author is None:
            return Standing.UNPROVEN
        if not facts.lines:
            return self._untransported(facts)
        level = self.crossing(facts)
        if level is None:
            return self._inside(facts, facts.author)
        if level < 0:
            return Standing.UNPROVEN
        line = facts.lines[level]
        if line.has_login and self.owns(facts.author.address):
            return Standing.PROVEN
        return _judged(facts, level)

    def _inside(self, facts: Facts, author: Box) -> Standing:
        """Of mail no stranger wrote on; other customers of our provider may have written it."""
        if not self.owns(author.address):
            return Standing.UNPROVEN
        refuted = any(_refutes(one, organisation(author.host)) for one in facts.results)
        return Standing.FAILED if refuted else Standing.PROVEN

    def _untransported(self, facts: Facts) -> Standing:
        """Of mail nobody transported, what its owner wrote is proven by the folder it lies in."""
        author = facts.author.address if facts.author else ""
        is_ours = facts.is_sent and self.owns(author)
        return Standing.PROVEN if is_ours and not facts.results else Standing.UNPROVEN


def organisation_of(address: str) -> str:
    """The organisational domain of an address; empty where it has none.

    >>> organisation_of("ada@mail.acme.example"), organisation_of("ada@localhost")
    ('acme.example', '')
    """
    found = domain(address.rpartition("@")[2])
    return (found.organisational or "") if found.valid else ""


def crossing(lines: Sequence[Line], ground: Ground) -> int | None:
    """Where the lines of our side end, from the top; None where nobody else wrote below them."""
    found = -1
    for index, line in enumerate(lines):
        if not (is_nameless(line) or ground.is_our_host(line.by)):
            return found if found >= 0 else -1
        found = index
        if not _is_handed_on(line, ground):
            return index
    return None if found >= 0 else -1


def is_nameless(line: Line) -> bool:
    """Whether the server did not write a full name: an inner one, where ours stand above it."""
    return "." not in line.by


def _is_handed_on(line: Line, ground: Ground) -> bool:
    """Whether the server got the message from our own side.

    A greeting name is what the client said. It counts where the address is private, where the name
    looked up for the address agrees, where the address is one our gateway was seen to use, or where
    the receiver's edge hosts are known and this is none.
    """
    if not line.has_source:
        return True
    if line.ip and not is_public_ip(line.ip):
        return True
    if not line.ip and not line.claimed:
        return True
    if line.is_doubted or not ground.is_our_host(line.claimed) or _is_of_another_customer(line):
        return False
    if line.looked_up:
        return ground.is_our_host(line.looked_up)
    return line.ip in ground.addresses or is_behind_edges(line.by)


def _is_of_another_customer(line: Line) -> bool:
    """Whether an edge host took the message from its own provider: it was sent from elsewhere."""
    giver = line.looked_up or line.claimed
    is_kin = receiver_name(giver) == receiver_name(line.by)
    return is_kin and is_behind_edges(giver) and not is_behind_edges(line.by)


def _refutes(one: Result, author: str | None) -> bool:
    """Whether a result says that this organisation did not send the message."""
    if one.dmarc == "fail":
        return not one.dmarc_host or organisation(one.dmarc_host) == author
    return one.spf == "fail" and organisation(one.spf_host) == author


def _judged(facts: Facts, level: int) -> Standing:
    """What the results above the crossing say of the author."""
    author = domain(facts.author.host) if facts.author else None
    above = [one for one in facts.results if one.level <= level]
    trusted = believable([Trusted(hop_index=0, results=_results(one)) for one in _plain(above)])
    lines = [one for one in above if one.kind == "received-spf"]
    spf_line = (0, _spf(lines[-1])) if lines else None
    summary = auth_summary(trusted, spf_line)
    spf, dkim = is_spf_aligned(summary, author), is_dkim_aligned(trusted, author)
    found = is_authenticated(summary, spf, dkim, author)
    if found is None:
        return Standing.UNPROVEN
    return Standing.PROVEN if found else Standing.FAILED


def _plain(results: Iterable[Result]) -> list[Result]:
    """The results headers, nearest to the crossing first."""
    return [one for one in results if one.kind != "received-spf"][::-1]


def _spf(one: Result) -> SpfDetails:
    return SpfDetails(verdict=one.spf or None, designator=one.spf_host or None)


def _results(one: Result) -> AuthenticationResults:
    return AuthenticationResults(
        type=one.kind,
        server=one.server or None,
        spf=one.spf or None,
        spf_details=_spf(one) if one.spf else None,
        dkim=one.dkim[0].verdict or None if one.dkim else None,
        dkim_details=tuple(
            Signature(domain=sig.domain or None, verdict=sig.verdict or None) for sig in one.dkim
        ),
        dmarc=one.dmarc or None,
        dmarc_details=DmarcDetails(
            verdict=one.dmarc, from_=domain(one.dmarc_host) if one.dmarc_host else None
        )
        if one.dmarc
        else None,
    )


def is_archive(history: Iterable[Facts]) -> bool:
    """Whether hardly any message of a history carries a trace of transport."""
    total = transported = 0
    for facts in history:
        total += 1
        transported += facts.has_transport
    return total > 0 and transported < ARCHIVE_SHARE * total

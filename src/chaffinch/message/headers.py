"""The header fields of a message under their public names, each read on first use."""

from datetime import datetime
from typing import ClassVar

from chaffinch.core.lazy import lazy
from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.core.tenant import Tenant
from chaffinch.message import trust
from chaffinch.message.address import mailboxes
from chaffinch.message.arc import ArcSet, arc_sets, vouched_by
from chaffinch.message.boundary import Boundary, boundary
from chaffinch.message.dates import WrittenDate, written_date
from chaffinch.message.domain import domain
from chaffinch.message.fields import Field, HeaderBlock
from chaffinch.message.hop import Hop, hops
from chaffinch.message.model import (
    AuthenticationResults,
    AuthSummary,
    Domain,
    Email,
    Ip,
    Mailbox,
    SpfDetails,
    Value,
)
from chaffinch.message.program import order_fingerprint, sensitivity_label
from chaffinch.message.received import Received, canonical_ip, is_public_ip, named
from chaffinch.message.words import decode_words

LONGEST_REFERENCES = 100_000


class Headers(Value, dict=True):
    """The header block; ``tenant`` is the one the caller named, for what may be trusted."""

    hidden_from_rules: ClassVar[frozenset[str]] = frozenset(
        ("block", "fields", "tenant", "limits", "boundary", "trusted_results", "spf_aligned",
         "dkim_aligned", "is_authenticated", "last_external_hop", "external_ip",
         "arc_sets", "trusted_sealer", "order_fingerprint")
    )  # fmt: skip

    block: HeaderBlock = HeaderBlock()
    tenant: Tenant | None = None
    limits: Limits = DEFAULT_LIMITS

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields as they stand, with their raw lines."""
        return self.block.fields

    def written(self, name: str) -> str | None:
        """The first field of the name, unfolded, encoded words left as they are."""
        return self.block.first(name.lower())

    def written_all(self, name: str) -> tuple[str, ...]:
        """Every field of the name, top first, encoded words left as they are."""
        return self.block.all(name.lower())

    def get(self, name: str) -> str | None:
        """The first field of the name with its encoded words decoded."""
        block = self.block
        places = block.places.get(name.lower())
        if places is None:
            return None
        value = block.values[places[0]]
        return decode_words(value) if "=?" in value else value

    def get_all(self, name: str) -> tuple[str, ...]:
        """Every field of the name, top first, encoded words decoded."""
        return tuple(map(decode_words, self.written_all(name)))

    def count(self, name: str) -> int:
        """How many fields have the name."""
        return len(self.block.places.get(name.lower(), ()))

    def mailboxes(self, name: str) -> tuple[Mailbox, ...]:
        """The mailboxes of all fields of a lower-case name, bounded."""
        return self._mailboxes(name, self.limits.addresses_count)

    def has_too_many_mailboxes(self, name: str) -> bool:
        """Whether the fields of a lower-case name hold more mailboxes than are read."""
        most = self.limits.addresses_count
        if sum(map(len, self.block.all(name))) <= most:  # a mailbox has a letter at least
            return False
        return len(self._mailboxes(name, most + 1)) > most

    def _mailboxes(self, name: str, most: int) -> tuple[Mailbox, ...]:
        found: tuple[Mailbox, ...] = ()
        for value in self.block.all(name):
            if len(found) >= most:
                break
            found += mailboxes(value, most - len(found))
        return found

    def email(self, name: str) -> Email | None:
        """The address in the first field of a lower-case name."""
        value = self.block.first(name)
        if value is None:
            return None
        for box in mailboxes(value, 5):
            if box.email is not None:
                return box.email
        return None

    @lazy
    def from_(self) -> Mailbox | None:
        """The first mailbox of the From header, as written (MDM name: ``from``)."""
        found = self.mailboxes("from")
        return next((box for box in found if box.email), found[0] if found else None)

    @lazy
    def reply_to(self) -> tuple[Mailbox, ...]:
        """The mailboxes of Reply-To."""
        return self.mailboxes("reply-to")

    @lazy
    def return_path(self) -> Email | None:
        """The envelope sender as the last server noted it."""
        return self.email("return-path")

    @lazy
    def delivered_to(self) -> Email | None:
        """The mailbox the last server delivered to."""
        return self.email("delivered-to")

    @lazy
    def message_id(self) -> str | None:
        """Message-ID with its angle brackets."""
        return self.block.first("message-id") or None

    @lazy
    def in_reply_to(self) -> str | None:
        """In-Reply-To as written, or None."""
        return self.block.first("in-reply-to") or None

    @lazy
    def references(self) -> tuple[str, ...]:
        """The message ids of References."""
        return tuple((self.block.first("references") or "")[:LONGEST_REFERENCES].split())

    @lazy
    def mailer(self) -> str | None:
        """X-Mailer, else User-Agent."""
        return self.get("x-mailer") or self.get("user-agent") or None

    @lazy
    def _written_date(self) -> WrittenDate | None:
        return written_date(self.block.first("date") or "")

    @lazy
    def date(self) -> datetime | None:
        """The Date header in UTC."""
        return self._written_date.time if self._written_date else None

    @lazy
    def date_original_offset(self) -> str | None:
        """The zone of the Date header, such as ``-4``."""
        return self._written_date.offset if self._written_date else None

    @lazy
    def x_originating_ip(self) -> Ip | None:
        """The client address a webmail noted."""
        return self._ip("x-originating-ip")

    @lazy
    def x_client_ip(self) -> Ip | None:
        """The client address some servers note."""
        return self._ip("x-client-ip")

    @lazy
    def x_secure_server_account(self) -> str | None:
        """The account a shared web server sent for."""
        return self.block.first("x-secureserver-acct") or None

    @lazy
    def sensitivity_label(self) -> str | None:
        """The name of the Microsoft Purview label the message carries, else the label's id."""
        return sensitivity_label(self.block.first("msip_labels", ""))

    @lazy
    def order_fingerprint(self) -> str:
        """A digest of the order and letter case of the fields a mail program writes itself."""
        return order_fingerprint(self.block.names)

    @lazy
    def x_sender(self) -> Email | None:
        """X-Sender."""
        return self.email("x-sender")

    @lazy
    def x_authenticated_sender(self) -> Email | None:
        """Who logged in to send, as the sending server notes it."""
        return self.email("x-authenticated-sender")

    @lazy
    def x_authenticated_domain(self) -> Domain | None:
        """The domain that was logged in to."""
        value = self.block.first("x-authenticated-domain")
        return domain(value[:255]) if value else None

    def _ip(self, name: str) -> Ip | None:
        found = canonical_ip((self.written(name) or "")[:100])
        return Ip(ip=found) if found else None

    @lazy
    def hops(self) -> tuple[Hop, ...]:
        """The header block cut at each Received line, the sender's side first."""
        return hops(self.block)

    @lazy
    def _lines(self) -> tuple[Received, ...]:
        return tuple(hop.received for hop in self.hops if hop.received is not None)

    @lazy
    def domains(self) -> tuple[Domain, ...]:
        """The host names of the Received lines, each once."""
        written = [
            host
            for line in self._lines
            for names in (line.source_names, line.server_names)
            for host in names.hosts
        ]
        return tuple([found for found in map(domain, dict.fromkeys(written)) if found.valid])

    @lazy
    def ips(self) -> tuple[Ip, ...]:
        """The addresses of the Received lines, each once."""
        written: list[str] = []
        for line in self._lines:
            written += line.source_names.ips
            written += line.server_names.ips
            if line.additional is not None:
                written += named(line.additional).ips
        return tuple(map(Ip, dict.fromkeys(written)))

    @lazy
    def boundary(self) -> Boundary:
        """The Received line by which our side took the message from outside."""
        return boundary(self.hops, self.tenant)

    @lazy
    def _our_hops(self) -> tuple[tuple[Hop, int], ...]:
        """The hops our side wrote and where that writing ends in each, nearest first.

        Of the boundary's own hop that is what stands above its Received line.
        """
        edge = self.boundary.hop
        if edge is None or edge.line is None:
            return ()
        inner = [(hop, hop.end) for hop in self.hops[edge.index + 1 :]]
        return ((edge, edge.line), *inner)

    def by_our_side(self, name: str) -> tuple[str, ...]:
        """The values our side wrote under the name; of mail without Received, all of them."""
        edge = self.boundary.hop
        if edge is None or edge.line is None:
            return self.written_all(name)
        values, places = self.block.values, self.block.places.get(name.lower())
        return tuple([values[at] for at in places if at < edge.line]) if places else ()

    @lazy
    def _trusted(self) -> tuple[trust.Trusted, ...]:
        return trust.believable(
            [
                trust.Trusted(hop_index=hop.index, results=result)
                for hop, end in self._our_hops
                for at, result in reversed(hop.results)
                if at < end
            ]
        )

    @lazy
    def _trusted_spf_line(self) -> tuple[int, SpfDetails] | None:
        for hop, end in self._our_hops:
            for at, details in reversed(hop.spf_lines):
                if at < end:
                    return hop.index, details
        return None

    @lazy
    def trusted_results(self) -> tuple[AuthenticationResults, ...]:
        """The authentication results our side stands by, nearest to the boundary first."""
        return tuple(one.results for one in self._trusted)

    @lazy
    def auth_summary(self) -> AuthSummary:
        """SPF and DMARC as our side judged them; None each where it did not."""
        is_judged = any(one.results.spf for one in self._trusted)
        return trust.auth_summary(self._trusted, None if is_judged else self._trusted_spf_line)

    @lazy
    def _author_domain(self) -> Domain | None:
        return self.from_.email.domain if self.from_ and self.from_.email else None

    @lazy
    def spf_aligned(self) -> bool | None:
        """SPF passed for the From domain's organisation; None where nobody trusted judged."""
        return trust.is_spf_aligned(self.auth_summary, self._author_domain)

    @lazy
    def dkim_aligned(self) -> bool | None:
        """A signature of the From domain's organisation verified; None where nobody judged."""
        return trust.is_dkim_aligned(self._trusted, self._author_domain)

    @lazy
    def is_authenticated(self) -> bool | None:
        """The From domain is proven; None where nobody trusted judged.

        Proven as DMARC would have it, or seen so by a trusted sealer before DMARC failed.
        """
        found = trust.is_authenticated(
            self.auth_summary, self.spf_aligned, self.dkim_aligned, self._author_domain
        )
        return True if found is False and self.trusted_sealer is not None else found

    @lazy
    def arc_sets(self) -> tuple[ArcSet, ...]:
        """The ARC chain, the first sealer first; anybody can write one."""
        return arc_sets(self.block)

    @lazy
    def trusted_sealer(self) -> str | None:
        """The listed ARC sealer that saw the From domain proven, where DMARC failed at our side."""
        listed = self.tenant.trusted_sealers if self.tenant else ()
        edge = self.boundary.hop
        if (
            not listed
            or edge is None
            or edge.line is None
            or not trust.fails_dmarc(self.auth_summary)
        ):
            return None
        if next((one.arc for one in self.trusted_results if one.arc), None) != "pass":
            return None
        outside = [one for one in self.arc_sets if one.place > edge.line]
        return vouched_by(outside, self._author_domain, listed)

    @property
    def last_external_hop(self) -> Hop | None:
        """The hop by which our side took the message; its ``source`` is the last stranger."""
        return self.boundary.hop

    @lazy
    def external_ip(self) -> str | None:
        """The public address that handed the message to our side."""
        line = self.boundary.received
        return next(filter(is_public_ip, line.source_names.ips), None) if line else None

"""The header fields of a message under their public names, each read on first use."""

from datetime import datetime
from functools import cached_property
from typing import ClassVar

from chaffinch.core.limits import DEFAULT_LIMITS, Limits
from chaffinch.core.tenant import Tenant
from chaffinch.message import trust
from chaffinch.message.address import mailboxes
from chaffinch.message.authentication import RESULT_FIELDS, authentication_results, received_spf
from chaffinch.message.boundary import Boundary, Line, boundary
from chaffinch.message.dates import WrittenDate, written_date
from chaffinch.message.domain import domain
from chaffinch.message.fields import Field
from chaffinch.message.hop import hop_index, hops, received_positions
from chaffinch.message.model import (
    AuthenticationResults,
    AuthSummary,
    Domain,
    Email,
    Hop,
    Ip,
    Mailbox,
    SpfDetails,
    Value,
)
from chaffinch.message.received import canonical_ip, hosts_in, ips_in, is_public_ip, received
from chaffinch.message.words import decode_words

LONGEST_REFERENCES = 100_000


class Headers(Value, dict=True):
    """The header block; ``tenant`` is the one the caller named, for what may be trusted."""

    hidden_from_rules: ClassVar[frozenset[str]] = frozenset(
        ("fields", "tenant", "limits", "boundary", "trusted_results", "spf_aligned",
         "dkim_aligned", "is_authenticated", "last_external_hop", "external_ip")
    )  # fmt: skip

    fields: tuple[Field, ...] = ()
    tenant: Tenant | None = None
    limits: Limits = DEFAULT_LIMITS

    @cached_property
    def _by_name(self) -> dict[str, list[Field]]:
        found: dict[str, list[Field]] = {}
        for field in self.fields:
            found.setdefault(field.name.lower(), []).append(field)
        return found

    def written(self, name: str) -> str | None:
        """The first field of the name, unfolded, encoded words left as they are."""
        found = self._by_name.get(name.lower())
        return found[0].value if found else None

    def get(self, name: str) -> str | None:
        """The first field of the name with its encoded words decoded."""
        value = self.written(name)
        return None if value is None else decode_words(value)

    def get_all(self, name: str) -> tuple[str, ...]:
        """Every field of the name, top first, encoded words decoded."""
        return tuple(decode_words(field.value) for field in self._by_name.get(name.lower(), ()))

    def count(self, name: str) -> int:
        """How many fields have the name."""
        return len(self._by_name.get(name.lower(), ()))

    def mailboxes(self, name: str) -> tuple[Mailbox, ...]:
        """The mailboxes of all fields of the name, bounded."""
        found: list[Mailbox] = []
        for field in self._by_name.get(name.lower(), ()):
            left = self.limits.addresses_count - len(found)
            if left <= 0:
                break
            found.extend(mailboxes(field.value, left))
        return tuple(found)

    def email(self, name: str) -> Email | None:
        """The address in the first field of the name."""
        value = self.written(name)
        if value is None:
            return None
        return next((box.email for box in mailboxes(value, 5) if box.email), None)

    @cached_property
    def from_(self) -> Mailbox | None:
        """The first mailbox of the From header, as written (MDM name: ``from``)."""
        found = self.mailboxes("from")
        return next((box for box in found if box.email), found[0] if found else None)

    @cached_property
    def reply_to(self) -> tuple[Mailbox, ...]:
        """The mailboxes of Reply-To."""
        return self.mailboxes("reply-to")

    @cached_property
    def return_path(self) -> Email | None:
        """The envelope sender as the last server noted it."""
        return self.email("return-path")

    @cached_property
    def delivered_to(self) -> Email | None:
        """The mailbox the last server delivered to."""
        return self.email("delivered-to")

    @cached_property
    def message_id(self) -> str | None:
        """Message-ID with its angle brackets."""
        return self.written("message-id") or None

    @cached_property
    def in_reply_to(self) -> str | None:
        """In-Reply-To as written, or None."""
        return self.written("in-reply-to") or None

    @cached_property
    def references(self) -> tuple[str, ...]:
        """The message ids of References."""
        return tuple((self.written("references") or "")[:LONGEST_REFERENCES].split())

    @cached_property
    def mailer(self) -> str | None:
        """X-Mailer, else User-Agent."""
        return self.get("x-mailer") or self.get("user-agent") or None

    @cached_property
    def _written_date(self) -> WrittenDate | None:
        return written_date(self.written("date") or "")

    @cached_property
    def date(self) -> datetime | None:
        """The Date header in UTC."""
        return self._written_date.time if self._written_date else None

    @cached_property
    def date_original_offset(self) -> str | None:
        """The zone of the Date header, such as ``-4``."""
        return self._written_date.offset if self._written_date else None

    @cached_property
    def x_originating_ip(self) -> Ip | None:
        """The client address a webmail noted."""
        return self._ip("x-originating-ip")

    @cached_property
    def x_client_ip(self) -> Ip | None:
        """The client address some servers note."""
        return self._ip("x-client-ip")

    @cached_property
    def x_sender(self) -> Email | None:
        """X-Sender."""
        return self.email("x-sender")

    @cached_property
    def x_authenticated_sender(self) -> Email | None:
        """Who logged in to send, as the sending server notes it."""
        return self.email("x-authenticated-sender")

    @cached_property
    def x_authenticated_domain(self) -> Domain | None:
        """The domain that was logged in to."""
        value = self.written("x-authenticated-domain")
        return domain(value[:255]) if value else None

    def _ip(self, name: str) -> Ip | None:
        found = canonical_ip((self.written(name) or "")[:100])
        return Ip(ip=found) if found else None

    @cached_property
    def hops(self) -> tuple[Hop, ...]:
        """The header block cut at each Received line, the sender's side first."""
        return hops(self.fields)

    @cached_property
    def domains(self) -> tuple[Domain, ...]:
        """The host names of the Received lines, each once."""
        clauses = (
            clause
            for hop in self.hops
            if hop.received
            for clause in (hop.received.source, hop.received.server)
        )
        names = dict.fromkeys(host for clause in clauses for host in hosts_in(clause))
        return tuple(found for name in names if (found := domain(name)).valid)

    @cached_property
    def ips(self) -> tuple[Ip, ...]:
        """The addresses of the Received lines, each once."""
        clauses = (
            clause.raw
            for hop in self.hops
            if hop.received
            for clause in (hop.received.source, hop.received.server, hop.received.additional)
            if clause
        )
        return tuple(Ip(ip=ip) for ip in dict.fromkeys(ip for raw in clauses for ip in ips_in(raw)))

    @cached_property
    def _positions(self) -> tuple[int, ...]:
        return received_positions(self.fields)

    @cached_property
    def boundary(self) -> Boundary:
        """The Received line by which our side took the message from outside."""
        lines = (
            Line(position=position, received=received(self.fields[position].value))
            for position in self._positions
        )
        return boundary(lines, self.tenant)

    @cached_property
    def _above_boundary(self) -> tuple[tuple[int, str, str], ...]:
        """Position, lower-case name and value of what our side wrote, nearest first."""
        line = self.boundary.line
        if line is None:
            return ()
        return tuple(
            (position, self.fields[position].name.lower(), self.fields[position].value)
            for position in range(line.position - 1, -1, -1)
        )

    def by_our_side(self, name: str) -> tuple[str, ...]:
        """The values our side wrote under the name; of mail without Received, all of them."""
        if self.boundary.line is None:
            return tuple(field.value for field in self._by_name.get(name.lower(), ()))
        return tuple(value for _, found, value in self._above_boundary[::-1] if found == name)

    @cached_property
    def _trusted(self) -> tuple[trust.Trusted, ...]:
        return trust.believable(
            [
                trust.Trusted(
                    hop_index=hop_index(position, self._positions),
                    results=authentication_results(name, value),
                )
                for position, name, value in self._above_boundary
                if name in RESULT_FIELDS
            ]
        )

    @cached_property
    def _trusted_spf_line(self) -> tuple[int, SpfDetails] | None:
        for position, name, value in self._above_boundary:
            if name == "received-spf":
                return hop_index(position, self._positions), received_spf(value)
        return None

    @cached_property
    def trusted_results(self) -> tuple[AuthenticationResults, ...]:
        """The authentication results our side stands by, nearest to the boundary first."""
        return tuple(one.results for one in self._trusted)

    @cached_property
    def auth_summary(self) -> AuthSummary:
        """SPF and DMARC as our side judged them; None each where it did not."""
        return trust.auth_summary(self._trusted, self._trusted_spf_line)

    @cached_property
    def _author_domain(self) -> Domain | None:
        return self.from_.email.domain if self.from_ and self.from_.email else None

    @cached_property
    def spf_aligned(self) -> bool | None:
        """SPF passed for the From domain's organisation; None where nobody trusted judged."""
        return trust.is_spf_aligned(self.auth_summary, self._author_domain)

    @cached_property
    def dkim_aligned(self) -> bool | None:
        """A signature of the From domain's organisation verified; None where nobody judged."""
        return trust.is_dkim_aligned(self._trusted, self._author_domain)

    @cached_property
    def is_authenticated(self) -> bool | None:
        """The From domain is proven as DMARC would have it; None where nobody trusted judged."""
        return trust.is_authenticated(
            self.auth_summary, self.spf_aligned, self.dkim_aligned, self._author_domain
        )

    @cached_property
    def last_external_hop(self) -> Hop | None:
        """The hop by which our side took the message; its ``source`` is the last stranger."""
        line = self.boundary.line
        if line is None:
            return None
        return self.hops[hop_index(line.position, self._positions)]

    @cached_property
    def external_ip(self) -> str | None:
        """The public address that handed the message to our side."""
        line = self.boundary.line
        if line is None:
            return None
        source = line.received.source
        found = ips_in(source.raw) if source else ()
        return next((ip for ip in found if is_public_ip(ip)), None)

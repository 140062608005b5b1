"""Which entries apply to a message, what they silence, and why the others do not apply."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

import msgspec

from chaffinch.decision.allow.entry import AllowEntry, EntryKind
from chaffinch.decision.allow.proof import Proof, proof_of
from chaffinch.detectors.finding import Finding
from chaffinch.message.message import Message
from chaffinch.message.model import Domain
from chaffinch.profiles.observation import Observation


class Ruled(msgspec.Struct, frozen=True):
    """What became of one entry: it applies, or ``why_not``.

    ``is_about``: the message is what the entry names, whether it applies or not.
    """

    entry: AllowEntry
    why_not: str = ""
    is_about: bool = True

    @property
    def applies(self) -> bool:
        """Whether it applies."""
        return not self.why_not


def ruled(
    entries: Iterable[AllowEntry],
    message: Message,
    observation: Observation,
    findings: Sequence[Finding],
) -> tuple[Ruled, ...]:
    """What becomes of every entry, in the order of their ids: who came first plays no part."""
    case = _Case(message, observation, findings)
    return tuple(case.ruled(one) for one in sorted(entries, key=lambda each: each.id))


class _Case:
    """One message with what entries ask of it, found when first asked."""

    def __init__(
        self, message: Message, observation: Observation, findings: Sequence[Finding]
    ) -> None:
        self._message = message
        self._observation = observation
        self._rules = {one.detector for one in findings}
        self._proof: Proof | None = None

    def ruled(self, entry: AllowEntry) -> Ruled:
        """Whether an entry applies, and why not."""
        if foreign := self._not_about(entry) or self._not_from(entry):
            return Ruled(entry, foreign, is_about=False)
        return Ruled(entry, self._not_in_force(entry) or self._not_for(entry) or self._doubt(entry))

    def _doubt(self, entry: AllowEntry) -> str:
        return "" if entry.effect == "deny" else self._not_proven(entry)

    def _not_in_force(self, entry: AllowEntry) -> str:
        at = self._message.received_at
        if entry.is_in_force(at):
            return ""
        if at < entry.created:
            return "the message came before the entry was made"
        removed = entry.removed is not None and entry.removed <= at
        return "it was removed" if removed else "it has expired"

    def _not_about(self, entry: AllowEntry) -> str:
        """Why the message is not what the value names."""
        found = {
            EntryKind.ADDRESS: self._is_of,
            EntryKind.DOMAIN: self._is_of,
            EntryKind.NETWORK: self._came_from,
            EntryKind.LINK_HOST: self._links_only_to,
            EntryKind.ATTACHMENT: self._carries_only,
            EntryKind.RULE: self._was_hit_by,
            EntryKind.CAMPAIGN: self._is_variant_of,
        }[entry.kind](entry.value)
        return "" if found else f"the message is not of {entry.kind} {entry.value}"

    def _not_from(self, entry: AllowEntry) -> str:
        of_sender = not entry.sender or self._is_of(entry.sender)
        return "" if of_sender else f"the message is not from {entry.sender}"

    def _not_for(self, entry: AllowEntry) -> str:
        if not entry.mailboxes:
            return ""
        reached = {one.email.lower() for one in self._message.delivered}
        reached = reached or set(self._observation.mailboxes)
        if reached and reached <= set(entry.mailboxes):
            return ""
        return "it is for others than the entry's mailboxes"

    def _not_proven(self, entry: AllowEntry) -> str:
        proof = self._proof = self._proof or proof_of(self._message)
        if not proof.holds:
            return proof.why_not
        if entry.signed_by and entry.signed_by not in proof.signers:
            return f"no sound signature of {entry.signed_by}"
        if entry.through and not _holds(entry.through, proof.network):
            return f"it did not come through {entry.through}"
        return ""

    def _is_of(self, who: str) -> bool:
        """Whether the From address is this one, or of this domain or one below it."""
        email = self._message.sender.email
        if email is None:
            return False
        return email.email.lower() == who if "@" in who else _is_below(email.domain, who)

    def _came_from(self, network: str) -> bool:
        return _holds(network, self._message.headers.external_ip)

    def _links_only_to(self, host: str) -> bool:
        """Whether all links lead there, or to the sender's own organisation."""
        email = self._message.sender.email
        home = email.domain.organisational if email else None
        domains = [one.href_url.domain for one in self._message.body.links if one.href_url.domain]
        foreign = [one for one in domains if home is None or one.organisational != home]
        return bool(foreign) and all(_is_below(one, host) for one in foreign)

    def _carries_only(self, digest: str) -> bool:
        files = self._message.attachments
        return bool(files) and all(one.sha256 == digest for one in files)

    def _was_hit_by(self, rule: str) -> bool:
        return rule in self._rules

    def _is_variant_of(self, word: str) -> bool:
        return word in self._observation.content.campaigns


def _is_below(found: Domain, wanted: str) -> bool:
    name = found.domain.lower()
    return name == wanted or name.endswith(f".{wanted}")


def _holds(network: str, address: str | None) -> bool:
    try:
        return address is not None and ip_address(address) in _network(network)
    except ValueError:
        return False


@lru_cache(maxsize=1_024)
def _network(text: str) -> IPv4Network | IPv6Network:
    return ip_network(text, strict=False)

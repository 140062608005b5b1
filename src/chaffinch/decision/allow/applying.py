"""Which entries apply to a message, what they silence, and why the others do not apply."""

from collections.abc import Iterable, Sequence

import msgspec

from chaffinch.decision.allow.entry import AllowEntry, EntryKind
from chaffinch.decision.allow.networks import holds
from chaffinch.decision.allow.proof import Proof, proof_of
from chaffinch.detectors.finding import Finding
from chaffinch.message.message import Message
from chaffinch.message.model import Domain, Email, Url
from chaffinch.profiles.observation import Observation

_NOWHERE = frozenset({"mailto", "tel", "sms", "cid", "mid"})


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
            EntryKind.LINK_HOST: self._links_to,
            EntryKind.ATTACHMENT: self._carries,
            EntryKind.RULE: self._was_hit_by,
            EntryKind.CAMPAIGN: self._is_variant_of,
        }[entry.kind](entry, entry.value)
        return "" if found else f"the message is not of {entry.kind} {entry.value}"

    def _not_from(self, entry: AllowEntry) -> str:
        of_sender = not entry.sender or self._is_of(entry, entry.sender)
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
        if entry.through and not holds(entry.through, proof.network):
            return f"it did not come through {entry.through}"
        return ""

    def _is_of(self, entry: AllowEntry, who: str) -> bool:
        """Whether the author is this one, or of this domain or one below it.

        Of several authors it is the first to be allowed, and any to be denied.
        """
        email = self._message.sender.email
        authors = [email] if email else []
        if entry.effect == "deny":
            authors += [one.email for one in self._message.headers.mailboxes("from") if one.email]
        return any(_is_named(one, who) for one in authors)

    def _came_from(self, _: AllowEntry, network: str) -> bool:
        return holds(network, self._message.headers.external_ip)

    def _links_to(self, entry: AllowEntry, host: str) -> bool:
        """Whether all links lead there; a denial is content with one.

        Links to the author's own organisation are left out where the entry says who that is:
        else anybody could add links to a place of theirs.
        """
        email = self._message.sender.email
        home = email.domain.organisational if email and entry.sender else None
        places = [link.href_url for link in self._message.body.links]
        found = [
            one.domain is not None and _is_below(one.domain, host)
            for one in places
            if one.scheme not in _NOWHERE and not (home and _is_at(one, home))
        ]
        return any(found) if entry.effect == "deny" else bool(found) and all(found)

    def _carries(self, entry: AllowEntry, digest: str) -> bool:
        """Whether this is all it carries; a denial is content if it is among that."""
        same = [one.sha256 == digest for one in self._message.attachments]
        return any(same) if entry.effect == "deny" else bool(same) and all(same)

    def _was_hit_by(self, _: AllowEntry, rule: str) -> bool:
        return rule in self._rules

    def _is_variant_of(self, _: AllowEntry, word: str) -> bool:
        return word in self._observation.content.campaigns


def _is_named(email: Email, who: str) -> bool:
    return email.email.lower() == who if "@" in who else _is_below(email.domain, who)


def _is_at(url: Url, home: str) -> bool:
    return url.domain is not None and url.domain.organisational == home


def _is_below(found: Domain, wanted: str) -> bool:
    name = found.domain.lower()
    return name == wanted or name.endswith(f".{wanted}")

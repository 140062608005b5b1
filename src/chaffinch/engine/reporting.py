"""Reports of people: which message on record they are about, and what labels they come to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Verdict
from chaffinch.decision.entry import Entry
from chaffinch.decision.labels import Label, Labels
from chaffinch.decision.lessons import Delivery
from chaffinch.decision.reporters import NEWCOMER, Person, Record, Truth, records
from chaffinch.decision.reports import Match, Report, Reports, standing
from chaffinch.decision.search import Query
from chaffinch.decision.verdict_of_reports import SOURCE_NAME, Weighed, label_of, weighed
from chaffinch.engine.entry_of import SUBJECT_CHARACTERS
from chaffinch.engine.memory import Memory
from chaffinch.engine.teaching import readable_entry, said_of_deliveries
from chaffinch.message.identity import content_id
from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from chaffinch.profiles.observe import observe

ATTACHED_MOST = 20  # messages of one report
LOOKED_AT_MOST = 5_000  # entries of a sender, the latest first
LINE_ENDS_MOST = 4  # that may have been lost behind the last line
_LINE_ENDS = (b"\n", b"\r\n")
_BETTER = (Match.CONTENT, Match.DELIVERY)
_OWN_SOURCES = frozenset({SOURCE_NAME, NEWCOMER.name})  # what people say proves nobody right


class Matched(NamedTuple):
    """The entry a reported message was known again by."""

    entry: Entry
    by: Match


class Reporter(NamedTuple):
    """Who wrote a report; ``is_proven`` where that is not merely claimed."""

    address: str
    is_proven: bool


def attached_messages(message: Message) -> Sequence[bytes]:
    """The messages a report carries."""
    found = [
        one for one in message.attachments if _is_message(one.content_type, one.file_extension)
    ]
    return [one.raw for one in found[:ATTACHED_MOST] if one.raw]


def _is_message(content_type: str | None, extension: str | None) -> bool:
    return content_type == "message/rfc822" or (extension or "").lower() == "eml"


def reporter_of(message: Message) -> Reporter | None:
    """Who wrote a report, if its header names anybody by an address that can be shown and kept.

    Nothing is proven where no organisation is named: whose people are ours is then only assumed,
    and from what the report says.
    """
    observation = observe(message)
    if observation.sender is None or not observation.sender.isprintable():
        return None
    is_proven = observation.is_proven_ours and message.hints.tenant is not None
    return Reporter(observation.sender, is_proven)


def matched(memory: Memory, raw: bytes, tenant: str | None) -> Sequence[Matched]:
    """The entry of a message, of each tenant that has it; the same bytes before the same delivery.

    What follows the last line may have been lost or added where it was attached. Where several
    entries are of it, it is the latest.
    """
    known = _Known(raw)
    found: dict[str, Matched] = {}
    for entries in _candidates(memory, known.message, tenant):
        for entry in entries:
            by = known.match(entry)
            before = found.get(entry.decision.tenant)
            if by is not None and (before is None or (by, before.by) == _BETTER):
                found[entry.decision.tenant] = Matched(entry, by)
            if by is Match.CONTENT and tenant is not None:
                break
        if any(one.by is Match.CONTENT for one in found.values()):
            break
    return [found[one] for one in sorted(found)]


class _Known:
    """By what a message is known again."""

    def __init__(self, raw: bytes) -> None:
        self.message = parse(raw)
        self._variants = [raw, *_ended_otherwise(raw)]
        self.content_ids = {*map(content_id, self._variants)}
        self._delivery_ids: dict[str, frozenset[str]] = {}

    def match(self, entry: Entry) -> Match | None:
        """By what an entry is of this message; None where it is not."""
        decision = entry.decision
        if decision.content_id in self.content_ids:
            return Match.CONTENT
        is_of_it = decision.delivery_id in self.delivery_ids_of(decision.tenant)
        return Match.DELIVERY if is_of_it else None

    def delivery_ids_of(self, tenant: str) -> frozenset[str]:
        """The names its delivery would have there."""
        found = self._delivery_ids.get(tenant)
        if found is None:
            owner = Tenant(name=tenant)
            found = frozenset(parse(one, tenant=owner).delivery_id for one in self._variants)
            self._delivery_ids[tenant] = found
        return found


def _ended_otherwise(raw: bytes) -> Iterator[bytes]:
    """The message with more, fewer and other empty lines at its end."""
    bare = raw.rstrip(b"\r\n")
    yield bare
    for end in _LINE_ENDS:
        yield raw + end
        yield from (bare + end * times for times in range(1, LINE_ENDS_MOST + 1))


def _candidates(memory: Memory, message: Message, tenant: str | None) -> Iterator[Iterator[Entry]]:
    """Entries the message may be, those with its subject first; erased ones name nobody."""
    address = message.sender.email.email if message.sender.email else ""
    sender = address if "@" in address else None
    subject = message.subject.subject[:SUBJECT_CHARACTERS]
    for query in (
        Query(tenant=tenant, sender=sender, subject=subject),
        Query(tenant=tenant, sender=sender),
    ):
        yield _latest(memory, query)


def _latest(memory: Memory, query: Query) -> Iterator[Entry]:
    looked_at = 0
    for page in memory.pages(query):
        yield from (one for one in page.entries if one.erased_at is None)
        looked_at += len(page.entries)
        if looked_at >= LOOKED_AT_MOST:
            break


class Settled(NamedTuple):
    """What resolving reports changed.

    ``standing`` are deliveries whose reports make a label, ``light`` those that weigh too little.
    """

    standing: int
    added: int = 0
    retracted: int = 0
    light: int = 0


def resolve_reports(memory: Memory, reports: Reports, labels: Labels, at: int) -> Settled:
    """Bring the labels that reports make up to what they come to at a time.

    A label that is not made any more, or is made otherwise, is retracted. To do it twice is to do
    it once.
    """
    claims = _standing(memory, reports, at)
    known = track_records(memory, reports.all(), labels.all(), at)
    made = {one: what for one, some in claims.items() if (what := weighed(some, known))}
    kept = [one for one in labels.all() if _is_ours(one, at)]
    true = {_about(one): one.id for one in kept if _says(one, made.get(_about(one)))}
    gone = [one for one in kept if true.get(_about(one)) != one.id]
    new = [label_of(claims[one], what, at) for one, what in made.items() if one not in true]
    for one in gone:
        labels.retract(one.id, at)
    labels.add(new)
    return Settled(len(made), len(new), len(gone), len(claims) - len(made))


def track_records(
    memory: Memory, reports: Iterable[Report], labels: Iterable[Label], at: int
) -> Mapping[Person, Record]:
    """How everybody's reports turned out by labels of others that have matured.

    Exercises prove nobody wrong: to report one is what they are for.
    """
    others = [one for one in labels if one.source.name not in _OWN_SOURCES]
    said, _ = said_of_deliveries(memory, others, at)
    truths = {
        delivery: Truth(what.labels[0].is_unwanted, min(one.recorded_at for one in what.labels))
        for delivery, what in said.items()
        if what.is_mature and what.verdict not in (None, Verdict.SIMULATION)
    }
    return records(reports, truths)


def _standing(memory: Memory, reports: Reports, at: int) -> Mapping[Delivery, Sequence[Report]]:
    """What stands of each delivery whose entry was not erased, and that was no exercise."""
    found = standing(reports.all(), at)
    return {one: some for one, some in found.items() if _can_be_labelled(memory, some[0].entry)}


def _can_be_labelled(memory: Memory, entry_id: str) -> bool:
    entry = readable_entry(memory, entry_id)
    if entry is None:
        return True  # one that is kept elsewhere was not erased
    return entry.erased_at is None and entry.decision.verdict is not Verdict.SIMULATION


def _is_ours(label: Label, at: int) -> bool:
    return label.source.name == SOURCE_NAME and label.is_known(at)


def _about(label: Label) -> Delivery:
    return label.tenant, label.subject


def _says(label: Label, what: Weighed | None) -> bool:
    if what is None:
        return False
    return (label.verdict, label.source.sensitivity) == (what.verdict, what.certainty)

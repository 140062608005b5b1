"""What a history has shown so far: who writes, in which shape, and the threads that are open."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable

from chaffinch.core.tenant import Tenant
from chaffinch.message.domain import organisation
from chaffinch.message.message import Message
from chaffinch.simulate.insert.mould import Mould, mould_of
from chaffinch.simulate.insert.styles import zone_of
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.past import Past
from chaffinch.simulate.route import Route
from chaffinch.simulate.truth import Truth
from chaffinch.simulate.zone import Clock

PER_SENDER = 4
PER_DOMAIN = 16
IN_ALL = 400
KEPT_SHARE = 0.005  # of all messages; less is an accident of the archive
QUOTED_CHARACTERS = 3_000
READERS_COUNT = 12  # letters to more are no threads
PARTNER_FAMILIES = ("vendor-thread", "customer-thread")


class Memory:
    """Bounded knowledge of a history, read in order of arrival."""

    def __init__(self, tenant: Tenant) -> None:
        self.tenant = tenant
        self.past = Past()
        self.written: Counter[str] = Counter()  # letters by our people, by address
        self.names: dict[str, Counter[str]] = defaultdict(Counter)
        self.addresses: dict[str, str] = {}  # who was first to go by a name
        self.partners: dict[str, Counter[str]] = defaultdict(Counter)  # addresses by organisation
        self.answered: Counter[str] = Counter()  # our letters to an organisation
        self.zones: Counter[int] = Counter()
        self._count = self._files_count = self._diverted_count = 0
        self._by_sender: dict[str, deque[Mould]] = defaultdict(lambda: deque(maxlen=PER_SENDER))
        self._by_domain: dict[str, deque[Mould]] = defaultdict(lambda: deque(maxlen=PER_DOMAIN))
        self.shapes: deque[Mould] = deque(maxlen=IN_ALL)

    def add(self, message: Message) -> None:
        """Remember a message of the history."""
        sender = message.sender.email
        if sender is None or not sender.email or message.list_identity is not None:
            return
        self._add_shape(message)
        self._count += 1
        self._files_count += len(message.attachments) > 0
        self._diverted_count += message.headers.written("reply-to") is not None
        readers = [one for one in message.recipients.all_ if one.email and one.email.email]
        name = _name_of(message)
        if name:
            self.names[sender.email][name] += 1
            self.addresses.setdefault(name, sender.email)
        is_ours = self.owns(sender.email)
        if is_ours:
            self.written[sender.email] += 1
            self.zones[_minutes(message)] += 1
            strangers = {one.email.email for one in readers if one.email} - {sender.email}
            for address in strangers:
                if not self.owns(address):
                    self.answered[organisation_of(address)] += 1
        elif not message.subject.is_auto_reply:
            self.partners[organisation_of(sender.email)][sender.email] += 1
        if readers and len(readers) <= READERS_COUNT:
            self.past.add(self._letter(message, is_ours))

    def _add_shape(self, message: Message) -> None:
        """Keep the shape with its sender's, its domain's, and with the latest of all."""
        mould = mould_of(message)
        if mould is None:
            return
        self._by_sender[mould.sender].append(mould)
        self._by_domain[mould.domain].append(mould)
        self.shapes.append(mould)

    def _letter(self, message: Message, is_ours: bool) -> Letter:
        sender = message.sender.email
        assert sender is not None
        contact = self.contact(sender.email)
        others = [self.contact(one.email.email) for one in message.recipients.to if one.email]
        copies = [self.contact(one.email.email) for one in message.recipients.cc if one.email]
        everybody = (*others, *copies)
        is_within = is_ours and all(self.owns(one.address) for one in everybody)
        partner = sender.email if not is_ours else everybody[0].address if everybody else ""
        family = "internal-thread" if is_within else self.family_of(partner)
        text = message.body.current_thread.text[:QUOTED_CHARACTERS]
        return Letter(
            truth=Truth(family=family),
            author=Party(contact=contact, route=real_route(message), signature=(contact.name,)),
            to=tuple(others) or tuple(copies[:1]) or (contact,),
            cc=tuple(copies),
            subject=message.subject.subject,
            at=message.received_at,
            text=text,
            message_id=(message.headers.message_id or message.content_id).strip("<>"),
            references=tuple(one.strip("<>") for one in message.headers.references[-6:]),
        )

    @property
    def keeps_files(self) -> bool:
        """Whether the archive kept attachments, and not just one that slipped through."""
        return self._files_count > KEPT_SHARE * self._count

    @property
    def keeps_reply_to(self) -> bool:
        """Whether the archive kept Reply-To fields."""
        return self._diverted_count > KEPT_SHARE * self._count

    def owns(self, address: str) -> bool:
        """The address is at a domain of the organisation."""
        return self.tenant.owns(address.rpartition("@")[2])

    def family_of(self, address: str) -> str:
        """Which kind of thread a partner's letters are: every other organisation sells to us."""
        return PARTNER_FAMILIES[sum(organisation_of(address).encode()) % len(PARTNER_FAMILIES)]

    def contact(self, address: str) -> Contact:
        """The address with the name it goes by most."""
        names = self.names.get(address)
        name = names.most_common(1)[0][0] if names else address.partition("@")[0]
        return Contact(name=name, address=address)

    def shapes_of(self, address: str) -> Iterable[Mould]:
        """Shapes this sender's mail had."""
        return self._by_sender.get(address, ())

    def shapes_at(self, domain: str) -> Iterable[Mould]:
        """Shapes mail of the domain had."""
        return self._by_domain.get(domain, ())


def organisation_of(address: str) -> str:
    """The organisational domain of an address, or its host where there is none."""
    host = address.rpartition("@")[2]
    return organisation(host) or host


def real_route(message: Message) -> Route:
    """As much of a real sender's way as composing an answer needs."""
    sender = message.sender.email
    domain = sender.domain.domain if sender and sender.domain.domain else "unknown.invalid"
    mailer = message.headers.mailer
    return Route(
        domain=domain,
        origin=domain,
        origin_ip="192.0.2.1",
        relay=domain,
        relay_ip="192.0.2.1",
        mailer=f"X-Mailer: {mailer}" if mailer else "",
        clock=Clock(_minutes(message)),
        dkim=domain,
    )


def _name_of(message: Message) -> str:
    said = message.sender.display_name or ""
    if not said:  # some archives keep the names apart from the addresses
        said = (message.headers.get("x-from") or "").partition("<")[0]
    said = said.strip().strip("\"'")
    return said if "@" not in said and said.isprintable() else ""


def _minutes(message: Message) -> int:
    offset = zone_of(message.headers.written("date") or "").utcoffset(None)
    return int(offset.total_seconds() // 60)

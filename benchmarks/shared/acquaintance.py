"""What is known of a message's sender, way and readers from the mail that came before it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec
from rapidfuzz.distance import Levenshtein

from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from chaffinch.simulate import Company, Simulated
from shared.grams import file_text

ACCOUNT = re.compile(r"[A-Z]{2}\d\d(?: \d{4}){4} \d\d")
RESULT = re.compile(r"\b(spf|dkim|dmarc)=(\w+)")
ENOUGH = 2  # messages before something is called a habit
USUAL = 0.15  # share of a sender's mail


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of one message that acquaintance is made of."""

    one: Simulated
    name: str
    address: str
    envelope: str
    reply_to: str
    relay: str
    origin: str
    mailer: str
    zone: str
    results: tuple[tuple[str, str], ...]
    hosts: tuple[str, ...]
    accounts: tuple[str, ...]
    shown_to: tuple[tuple[str, str], ...]  # name and address
    references: tuple[str, ...]
    quotes: bool
    written_at: datetime | None

    @property
    def home(self) -> str:
        """The author's domain."""
        return domain_of(self.address)


class Acquaintance:
    """Running counts over the mail of one organisation, attacks included as they come."""

    def __init__(self, company: Company) -> None:
        self._domain = company.domain
        self._addresses: Counter[str] = Counter()
        self._domains: Counter[str] = Counter()
        self._first: dict[str, datetime] = {}
        self._names: dict[str, Counter[str]] = defaultdict(Counter)
        self._habits: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._hosts: Counter[str] = Counter()
        self._accounts: dict[str, Counter[str]] = defaultdict(Counter)
        self._pairs: Counter[tuple[str, str]] = Counter()
        self._widest: dict[str, int] = {}
        self._ids: set[str] = set()
        self._named_by_us: set[str] = set()

    def facts(self, seen: Seen) -> frozenset[str]:
        """Everything that holds of the message now, before it is learned."""
        return frozenset(
            (
                *self._about_author(seen),
                *self._about_way(seen),
                *self._about_content(seen),
                *self._about_readers(seen),
                *self._about_thread(seen),
            )
        )

    def learn(self, seen: Seen) -> None:
        """Remember the message."""
        one, address = seen.one, seen.address
        self._addresses[address] += 1
        self._domains[seen.home] += 1
        self._first.setdefault(address, one.received_at)
        self._names[seen.name][address] += 1
        for kind, value in habits(seen):
            self._habits[address, kind][value] += 1
        for host in seen.hosts:
            self._hosts[host] += 1
        for account in seen.accounts:
            self._accounts[account][seen.home] += 1
        for reader in one.recipients:
            self._pairs[address, reader] += 1
        self._widest[address] = max(self._widest.get(address, 0), len(one.recipients))
        self._ids.add(one.message_id)
        if one.direction != "inbound":
            self._named_by_us |= {shown for _, shown in seen.shown_to}

    def _about_author(self, seen: Seen) -> Iterator[str]:
        first = self._first.get(seen.address)
        if first is None:
            yield "address: new"
        elif seen.one.received_at - first < timedelta(hours=20):
            yield "address: of today"
        if not self._domains[seen.home]:
            yield "domain: new"
            yield from ("domain: resembles a known one",) * self._resembles(seen.home)
        if self._is_elsewhere(seen.name, seen.address):
            yield "name: known at another address"
            yield from ("name: one of ours",) * self._is_ours(self._home_of(seen.name))
        if seen.address in self._named_by_us:
            yield "address: named by us before"
        if self._is_ours(seen.address) and seen.one.direction == "inbound":
            yield "own domain from outside"

    def _about_way(self, seen: Seen) -> Iterator[str]:
        for check, result in seen.results:
            yield f"{check}: {result}"
        for kind, value in habits(seen):
            yield f"{kind}: {self._habit(seen.address, kind, value)}"
        if seen.envelope and domain_of(seen.envelope) != seen.home:
            yield "envelope: of another domain"
        if seen.reply_to:
            known = self._addresses[seen.reply_to] or seen.reply_to in self._named_by_us
            yield f"answers: to {'a known' if known else 'an unknown'} address"
            if domain_of(seen.reply_to) != seen.home:
                yield "answers: to another domain"
            if self._resembles(domain_of(seen.reply_to)):
                yield "answers: to a domain like a known one"
        age = seen.one.received_at - seen.written_at if seen.written_at else timedelta()
        if age > timedelta(hours=12):
            yield "date: old"

    def _about_content(self, seen: Seen) -> Iterator[str]:
        homes = {root_of(seen.home), root_of(domain_of(seen.reply_to)), root_of(self._domain)}
        for host in seen.hosts:
            if root_of(host) in homes - {""}:
                yield "link: at home"
            else:
                yield f"link: to {'a known' if self._hosts[host] >= ENOUGH else 'an unknown'} host"
        for account in seen.accounts:
            users = self._accounts.get(account, Counter())
            if users[seen.home]:
                yield "account: known of this domain"
            else:
                yield f"account: {'known of others' if users else 'new'}"
                if self._domains[seen.home] >= ENOUGH and not users:
                    yield "account: new of a known domain"

    def _about_readers(self, seen: Seen) -> Iterator[str]:
        readers = seen.one.recipients
        strangers = sum(not self._pairs[seen.address, reader] for reader in readers)
        if strangers:
            yield f"readers: {'all' if strangers == len(readers) else 'some'} new to the author"
        yield f"readers: {len(readers).bit_length()}"
        if len(readers) > max(3, self._widest.get(seen.address, 0)):
            yield "readers: more than ever"
        shown = {address for _, address in seen.shown_to}
        if not shown & set(readers):
            yield "readers: none shown"
        for name, address in seen.shown_to:
            if not self._domains[domain_of(address)] and self._resembles(domain_of(address)):
                yield "readers: one at a domain like a known one"
            if not self._addresses[address] and self._is_elsewhere(name, address):
                yield "readers: one known at another address"

    def _about_thread(self, seen: Seen) -> Iterator[str]:
        if not (seen.references or seen.quotes):
            return
        known = any(one in self._ids for one in seen.references)
        yield f"thread: {'known' if known else 'unknown'}"

    def _habit(self, address: str, kind: str, value: str) -> str:
        counts = self._habits.get((address, kind), Counter())
        total = counts.total()
        if total < ENOUGH:
            return "unsettled"
        return "usual" if counts[value] / total >= USUAL else "unusual"

    def _home_of(self, name: str) -> str:
        """The address the name is mostly seen with."""
        known = self._names.get(name)
        return known.most_common(1)[0][0] if known else ""

    def _is_elsewhere(self, name: str, address: str) -> bool:
        known = self._home_of(name)
        return bool(known) and known != address

    def _is_ours(self, address: str) -> bool:
        return domain_of(address) == self._domain

    def _resembles(self, domain: str) -> bool:
        stem, _, _ = domain.partition(".")
        return any(
            known != domain and count >= ENOUGH and _alike(stem, known.partition(".")[0])
            for known, count in self._domains.items()
        )


def _alike(stem: str, known: str) -> bool:
    if len(known) < 4:
        return False
    return stem.startswith(f"{known}-") or Levenshtein.distance(stem, known, score_cutoff=2) <= 2


def habits(seen: Seen) -> tuple[tuple[str, str], ...]:
    """What a sender usually keeps to."""
    return (
        ("relay", seen.relay),
        ("first host", seen.origin),
        ("program", seen.mailer),
        ("time zone", seen.zone),
        ("envelope", domain_of(seen.envelope)),
    )


def domain_of(address: str) -> str:
    """What stands behind the at sign."""
    return address.rpartition("@")[2]


def root_of(host: str) -> str:
    """The last two labels of a host; all domains of the simulator are of that form."""
    return ".".join(host.split(".")[-2:])


def seen_of(one: Simulated) -> tuple[Seen, Message]:
    """The fields of a message, and the message."""
    message = parse(one.raw)
    headers = message.headers
    mailboxes = [*headers.mailboxes("to"), *headers.mailboxes("cc")]
    results = headers.get("authentication-results") or ""
    hops = [hop.received for hop in headers.hops if hop.received is not None]
    sources = [hop.source.raw.split()[0] if hop.source else "" for hop in hops]
    text = "\n".join(
        (
            message.body.plain.raw if message.body.plain else "",
            *(file_text(part.content.payload) for part in message.attachments),
        )
    )
    sender = message.sender
    reply_to = headers.mailboxes("reply-to")
    seen = Seen(
        one=one,
        name=sender.display_name or "",
        address=sender.email.email if sender.email else "",
        envelope=(headers.get("return-path") or "").strip("<> "),
        reply_to=reply_to[0].email.email if reply_to and reply_to[0].email else "",
        relay=root_of(sources[-1]) if sources else "",
        origin=root_of(sources[0]) if sources else "",
        mailer=headers.mailer or "",
        zone=headers.date_original_offset or "",
        results=tuple(RESULT.findall(results)),
        hosts=tuple(
            {link.href_url.domain.domain for link in message.body.links if link.href_url.domain}
        ),
        accounts=tuple(sorted(set(ACCOUNT.findall(text)))),
        shown_to=tuple((box.display_name or "", box.email.email) for box in mailboxes if box.email),
        references=tuple(one.strip("<>") for one in headers.references),
        quotes=bool(message.body.previous_threads),
        written_at=headers.date,
    )
    return seen, message

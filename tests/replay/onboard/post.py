"""Small made-up histories, and the mail of simulated companies, as facts."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache

from chaffinch.message.sources import Found
from chaffinch.replay.history import Held, Side
from chaffinch.replay.onboard.extract import facts_of
from chaffinch.replay.onboard.facts import Facts
from chaffinch.replay.onboard.ground import Ground
from chaffinch.replay.onboard.letters import Letters
from chaffinch.simulate.casting import company
from chaffinch.simulate.organisation import Company
from chaffinch.simulate.simulated import Simulated
from chaffinch.simulate.traffic import week

MONDAY = datetime(2024, 3, 4, 9, tzinfo=UTC)
PASSED = "spf=pass smtp.mailfrom={host}; dkim=pass header.d={host}; dmarc=pass header.from={host}"
SPOOFED = "spf=fail smtp.mailfrom={host}; dkim=none; dmarc=fail header.from={host}"


class Post:
    """The mail of acme.example: what came in, what went out, what stayed inside."""

    def __init__(self) -> None:
        self.count = 0

    def inbound(
        self,
        author: str,
        to: str = "ann@acme.example",
        *,
        proof: str = PASSED,
        mailbox: str = "",
        relay: str = "",
        below: Sequence[str] = (),
        headers: Sequence[str] = (),
        subject: str = "",
        body: str = "Hello.",
    ) -> Facts:
        """Mail from outside; ``proof`` is what our boundary said of it, ``below`` older lines."""
        host = author.rpartition("@")[2].strip(">")
        sent_by = "vm7.hosting.example" if host == "acme.example" else f"mail.{host}"
        relay = relay or f"{sent_by} ({sent_by} [198.51.100.7])"
        top = [
            f"Delivered-To: {mailbox or to.partition(',')[0]}",
            f"Authentication-Results: mx.acme.example; {proof.format(host=host)}",
            f"Received: from {relay} by mx.acme.example with ESMTPS",
            *below,
        ]
        return self.mail(author, to, top=top, headers=headers, subject=subject, body=body)

    def outbound(
        self,
        author: str,
        to: str,
        *,
        headers: Sequence[str] = (),
        subject: str = "",
        body: str = "Hello.",
    ) -> Facts:
        """Mail one of us submitted with a password."""
        line = "Received: from pc.lan (pc.lan [10.0.0.9]) by mx.acme.example with ESMTPSA"
        return self.mail(author, to, top=[line], headers=headers, subject=subject, body=body)

    def mail(
        self,
        author: str,
        to: str,
        *,
        top: Sequence[str] = (),
        headers: Sequence[str] = (),
        subject: str = "",
        body: str = "Hello.",
        side: Side = Side.UNKNOWN,
    ) -> Facts:
        """Any mail; ``top`` is what servers wrote, ``headers`` further fields of the author."""
        self.count += 1
        stamp = format_datetime(MONDAY + timedelta(hours=5 * self.count))
        lines = [
            *(f"{one}; {stamp}" if one.startswith("Received:") else one for one in top),
            f"Date: {stamp}",
            f"From: {author}",
            f"To: {to}",
            f"Subject: {subject or f'Note {self.count}'}",
            f"Message-ID: <{self.count}@test.example>",
            *headers,
            "",
            body,
        ]
        held = Held(f"{self.count}.eml", f"{self.count}.eml", "", side=side)
        return facts_of(held, Found(path=held.place, raw="\n".join(lines).encode()))


ACME = Ground(domains=frozenset({"acme.example"}), receivers=frozenset({"acme.example"}))


def on_ground(history: Iterable[Facts]) -> Letters:
    """The letters of a history once acme.example and its receiver are known."""
    return Letters(list(history), ACME)


@cache
def simulated(seed: int, days: int, *, attacks: bool) -> tuple[Company, tuple[Simulated, ...]]:
    """A company, and so many days of its mail."""
    cast = company(seed, people=12)
    return cast, tuple(week(cast, start=MONDAY, days=days, seed=seed, attacks=attacks))


@cache
def simulated_facts(seed: int, days: int, *, attacks: bool) -> tuple[Facts, ...]:
    """The facts of that mail."""
    _, mail = simulated(seed, days, attacks=attacks)
    return tuple(
        facts_of(Held(one.message_id, one.message_id, ""), Found(path="", raw=one.raw))
        for one in mail
    )

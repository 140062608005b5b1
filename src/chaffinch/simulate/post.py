"""The transport: what servers write above a letter on its way to our boundary."""

import hashlib
from base64 import b64encode
from datetime import datetime, timedelta
from email.utils import format_datetime
from random import Random
from string import ascii_letters, digits

from chaffinch.simulate.chance import chance
from chaffinch.simulate.coded import tangled_words
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.mime import body_of
from chaffinch.simulate.organisation import Company, Contact
from chaffinch.simulate.route import OWN_POLICY, Route
from chaffinch.simulate.simulated import Direction, Simulated

LIST_SELECTOR = "list"
_ATOMS = frozenset(f"{ascii_letters}{digits} '-")  # what a name may hold without quotes


def deliver(letter: Letter, company: Company) -> Simulated:
    """The letter as it lies in the mailbox, with the truth about it."""
    rng = chance("transport", letter.message_id)
    body = body_of(letter, rng)
    direction, recipients = _direction(letter, company), _recipients(letter, company)
    lines = (
        f"Return-Path: <{_envelope(letter)}>",
        *((f"Delivered-To: {recipients[0]}",) if len(recipients) == 1 else ()),
        _verdict_line(letter, company),
        *_received_lines(letter, company, recipients, rng),
        *_author_lines(letter),
        *body.lines,
        "",
        "",
    )
    lines = _with_signatures(lines, letter, body.body, rng)
    return Simulated(
        raw="\r\n".join(lines).encode() + body.body,
        received_at=letter.received_at,
        recipients=recipients,
        message_id=letter.message_id,
        direction=direction,
        truth=letter.located,
    )


def _is_ours(address: str, company: Company) -> bool:
    return address.endswith(f"@{company.domain}")


def _recipients(letter: Letter, company: Company) -> tuple[str, ...]:
    if letter.delivered_to:
        return letter.delivered_to
    addresses = tuple(dict.fromkeys(contact.address for contact in letter.everybody))
    if letter.author.route.is_ours:
        return addresses
    return tuple(address for address in addresses if _is_ours(address, company))


def _direction(letter: Letter, company: Company) -> Direction:
    if not letter.author.route.is_ours:
        return "inbound"
    is_within = all(_is_ours(address, company) for address in _recipients(letter, company))
    return "internal" if is_within else "outbound"


def _envelope(letter: Letter) -> str:
    if any(name == "Auto-Submitted" for name, _ in letter.headers):
        return ""
    return letter.author.route.envelope or letter.author.contact.address


def _verdict_line(letter: Letter, company: Company) -> str:
    route, author = letter.author.route, letter.author.contact.address
    verdicts, domain = route.verdicts, author.partition("@")[2]
    mail_from = _envelope(letter) or route.relay
    dkim = "dkim=none (message not signed)"
    if route.dkim:
        why = "" if verdicts.dkim == "pass" else " (body hash did not verify)"
        dkim = f"dkim={verdicts.dkim}{why} header.d={route.dkim} header.s={route.selector}"
    asked = OWN_POLICY if domain == company.domain else verdicts.policy
    policy = "" if verdicts.dmarc == "none" else f" (p={asked})"
    listed = f"header.d={route.also_signs} header.s={LIST_SELECTOR}"
    results = [
        *((f"auth=pass smtp.auth={route.envelope or author}",) if route.is_ours else ()),
        f"spf={verdicts.spf} smtp.mailfrom={mail_from}",
        dkim,
        *((f"dkim=pass {listed}",) if route.also_signs else ()),
        f"dmarc={verdicts.dmarc}{policy} header.from={domain}",
    ]
    return ";\r\n\t".join((f"Authentication-Results: {company.boundary}", *results))


def _received_lines(
    letter: Letter, company: Company, recipients: tuple[str, ...], rng: Random
) -> list[str]:
    """Newest first; the first is our boundary's own."""
    route, at = letter.author.route, letter.received_at
    whom = f"\r\n\tfor <{recipients[0]}>" if len(recipients) == 1 else ""
    here = company.clock.local(at)
    if route.is_ours:
        source = f"from {route.origin} ({route.origin} [{route.origin_ip}])"
        taken = f"{source}\r\n\tby {company.boundary} (Postfix) with ESMTPSA"
        return [_stamp(taken, whom, here, rng)]
    source = f"from {route.relay} ({route.relay} [{route.relay_ip}])"
    lines = []
    if company.gateway:
        lines.append(_stamp(_from_gateway(company), whom, here, rng))
        lines.append(_stamp(f"{source}\r\n\tby {company.gateway} with ESMTPS", "", here, rng))
    else:
        taken = f"{source}\r\n\tby {company.boundary} (Postfix) with ESMTPS"
        lines.append(_stamp(taken, whom, here, rng))
    if route.before:
        lines.append(_handover(route.before, route.relay, at - timedelta(seconds=1), rng))
    first = route.before or route
    left = first.clock.local(letter.at + timedelta(seconds=1))
    source = f"from {first.origin} ([{first.origin_ip}])\r\n\tby {first.relay} with ESMTPSA"
    return [*lines, _stamp(source, "", left, rng)]


def _from_gateway(company: Company) -> str:
    source = f"from {company.gateway} ({company.gateway} [192.0.2.4])"
    return f"{source}\r\n\tby {company.boundary} (Postfix) with ESMTPS"


def _handover(route: Route, taker: str, at: datetime, rng: Random) -> str:
    source = f"from {route.relay} ({route.relay} [{route.relay_ip}])"
    return _stamp(f"{source}\r\n\tby {taker} with ESMTPS", "", at, rng)


def _stamp(route: str, whom: str, at: datetime, rng: Random) -> str:
    return f"Received: {route} id {rng.getrandbits(44):011X}{whom};\r\n\t{format_datetime(at)}"


def _author_lines(letter: Letter) -> list[str]:
    route = letter.author.route
    lines = [
        f"Date: {format_datetime(route.clock.local(letter.at))}",
        f"From: {mailbox(letter.author.contact)}",
        *((f"Reply-To: {mailbox(letter.reply_to)}",) if letter.reply_to else ()),
        f"To: {_mailboxes(letter.to)}",
        *((f"Cc: {_mailboxes(letter.cc)}",) if letter.cc else ()),
        f"Subject: {subject_of(letter)}",
        f"Message-ID: <{letter.message_id}>",
    ]
    if letter.references:
        lines.append(f"In-Reply-To: <{letter.references[-1]}>")
        lines.append("References: " + "\r\n ".join(f"<{one}>" for one in letter.references))
    lines += [f"{name}: {value}" for name, value in letter.headers]
    return [*lines, *((route.mailer,) if route.mailer else ()), "MIME-Version: 1.0"]


def _with_signatures(
    lines: tuple[str, ...], letter: Letter, body: bytes, rng: Random
) -> tuple[str, ...]:
    """The author's DKIM signature above what it signs, and above it that of a list."""
    route, at = letter.author.route, int(letter.at.timestamp())
    signatures: list[str] = []
    if route.dkim:
        signed = body if route.verdicts.dkim == "pass" else b"before it was changed" + body
        signatures.append(_signature(route.dkim, route.selector, at, signed, rng))
    if route.also_signs:
        signatures.insert(0, _signature(route.also_signs, LIST_SELECTOR, at, body, rng))
    place = next(n for n, line in enumerate(lines) if line.startswith("Date: "))
    return (*lines[:place], *signatures, *lines[place:])


def _signature(domain: str, selector: str, at: int, body: bytes, rng: Random) -> str:
    """A signature that looks right and verifies nowhere."""
    digest = b64encode(hashlib.sha256(body).digest()).decode()
    proof = b64encode(rng.randbytes(256)).decode()
    folded = "\r\n\t ".join(proof[at : at + 72] for at in range(0, len(proof), 72))
    return (
        f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain};\r\n"
        f"\ts={selector}; t={at};"
        " h=from:to:subject:date:message-id:mime-version;\r\n"
        f"\tbh={digest};\r\n\tb={folded}"
    )


def _mailboxes(contacts: tuple[Contact, ...]) -> str:
    return ",\r\n ".join(map(mailbox, contacts))


def mailbox(contact: Contact) -> str:
    """The contact as a header shows it.

    >>> mailbox(Contact(name="Kestrel, Ann", address="ann@larkmoor.example"))
    '"Kestrel, Ann" <ann@larkmoor.example>'
    """
    name = contact.name
    if not name:
        return contact.address
    if not name.isascii():
        return f"{words(name)} <{contact.address}>"
    if _ATOMS.issuperset(name):
        return f"{name} <{contact.address}>"
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{contact.address}>'


def subject_of(letter: Letter) -> str:
    """The subject as the header holds it."""
    return tangled_words(letter.subject) if letter.coding.is_tangled else words(letter.subject)


def words(text: str) -> str:
    """Header text, in encoded words where it is not ASCII.

    >>> words("Grüße")
    '=?utf-8?b?R3LDvMOfZQ==?='
    """
    if text.isascii():
        return text
    chunks = (text[at : at + 15] for at in range(0, len(text), 15))
    return "\r\n ".join(f"=?utf-8?b?{b64encode(chunk.encode()).decode()}?=" for chunk in chunks)

"""Senders that look like somebody else: domains, display names, addresses for the answer."""

from random import Random

from msgspec.structs import replace

from chaffinch.core.vocabulary import Impersonated, Origin
from chaffinch.simulate.evasion.declare import operator
from chaffinch.simulate.letter import Letter, message_id
from chaffinch.simulate.organisation import Company, Contact
from chaffinch.simulate.route import party_route

OURS = {Impersonated.VIP, Impersonated.EMPLOYEE, Impersonated.OWN_DOMAIN}
SWAPS = (
    ("m", "rn"), ("l", "1"), ("o", "0"), ("i", "l"), ("w", "vv"), ("d", "cl"), ("g", "q"),
    ("e", "3"), ("u", "v"),
)  # fmt: skip
ADDED = (
    "mail", "secure", "login", "invoices", "payments", "hr", "support", "group", "office",
    "portal", "docs", "billing",
)  # fmt: skip
SPACES = ("\u00a0", "\u2003", "\u2009", "\u3000", "\u00a0\u00a0")
PROVIDERS = ("gmail.com", "outlook.com", "gmx.net")


@operator(kind="sender")
def lookalike_domain(letter: Letter, rng: Random, company: Company) -> Letter:
    """The sender moves to a domain that reads like the one it poses as, in good order there."""
    if not _can_move(letter, company):
        return letter
    posed = _posed(letter, company)
    stem, _, tail = posed.partition(".")
    return _moved(letter, f"{_misread(stem, rng)}.{tail}")


@operator(kind="sender")
def combo_squatted_domain(letter: Letter, rng: Random, company: Company) -> Letter:
    """The sender moves to a domain made of the name it poses as and a word that fits."""
    if not _can_move(letter, company):
        return letter
    stem, _, tail = _posed(letter, company).partition(".")
    word = rng.choice(ADDED)
    forms = (f"{stem}-{word}.{tail}", f"{word}-{stem}.{tail}", f"{stem}{word}.{tail}",
             f"{stem}.{word}-desk.{tail}")  # fmt: skip
    return _moved(letter, rng.choice(forms))


def _misread(stem: str, rng: Random) -> str:
    forms = [stem.replace(old, new, 1) for old, new in SWAPS if old in stem]
    at = rng.randrange(1, max(2, len(stem) - 1))
    forms += [stem[:at] + stem[at] + stem[at:] if at < len(stem) else f"{stem}s"]
    forms += [stem[:at] + stem[at + 1 :], stem[:at] + stem[at : at + 2][::-1] + stem[at + 2 :]]
    return rng.choice([form for form in forms if form not in (stem, "")] or [f"{stem}s"])


def _can_move(letter: Letter, company: Company) -> bool:
    """The sender is the attacker's own, and no part of the trick."""
    route, domain = letter.author.route, letter.author.contact.address.partition("@")[2]
    is_theirs = letter.truth.origin is Origin.EXTERNAL and not route.is_ours and not route.before
    alone = all(not one.address.endswith(f"@{domain}") for one in letter.everybody)
    return is_theirs and alone and domain not in {company.domain, *_names(company)}


def _names(company: Company) -> dict[str, str]:
    """The domains the organisation deals with, and their owners' names."""
    return (
        {one.domain: one.name for one in company.vendors}
        | {one.domain: one.name for one in company.customers}
        | {one.domain: one.name for one in company.tools}
    )


def _posed(letter: Letter, company: Company) -> str:
    """The domain of whom the letter poses as."""
    if letter.truth.impersonated in OURS:
        return company.domain
    shown = " ".join((letter.author.contact.name, *letter.author.signature, letter.subject))
    named = (domain for domain, name in _names(company).items() if name in shown)
    return next(named, company.domain)


def _moved(letter: Letter, domain: str) -> Letter:
    old = letter.author
    address = f"{old.contact.address.partition('@')[0].replace('.sim', '')}@{domain}"
    mailer = replace(party_route(domain, address), mailer=old.route.mailer)
    author = replace(old, contact=Contact(name=old.contact.name, address=address), route=mailer)
    return replace(
        letter, author=author, message_id=message_id(author, letter.at, letter.message_id)
    )


@operator(kind="name")
def display_name_tricks(letter: Letter, rng: Random, company: Company) -> Letter:
    """The display name holds an address, odd blanks, quotes or a title."""
    if letter.author.route.is_ours:
        return letter
    contact = letter.author.contact
    name = contact.name or contact.address.partition("@")[0]
    first, _, last = name.partition(" ")
    shown = f"{first}.{last}".strip(".").replace(" ", "-").lower() + f"@{_posed(letter, company)}"
    blank = rng.choice(SPACES)
    forms = (
        f"{name} <{shown}>",
        f"{name} ({shown})",
        shown,
        name.replace(" ", blank) if " " in name else f"{name}{blank}",
        f"'{name}'",
        f'"{name}"',
        f"{name} | {company.name}",
        f"{name},",
    )
    author = replace(letter.author, contact=replace(contact, name=rng.choice(forms)))
    return replace(letter, author=author)


@operator(kind="answer")
def reply_to_drift(letter: Letter, rng: Random, company: Company) -> Letter:
    """Answers go elsewhere: to a free mailbox under the same name, or one letter beside it."""
    if letter.reply_to or letter.calendar:
        return letter
    contact = letter.author.contact
    local, _, domain = contact.address.partition("@")
    stem, _, tail = domain.partition(".")
    free = f"{local.replace('.sim', '')}.{rng.randrange(10, 999)}.sim@{rng.choice(PROVIDERS)}"
    beside = f"{local}@{_misread(stem, rng)}.{tail}"
    is_free = domain in PROVIDERS or rng.random() < 0.6
    return replace(letter, reply_to=Contact(name=contact.name, address=free if is_free else beside))

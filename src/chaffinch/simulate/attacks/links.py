"""Attacks by links in disguise: redirectors of trusted hosts, short links, tricks of spelling."""

from base64 import urlsafe_b64encode
from html import escape
from typing import NamedTuple
from urllib.parse import quote

from msgspec.structs import replace

from chaffinch.core.vocabulary import Goal, Impersonated, Vector
from chaffinch.simulate.attacks.cast import somebody
from chaffinch.simulate.attacks.lure import Telling, telling
from chaffinch.simulate.attacks.notices import known_party
from chaffinch.simulate.attacks.underworld import (
    AUTOMATIC,
    OFTEN,
    camp,
    invented_name,
    link_host,
    lure_url,
    true_url,
)
from chaffinch.simulate.attacks.words import links as words
from chaffinch.simulate.compose import Heading
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.organisation import Contact, Person, Tool
from chaffinch.simulate.parties import service, staff
from chaffinch.simulate.stage import Stage

REDIRECTORS = (
    "/redirect?url={coded}", "/l.php?u={coded}&h={token}", "/out?to={packed}",
    "/track/click/{token}?target={coded}", "/url?q={coded}&sa=D", "/r/{token}/{packed}",
    "/login/next?continue={coded}", "/ads/clk?adurl={coded}",
)  # fmt: skip
SHORTENERS = ("shrt.example", "tny.test", "goto.example", "lnkd.test", "qlink.example", "sm.test")
TWINS_OF_LETTERS = {"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "i": "і"}  # noqa: RUF001 - Cyrillic is meant


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, impersonated=Impersonated.VENDOR)
def open_redirect(stage: Stage) -> Case:
    """A link that begins at a trusted host and is sent on; a partner's newsletter does that too."""
    reader, (host, variant) = somebody(stage), _redirecting_host(stage)
    told, known = telling(stage, words.REDIRECTED, reader), known_party(stage)
    place = camp(stage, _posing(stage, known), "trade", kinds=OFTEN)
    bad = redirected(stage, host, lure_url(stage, place.host, reader))
    domain = known.contact.address.partition("@")[2]
    good = redirected(stage, host, true_url(stage, f"www.{domain}", "p", reader))
    return pair(told.typed(place.party, bad), told.typed(known, good), variant)


def redirected(stage: Stage, host: str, url: str) -> str:
    """The link through a redirector of the host."""
    token = f"{stage.rng.getrandbits(40):010x}"
    packed = urlsafe_b64encode(url.encode()).decode().rstrip("=")
    shape = stage.rng.choice(REDIRECTORS)
    return f"https://{host}{shape.format(coded=quote(url, safe=''), packed=packed, token=token)}"


def _redirecting_host(stage: Stage) -> tuple[str, str]:
    """A host people here trust, and of what kind it is."""
    company, rng = stage.company, stage.rng
    kinds = [
        (f"click.{rng.choice(company.tools).domain}", "service"),
        (f"www.{rng.choice(company.customers).domain}", "partner"),
        *((f"click.{one.platform}", "newsletter") for one in company.newsletters[:2]),
    ]
    return rng.choice(kinds)


def _posing(stage: Stage, known: Party) -> str:
    """A name to write under: the partner's, or a stranger's."""
    return stage.rng.choice((known.contact.name, invented_name(stage.rng)))


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, impersonated=Impersonated.VENDOR)
def shortener_chain(stage: Stage) -> Case:
    """A short link, bare or behind another service's redirector; partners shorten links as well."""
    reader, known = somebody(stage), known_party(stage)
    told = telling(stage, words.SHORTENED, reader)
    variant = stage.rng.choice(("bare", "through-redirector", "short-in-short"))
    place = camp(stage, _posing(stage, known), "meeting", kinds=OFTEN)
    bad, good = (_chain(stage, variant) for _ in range(2))
    return pair(told.typed(place.party, bad), told.typed(known, good), variant)


def _chain(stage: Stage, variant: str) -> str:
    rng = stage.rng
    short = f"https://{rng.choice(SHORTENERS)}/{rng.getrandbits(30):06x}"
    if variant == "bare":
        return short
    if variant == "short-in-short":
        return f"https://{rng.choice(SHORTENERS)}/go?u={quote(short, safe='')}"
    return redirected(stage, _redirecting_host(stage)[0], short)


class Disguise(NamedTuple):
    """A link in disguise: what HTML says, what plain text says, and a base to resolve it by."""

    href: str
    shown: str
    base: str = ""


@attack(goal=Goal.CREDENTIALS, vector=Vector.LINK, impersonated=Impersonated.BRAND)
def disguised_link(stage: Stage) -> Case:
    """An answer to a support case nobody opened, its link spelled to look like the brand's.

    The variants: a base to relative links, the brand before an at sign, a bare number for a host,
    a look-alike in another script, the brand as the path. The twin answers a case that exists.
    """
    tool, reader = stage.rng.choice(stage.company.tools), somebody(stage)
    variant = stage.rng.choice(("base-href", "userinfo", "ip-address", "punycode", "path"))
    name, host = f"{tool.name} Support", link_host(stage.rng, "account")
    told = Telling(stage=stage, lure=words.TICKET, reader=reader)
    impostor = _writing_html(camp(stage, name, "account", kinds=AUTOMATIC, brand=tool.domain).party)
    disguise, invented = _disguise(stage, variant, tool, host), _question(stage, tool, reader)
    bad = _spelled(told.answered(invented, impostor, disguise.shown, brand=tool.name), disguise)
    if stage.rng.random() < 0.5:
        bad = replace(bad, references=())
    real, true = _question(stage, tool, reader), true_url(stage, tool.host, "case", reader)
    twin = told.answered(real, service(tool, name), true, brand=tool.name)
    prelude = replace(real, truth=replace(real.truth, role="prelude"))
    return Case((bad,), (prelude, twin), variant)


def _writing_html(party: Party) -> Party:
    """The party with a mail program that sends HTML."""
    route = party.route
    return party if route.writes_html else replace(party, route=replace(route, mailer=""))


def _question(stage: Stage, tool: Tool, reader: Person) -> Letter:
    """What the reader wrote, or is said to have written, to the brand's support."""
    number = stage.rng.randrange(10_000, 99_999)
    slots: dict[str, object] = {"number": number, "today": f"{stage.day:%d %B}"}
    support = Contact(name=f"{tool.name} Support", address=tool.address)
    subject = stage.tell(words.TICKET.subject, **slots)
    at = stage.moment(7, 12)
    heading = Heading(family="plot", to=(support,), subject=subject, at=at)
    author = staff(stage.company, reader)
    return stage.note(author, heading, ("Hello,", stage.tell(words.QUESTION, **slots)))


def _disguise(stage: Stage, variant: str, tool: Tool, host: str) -> Disguise:
    rng = stage.rng
    token = f"{rng.getrandbits(40):010x}"
    if variant == "base-href":
        return Disguise(f"/case/{token}", f"https://{tool.host}/case/{token}", f"https://{host}/")
    if variant == "userinfo":
        spelled = rng.choice((tool.host, f"{tool.host}%2Fcase", f"{tool.domain}:443"))
        url = f"https://{spelled}@{host}/{token}"
    elif variant == "ip-address":
        url = f"http://{_bare_number(stage)}/{tool.domain.partition('.')[0]}/{token}"
    elif variant == "punycode":
        url = f"https://{_homograph(tool.domain)}/case/{token}"
    else:
        url = f"https://{host}/{tool.host}/case/{token}"
    return Disguise(url, url)


def _bare_number(stage: Stage) -> str:
    """An address of the ranges kept for documents, in one of the ways browsers accept."""
    rng = stage.rng
    last, net = rng.randrange(1, 255), rng.choice(("198.51.100", "203.0.113", "192.0.2"))
    whole = int.from_bytes(bytes(map(int, f"{net}.{last}".split("."))))
    return rng.choice((f"{net}.{last}", f"{net}.{last}:8080", str(whole), f"0x{whole:08x}"))


def _homograph(domain: str) -> str:
    """The domain with one letter from another script, as it goes over the wire."""
    stem, _, tail = domain.partition(".")
    letter = next((one for one in stem if one in TWINS_OF_LETTERS), "")
    forged = stem.replace(letter, TWINS_OF_LETTERS[letter], 1) if letter else f"{stem}é"
    return f"xn--{forged.encode('punycode').decode()}.{tail}"


def _spelled(letter: Letter, disguise: Disguise) -> Letter:
    """The letter whose HTML holds the disguise; without HTML its text shows what is meant."""
    html = letter.html.replace(
        f'href="{escape(disguise.shown)}"', f'href="{escape(disguise.href)}"'
    )
    if disguise.base:
        html = html.replace("<head>", f'<head><base href="{disguise.base}">')
    return replace(letter, html=html)

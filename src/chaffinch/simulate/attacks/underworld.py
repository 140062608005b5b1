"""Where attackers write from and lead to: rented, hacked, free and forged places, by chance."""

from base64 import b64encode
from collections.abc import Callable
from random import Random
from typing import Literal, get_args

import msgspec
from msgspec.structs import replace

from chaffinch.simulate import names
from chaffinch.simulate.letter import Party
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.parties import free_mailer
from chaffinch.simulate.route import Route, Verdicts, machine_route, party_route
from chaffinch.simulate.stage import Stage

Kind = Literal["throw-away", "platform", "hacked-site", "hacked-mailbox", "free-mail", "unproven"]
KINDS: tuple[Kind, ...] = get_args(Kind)
OFTEN = (30, 12, 20, 16, 12, 10)  # how many of a hundred campaigns write from each kind
AUTOMATIC = (36, 20, 26, 0, 6, 12)  # the same for mail that poses as a machine's
TYPED = (24, 0, 6, 26, 34, 10)  # and for mail that poses as a person's

Theme = Literal["account", "mail", "files", "voice", "billing", "work", "trade", "meeting"]
THEMES: dict[Theme, tuple[str, ...]] = {
    "account": ("account", "signin", "login", "identity", "access", "secure", "verify", "auth"),
    "mail": ("mail", "webmail", "mailbox", "inbox", "post", "quota", "storage", "mx"),
    "files": ("docs", "files", "share", "drive", "paper", "folder", "doc", "transfer"),
    "voice": ("voice", "pbx", "call", "phone", "vm", "audio", "tel", "line"),
    "billing": ("billing", "invoice", "pay", "orders", "renewal", "accounts", "support", "care"),
    "work": ("hr", "careers", "talent", "jobs", "people", "hiring", "staffing", "recruit"),
    "trade": ("sourcing", "trade", "supply", "export", "procure", "freight", "cargo", "tender"),
    "meeting": ("meet", "calendar", "invite", "agenda", "events", "call", "board", "schedule"),
}
SECONDS = (
    "portal", "online", "center", "desk", "hub", "service", "notice", "team", "app", "web", "cloud",
    "net", "now", "plus", "point", "works", "link", "direct", "zone", "line",
)  # fmt: skip
PLAIN_WORDS = (
    "maple", "harbor", "stone", "river", "bright", "north", "cedar", "lantern", "meadow", "summit",
    "copper", "willow", "anchor", "falcon", "orchard", "prairie", "velvet", "granite", "coral",
)  # fmt: skip
TRADES = (
    "roofing", "dental", "bakery", "plumbing", "yoga", "garage", "florist", "vets", "joinery",
    "guesthouse", "driving", "opticians", "landscaping", "pizzeria", "scouts", "photography",
)  # fmt: skip
SYLLABLES = (
    "ba",
    "re",
    "lo",
    "ti",
    "vu",
    "sha",
    "no",
    "ki",
    "mar",
    "ven",
    "do",
    "zel",
    "qui",
    "fa",
)
CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"
WEB_HOSTS = ("pagesquick.example", "webdrop.example", "appspark.test", "sitekettle.example")
STORES = ("bucketstore.test", "objectbay.example", "blobyard.test")
MAIL_HOSTS = ("mailfarm.example", "bizhost.test", "webhoster.example", "vps-rent.test")
SENDING_PLATFORMS = ("sendwell.example", "postbird.test", "mailpilot.example", "relaymax.test")
HOSTED = 0.45  # of the domains leave by a provider's relays
PROGRAMS = (
    "", "", "", "", "X-Mailer: PHPMailer 6.6.0", "X-Mailer: PHPMailer 6.9.1",
    "X-Mailer: Microsoft Outlook 16.0", "X-Mailer: Apple Mail (2.3774.600.62)",
    "User-Agent: Mozilla Thunderbird", "X-Mailer: Zoho Mail", "User-Agent: Roundcube Webmail/1.6.5",
)  # fmt: skip
MACHINE_BOXES = (
    "no-reply", "noreply", "notice", "notifications", "info", "service", "support", "admin", "team",
    "alerts", "hello", "mail", "do-not-reply", "system", "office",
)  # fmt: skip
OWN_POLICIES = ("none", "none", "none", "quarantine", "reject", "reject")
RELAYS = (
    "out{n}.{host}", "srv{n}.{host}", "mail{n}.{host}", "host-{n}.{host}", "smtp-{n}.{host}",
    "web{n}.{host}", "vps-{n}{n}.{host}", "s{n}.{host}",
)  # fmt: skip
UNPROVEN = (
    Verdicts(spf="none", dkim="none", dmarc="none", policy="none"),
    Verdicts(spf="softfail", dkim="none", dmarc="fail", policy="none"),
    Verdicts(spf="fail", dkim="none", dmarc="fail", policy="none"),
    Verdicts(spf="none", dkim="none", dmarc="fail", policy="none"),
    Verdicts(spf="neutral", dkim="none", dmarc="none", policy="none"),
)


class Camp(msgspec.Struct, frozen=True, kw_only=True):
    """The places of one campaign: who writes, from what kind of place, and where links lead."""

    party: Party
    kind: Kind
    host: str


def camp(
    stage: Stage,
    name: str,
    theme: Theme,
    *,
    kinds: tuple[int, ...] = OFTEN,
    brand: str = "",
    box: str = "",
) -> Camp:
    """Places for a campaign that goes by the display name; ``brand`` is a domain it may squat.

    ``kinds`` weighs the kinds of places, ``box`` is the local part of the address if it matters.
    """
    rng = stage.rng
    kind: Kind = rng.choices(KINDS, kinds)[0]
    party = _PARTIES[kind](stage, name, theme, brand, box)
    domain = party.contact.address.partition("@")[2]
    stays = kind in {"throw-away", "hacked-site"} and rng.random() < 0.55
    return Camp(party=party, kind=kind, host=domain if stays else link_host(rng, theme, brand))


def domain_to_throw_away(rng: Random, theme: Theme, brand: str = "") -> str:
    """A domain bought for the campaign: words of its theme, an old name, or nothing at all."""
    word, second = rng.choice(THEMES[theme]), rng.choice(SECONDS)
    forms: tuple[Callable[[], str], ...] = (
        lambda: f"{word}{rng.choice(('-', ''))}{second}",
        lambda: f"{word}-{second}{rng.choice(('', '', str(rng.randrange(2, 99))))}",
        lambda: f"{rng.choice(PLAIN_WORDS)}{rng.choice(('-', ''))}{rng.choice(PLAIN_WORDS)}",
        lambda: "".join(rng.choices(SYLLABLES, k=rng.randrange(3, 5))),
        lambda: "".join(rng.choices(CHARACTERS, k=rng.randrange(6, 12))),
        lambda: f"{rng.choice(PLAIN_WORDS)}{word}",
        lambda: _squatted(rng, brand, word) if brand else f"{second}-{word}",
    )
    return f"{rng.choice(forms)()}.{rng.choice(names.TAILS)}"


def small_business(rng: Random) -> str:
    """The domain of a small firm: old, in good order, and not told from a thousand others."""
    last = rng.choice(names.LAST_NAMES).lower().translate(names.FOLDED)
    trade, word = rng.choice(TRADES), rng.choice(PLAIN_WORDS)
    stem = rng.choice((f"{last}-{trade}", f"{last}{trade}", f"{word}{trade}", f"{trade}-{word}"))
    return f"{stem}.{rng.choice(names.TAILS)}"


def link_host(rng: Random, theme: Theme, brand: str = "") -> str:
    """A host that shows a page for the campaign: bought, hacked, or free space at a big one."""
    draw = rng.random()
    if draw < 0.4:
        sub = rng.choice(("", "", "www.", f"{rng.choice(THEMES[theme])}.", "app.", "login."))
        return f"{sub}{domain_to_throw_away(rng, theme, brand)}"
    if draw < 0.65:
        return f"{rng.choice(('', 'www.'))}{small_business(rng)}"
    label = rng.choice((
        f"{rng.choice(THEMES[theme])}-{rng.getrandbits(24):06x}",
        f"{rng.choice(PLAIN_WORDS)}-{rng.choice(PLAIN_WORDS)}-{rng.getrandbits(16):04x}",
        f"{rng.choice(THEMES[theme])}{rng.randrange(10, 999)}",
    ))  # fmt: skip
    return f"{label}.{rng.choice(WEB_HOSTS if draw < 0.88 else STORES)}"


def lure_url(stage: Stage, host: str, reader: Contact) -> str:
    """A link to the host in one of the shapes kits use; some say who the reader is."""
    rng, whom = stage.rng, reader.address
    token = f"{rng.getrandbits(48):012x}"
    coded = b64encode(whom.encode()).decode().rstrip("=")
    word = rng.choice(("view", "open", "secure", "index", "portal", "s", "go", "auth", "read"))
    shape = rng.choice((
        f"/{token}", f"/{word}/{token}", f"/{word}?id={token}", f"/{word}.php?e={whom}",
        f"/wp-content/{word}/{token[:6]}/", f"/{word}/#{whom}", f"/{token[:8]}#{coded}",
        f"/{word}/index.html?u={coded}", f"/?{word}={token}", f"/.well-known/{word}/{token[:5]}",
    ))  # fmt: skip
    return f"https://{host}{shape}"


def true_url(stage: Stage, host: str, path: str, reader: Contact) -> str:
    """A link to the host in one of the shapes honest services use."""
    rng = stage.rng
    token = f"{rng.getrandbits(48):012x}"
    shape = rng.choice((
        f"/{path}/{token}", f"/{path}/{token}", f"/{path}?id={token}",
        f"/{path}/{token}?src=email", f"/{path}?u={reader.address}&t={token[:8]}",
        f"/{path}/#{token[:8]}", f"/{path}",
    ))  # fmt: skip
    return f"https://{host}{shape}"


def invented_name(rng: Random) -> str:
    """Somebody's first and last name."""
    return f"{rng.choice(names.FIRST_NAMES)} {rng.choice(names.LAST_NAMES)}"


def invented_phone(rng: Random) -> str:
    """A number to call that nobody has: 555-01xx is kept free."""
    area = rng.choice((202, 213, 305, 404, 612, 702, 808, 818, 888, 805))
    last = rng.randrange(100, 200)
    return rng.choice((
        f"+1 ({area}) 555-0{last}", f"+1 {area} 555 0{last}", f"1-{area}-555-0{last}",
        f"({area}) 555 0{last}", f"+1-{area}-555-0{last}",
    ))  # fmt: skip


def _squatted(rng: Random, brand: str, word: str) -> str:
    stem = brand.partition(".")[0]
    return rng.choice((f"{stem}-{word}", f"{word}-{stem}", f"{stem}{word}", f"my{stem}-{word}"))


def _box(rng: Random, theme: Theme, box: str) -> str:
    """A local part for mail that looks automatic."""
    return box or rng.choice((*MACHINE_BOXES, rng.choice(THEMES[theme])))


def _proven(rng: Random) -> Verdicts:
    """What a boundary finds of a stranger's domain in good order, or nearly."""
    if rng.random() < 0.75:
        return Verdicts(policy=rng.choice(OWN_POLICIES))
    return rng.choice((
        Verdicts(dkim="none", policy="none"), Verdicts(dkim="none", dmarc="none", policy="none"),
        Verdicts(dmarc="none", policy="none"),
    ))  # fmt: skip


def _throw_away(stage: Stage, name: str, theme: Theme, brand: str, box: str) -> Party:
    rng = stage.rng
    domain = domain_to_throw_away(rng, theme, brand)
    local = _box(rng, theme, box)
    host = rng.choice(MAIL_HOSTS) if rng.random() < HOSTED else ""
    return _party(name, local, _dressed(rng, domain, local, _proven(rng), host))


def _platform(stage: Stage, name: str, theme: Theme, brand: str, box: str) -> Party:
    """An account at a platform that sends for anybody, signed for a domain bought for it."""
    rng = stage.rng
    domain, local = domain_to_throw_away(rng, theme, brand), _box(rng, theme, box)
    own = tuple(one.platform for one in stage.company.newsletters)
    route = machine_route(domain, rng.choice((*SENDING_PLATFORMS, *own)), rng.choice(PROGRAMS))
    return _party(name, local, replace(route, verdicts=Verdicts(policy=rng.choice(OWN_POLICIES))))


def _hacked_site(stage: Stage, name: str, theme: Theme, brand: str, box: str) -> Party:
    rng = stage.rng
    local = box or rng.choice(("info", "wordpress", "office", "contact", "webmaster", "shop"))
    host = rng.choice(MAIL_HOSTS) if rng.random() < HOSTED else ""
    route = _dressed(rng, small_business(rng), local, _proven(rng), host)
    return _party(name, local, replace(route, mailer=rng.choice(PROGRAMS[3:6])))


def _hacked_mailbox(stage: Stage, name: str, theme: Theme, brand: str, box: str) -> Party:
    """Somebody's real mailbox at a small firm, whose owner's name rarely fits what is written."""
    rng = stage.rng
    owner, domain = invented_name(rng), small_business(rng)
    full = names.local_part(owner)
    local = rng.choice((full, full.partition(".")[0], "office"))
    host = rng.choice(MAIL_HOSTS) if rng.random() < HOSTED else ""
    route = _relayed(rng, party_route(domain, f"{local}@{domain}", _proven(rng), host), host)
    return _party(name if rng.random() < 0.75 else owner, local, route)


def _free_mail(stage: Stage, name: str, theme: Theme, brand: str, box: str) -> Party:
    rng = stage.rng
    stem = rng.choice(
        (
            names.local_part(name) or "desk",
            names.local_part(invented_name(rng)),
            rng.choice(THEMES[theme]),
        )
    )
    provider = rng.choice(("gmail.com", "gmail.com", "outlook.com", "gmx.net"))
    contact = Contact(name=name, address=f"{stem}{rng.randrange(10, 9999)}.sim@{provider}")
    return replace(free_mailer(contact), signature=())


def _unproven(stage: Stage, name: str, theme: Theme, brand: str, box: str) -> Party:
    """A server that writes another's domain into From; nothing proves it."""
    rng = stage.rng
    domain = rng.choice((small_business(rng), domain_to_throw_away(rng, theme, brand)))
    local = _box(rng, theme, box)
    return _party(name, local, _dressed(rng, domain, local, rng.choice(UNPROVEN), "vps-rent.test"))


_PARTIES: dict[Kind, Callable[[Stage, str, Theme, str, str], Party]] = {
    "throw-away": _throw_away,
    "platform": _platform,
    "hacked-site": _hacked_site,
    "hacked-mailbox": _hacked_mailbox,
    "free-mail": _free_mail,
    "unproven": _unproven,
}


def _dressed(rng: Random, domain: str, local: str, verdicts: Verdicts, host: str) -> Route:
    """A partner's kind of way, with a mail program of the attacker's."""
    route = _relayed(rng, party_route(domain, f"{local}@{domain}", verdicts, host), host)
    return replace(route, mailer=rng.choice(PROGRAMS))


def _relayed(rng: Random, route: Route, host: str) -> Route:
    """The way with one of the names a provider gives its servers, where one is in it."""
    if not host:
        return route
    return replace(route, relay=rng.choice(RELAYS).format(n=rng.randrange(1, 60), host=host))


def _party(name: str, local: str, route: Route) -> Party:
    domain = route.dkim or route.domain
    return Party(contact=Contact(name=name, address=f"{local}@{domain}"), route=route)

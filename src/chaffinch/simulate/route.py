"""The way a sender's mail travels: hosts, mail program, signing domain, and what we verify."""

from functools import lru_cache
from random import Random

import msgspec

from chaffinch.core.vocabulary import Origin
from chaffinch.simulate.chance import chance
from chaffinch.simulate.zone import Clock


class Verdicts(msgspec.Struct, frozen=True, kw_only=True):
    """What our boundary finds when it checks SPF, DKIM and DMARC."""

    spf: str = "pass"
    dkim: str = "pass"
    dmarc: str = "pass"
    policy: str = "reject"


UNSIGNED = Verdicts(dkim="none", dmarc="fail", spf="softfail", policy="none")
BROKEN_BY_LIST = Verdicts(dkim="fail", dmarc="fail", policy="none")
FORWARDED = Verdicts(spf="fail", dkim="pass", dmarc="pass")


class Route(msgspec.Struct, frozen=True, kw_only=True):
    """A sender's infrastructure; ``before`` is the author's own where somebody else's follows it.

    ``also_signs`` is the domain of a list that signs what it passes on.
    """

    domain: str
    origin: str
    origin_ip: str
    relay: str
    relay_ip: str
    mailer: str
    clock: Clock = Clock(60, "eu")
    dkim: str = ""
    selector: str = "s1"
    envelope: str = ""
    verdicts: Verdicts = Verdicts()
    is_ours: bool = False
    before: "Route | None" = None
    also_signs: str = ""

    @property
    def origin_of_mail(self) -> Origin:
        """Where honest mail on this way really comes from, in the words of decisions."""
        if self.also_signs:
            return Origin.LIST
        return Origin.INTERNAL if self.is_ours else Origin.EXTERNAL

    @property
    def is_outlook(self) -> bool:
        """The mail program quotes and marks up as Outlook does."""
        return "Outlook" in self.mailer

    @property
    def writes_html(self) -> bool:
        """The mail program sends an HTML alternative."""
        return "Thunderbird" not in self.mailer


OWN_POLICY = "none"  # what our domain asks of others: it has mail it cannot prove
OFFICE_MAILERS = (
    "X-Mailer: Microsoft Outlook 16.0",
    "X-Mailer: Microsoft Outlook 16.0",
    "X-Mailer: Apple Mail (2.3774.600.62)",
    "User-Agent: Mozilla Thunderbird",
    "X-Mailer: iPhone Mail (21F90)",
)
CLOCKS = (*(Clock(60, "eu"),) * 3, Clock(120, "eu"), Clock(0, "eu"), Clock(-300, "us"))


@lru_cache(maxsize=4096)
def staff_route(domain: str, boundary: str, address: str, clock: Clock) -> Route:
    """The way of somebody who works here: submitted with a password at our own server."""
    rng = chance("staff", address)
    return Route(
        domain=domain,
        origin=f"ws-{rng.randrange(100, 999)}.lan",
        origin_ip=f"10.20.{rng.randrange(4)}.{rng.randrange(2, 250)}",
        relay=boundary,
        relay_ip="192.0.2.10",
        mailer=rng.choice(OFFICE_MAILERS),
        clock=clock,
        dkim=domain,
        selector="m1",
        verdicts=Verdicts(policy=OWN_POLICY),
        is_ours=True,
    )


@lru_cache(maxsize=4096)
def party_route(
    domain: str,
    address: str,
    verdicts: Verdicts = Verdicts(),  # noqa: B008 - frozen
    host: str = "",
) -> Route:
    """The way of a person at another organisation: by its own server, or a provider's relays."""
    house, rng = chance("house", domain), chance("desk", address)
    return Route(
        domain=domain,
        origin=f"desk{rng.randrange(10, 99)}.{domain}",
        origin_ip=f"10.{house.randrange(256)}.{rng.randrange(256)}.{rng.randrange(2, 250)}",
        relay=_relay(house, domain, host),
        relay_ip=_relay_ip(house, host),
        mailer=rng.choice(OFFICE_MAILERS),
        clock=house.choice(CLOCKS),
        dkim=domain if verdicts.dkim != "none" else "",
        selector=house.choice(("s1", "default", "k2024", "mail")),
        verdicts=verdicts,
    )


def _relay(house: Random, domain: str, host: str) -> str:
    if host:
        return f"out{house.randrange(1, 5)}.{host}"
    return f"{house.choice(('mail', 'smtp', 'out', 'mx-out'))}.{domain}"


def _relay_ip(house: Random, host: str) -> str:
    """Firms with the same provider share its addresses."""
    if host:
        return f"198.51.100.{150 + sum(host.encode()) % 90}"
    return f"203.0.113.{house.randrange(2, 250)}"


FREE_MAIL_RELAYS = {
    "gmail.com": "mail-io1-f54.google.com",
    "outlook.com": "mail-weur05olkn2081.outbound.protection.outlook.com",
    "gmx.net": "mout.gmx.net",
}


@lru_cache(maxsize=1024)
def free_mail_route(address: str) -> Route:
    """The way of somebody at a free mail provider; authenticated as that provider's mail is."""
    domain = address.partition("@")[2]
    rng = chance("free", address)
    mailers = ("", "X-Mailer: iPhone Mail (21F90)")
    return Route(
        domain=domain,
        origin=f"[198.51.100.{rng.randrange(2, 120)}]",
        origin_ip=f"198.51.100.{rng.randrange(2, 120)}",
        relay=FREE_MAIL_RELAYS[domain],
        relay_ip=f"198.51.100.{120 + sum(domain.encode()) % 120}",
        mailer=rng.choice(mailers),
        dkim=domain,
        selector="20230601" if domain == "gmail.com" else "selector1",
        verdicts=Verdicts(policy="none"),
    )


@lru_cache(maxsize=1024)
def machine_route(domain: str, platform: str, mailer: str = "") -> Route:
    """The way of automatic mail: a platform's relay, the platform's envelope, the brand's DKIM."""
    rng = chance("machine", domain, platform)
    return Route(
        domain=platform,
        origin=f"worker-{rng.randrange(1, 40)}.{platform}",
        origin_ip=f"10.99.{rng.randrange(8)}.{rng.randrange(2, 250)}",
        relay=f"o{rng.randrange(1, 30)}.{platform}",
        relay_ip=f"192.0.2.{rng.randrange(20, 250)}",
        mailer=mailer,
        clock=Clock(),
        dkim=domain,
        selector="pm",
        envelope=f"bounce@{platform}",
    )


def list_route(before: Route, domain: str, name: str) -> Route:
    """The way of a post through a mailing list, which breaks the author's signature."""
    return msgspec.structs.replace(
        before,
        relay=domain,
        relay_ip=f"192.0.2.{16 + len(domain) % 4}",
        envelope=f"{name}-bounces@{domain}",
        verdicts=BROKEN_BY_LIST,
        before=before,
        also_signs=domain,
    )


def forwarded_route(before: Route, forwarder: str) -> Route:
    """The way of mail sent to an old address and forwarded unchanged, so that SPF fails."""
    return msgspec.structs.replace(
        before,
        relay=f"fwd.{forwarder}",
        relay_ip="198.51.100.250",
        verdicts=FORWARDED,
        before=before,
    )


SPOOFERS = ("X-Mailer: PHPMailer 6.6.0", "X-Mailer: PHPMailer 6.9.1", "", "X-Mailer: Apple Mail")


def not_allowed(domain: str) -> Verdicts:
    """What we find where a host that our domain does not name writes as it, unsigned."""
    spf = chance("spf", domain).choice(("fail", "softfail"))
    return Verdicts(spf=spf, dkim="none", dmarc="fail", policy=OWN_POLICY)


def spoofing_route(domain: str, host: str) -> Route:
    """The way of a stranger's server that writes our own domain into From, unauthenticated."""
    rng = chance("spoof", host)
    return Route(
        domain=domain,
        origin="localhost",
        origin_ip="127.0.0.1",
        relay=host,
        relay_ip=f"203.0.113.{rng.randrange(2, 250)}",
        mailer=rng.choice(SPOOFERS),
        clock=Clock(),
        verdicts=not_allowed(domain),
    )


# As many of them quote in the manner of Outlook as of the programs offices use.
WEB_PROGRAMS = (
    "X-Mailer: Outlook Web Access",
    "X-Mailer: Outlook Web Access",
    "User-Agent: Roundcube Webmail/1.6.5",
    "X-Mailer: Zimbra 9.0.0 (ZimbraWebClient)",
    "User-Agent: SquirrelMail/1.4.23",
)
CLOCKS_AWAY = (Clock(60), Clock(180), Clock(-480, "us"), Clock(480), Clock(330), Clock(-300))
RENTED = "vps-rent.test"


def taken_over_route(owner: Route, key: str, *, by_another_relay: bool = False) -> Route:
    """The owner's way when a thief uses the account: from a rented host, by a web program.

    Everything still verifies; ``by_another_relay``: by one the owner's domain allows, too.
    """
    rng = chance("taken over", key)
    away = [clock for clock in CLOCKS_AWAY if clock.minutes != owner.clock.minutes]
    other = rng.choice([one for one in WEB_PROGRAMS if one != owner.mailer])
    route = msgspec.structs.replace(
        owner,
        origin=f"vps{rng.randrange(100, 999)}.{RENTED}",
        origin_ip=f"203.0.113.{rng.randrange(2, 250)}",
        mailer=other if rng.random() < 0.85 else owner.mailer,
        clock=rng.choice(away) if rng.random() < 0.7 else owner.clock,
    )
    if not by_another_relay:
        return route
    number = rng.randrange(5, 40)
    return msgspec.structs.replace(
        route, relay=f"out{number}.sendmany.example", relay_ip=f"198.18.{number}.25"
    )


def travelling_route(owner: Route, key: str) -> Route:
    """The owner's own way from a telephone on a journey: another program, network, maybe zone."""
    rng = chance("travelling", key)
    return msgspec.structs.replace(
        owner,
        origin=f"pool-{rng.randrange(100, 999)}.mobile-net.example",
        origin_ip=f"198.18.{rng.randrange(250)}.{rng.randrange(2, 250)}",
        mailer="X-Mailer: iPhone Mail (21F90)",
        clock=rng.choice((*CLOCKS_AWAY, owner.clock, owner.clock)),
    )


def replayed_route(before: Route, host: str) -> Route:
    """The way of a signed message that somebody kept and sends again from a host of their own."""
    rng = chance("replayed", host)
    return msgspec.structs.replace(
        before,
        relay=host,
        relay_ip=f"203.0.113.{rng.randrange(2, 250)}",
        envelope=f"{rng.choice(('bounce', 'mailer', 'www-data'))}@{host}",
        verdicts=msgspec.structs.replace(before.verdicts, spf=rng.choice(("pass", "none"))),
        before=before,
    )

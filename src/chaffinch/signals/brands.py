"""Whose name a sender or a host borrows: known brands and the domains that are really theirs."""

from collections.abc import Mapping
from functools import cache

from chaffinch.lists.reference import brand_domains, shipped
from chaffinch.message.model import Domain
from chaffinch.signals.lookalike import DIGIT_LOOKALIKES
from chaffinch.signals.wording import seen

_PUNCTUATION = str.maketrans("._,:;!|/()[]<>\"'®™", " " * 18)


def brands_in(text: str) -> tuple[str, ...]:
    """The known brands a display name claims to be.

    A brand that is also a word or a person's name counts only alone or beside service words.

    >>> brands_in("PayPal Service"), brands_in("Startups weekly")
    (('paypal',), ())
    >>> brands_in("Chase Alerts"), brands_in("Chase Miller")
    (('chase',), ())
    """
    words = seen(text).replace("-", " ").translate(_PUNCTUATION).split()
    line = f" {' '.join(words)} "
    return tuple(
        brand
        for brand in brand_domains()
        if f" {brand} " in line
        and (
            brand not in _entries("brands_that_are_words")
            or _entries("service_words").issuperset(set(words) - {brand})
        )
    )


def brands_claimed(text: str) -> tuple[str, ...]:
    """The known brands a running text speaks for, brands that are also words left out.

    >>> brands_claimed("Your PayPal account is limited"), brands_claimed("They chase the target")
    (('paypal',), ())
    """
    line = f" {' '.join(seen(text).replace('-', ' ').translate(_PUNCTUATION).split())} "
    return tuple(
        brand
        for brand in brand_domains()
        if f" {brand} " in line and brand not in _entries("brands_that_are_words")
    )


def host_borrows_brand(domain: Domain) -> bool:
    """Whether a host contains a brand's name and belongs to somebody else.

    >>> from chaffinch.message.domain import domain
    >>> host_borrows_brand(domain("paypal-secure.example.com"))
    True
    >>> host_borrows_brand(domain("www.paypal.com"))
    False
    """
    if not domain.valid:
        return False
    suffix = f".{domain.tld}" if domain.tld else ""
    labels = (
        domain.domain.removesuffix(suffix).translate(DIGIT_LOOKALIKES).replace("-", ".").split(".")
    )
    is_dressed_up = not _entries("service_words").isdisjoint(labels)
    named = [
        label
        for label in labels
        if len(label) > 4
        and label in brand_domains()
        and (is_dressed_up or label not in _entries("brands_that_are_words"))
    ]
    return bool(named) and not any(is_of_brand(domain, brand) for brand in named)


def is_of_brand(domain: Domain, brand: str) -> bool:
    """Whether a domain is one of the brand's own, its names under country codes included.

    >>> from chaffinch.message.domain import domain
    >>> is_of_brand(domain("mail.dpd.com.pl"), "dpd"), is_of_brand(domain("dpd.shop"), "dpd")
    (True, False)
    """
    own = brand_domains()[brand]
    if domain.root_domain in own or domain.domain in own:
        return True
    is_national = len((domain.tld or "").rpartition(".")[2]) == 2
    return is_national and domain.sld in {name.partition(".")[0] for name in own}


def share_a_brand(domain: Domain, other: Domain) -> bool:
    """Whether two domains belong to one brand that has several.

    >>> from chaffinch.message.domain import domain
    >>> share_a_brand(domain("facebookmail.com"), domain("www.facebook.com"))
    True
    >>> share_a_brand(domain("facebookmail.com"), domain("example.com"))
    False
    """
    owners = _owners()
    mine = owners.get(domain.root_domain or "", frozenset())
    return not mine.isdisjoint(owners.get(other.root_domain or "", frozenset()))


@cache
def _owners() -> Mapping[str, frozenset[str]]:
    owners: dict[str, set[str]] = {}
    for brand, domains in brand_domains().items():
        for one in domains:
            owners.setdefault(one, set()).add(brand)
    return {one: frozenset(brands) for one, brands in owners.items()}


def _entries(name: str) -> frozenset[str]:
    return shipped().by_name[name].entries

"""Whose name a sender, a text or a host borrows: known brands and the domains that are theirs."""

from collections.abc import Mapping
from functools import cached_property, lru_cache

import msgspec

from chaffinch.lists.reference import Entries, Lists, shipped
from chaffinch.message.model import Domain
from chaffinch.signals.lookalike import DIGIT_LOOKALIKES
from chaffinch.signals.wording import seen

_BLANKS = bytes(32 if one in b"-._,:;!|/()[]<>\"'" else one for one in range(256))
_SHORTEST_LABEL = 5
_KEPT_AS = "brands"


class Brands(msgspec.Struct, frozen=True, dict=True):
    """The brands of an installation; a feed's or tenant's lists replace ours."""

    table: Entries  # "name = domain domain …"
    that_are_words: Entries
    service_words: Entries

    @cached_property
    def domains(self) -> Mapping[str, frozenset[str]]:
        """Brand name as texts are compared (words in lower case) → the domains it writes from."""
        pairs = (line.partition("=") for line in self.table)
        return {" ".join(_words(name)): frozenset(listed.split()) for name, _, listed in pairs}

    @cached_property
    def _owners(self) -> Mapping[str, frozenset[str]]:
        owners: dict[str, set[str]] = {}
        for brand, listed in self.domains.items():
            for one in listed:
                owners.setdefault(one, set()).add(brand)
        return {one: frozenset(brands) for one, brands in owners.items()}

    def in_name(self, name: str) -> tuple[str, ...]:
        """The brands a display name claims to be.

        A brand that is also a word or a person's name counts only alone or beside service words.

        >>> known_brands().in_name("PayPal Service"), known_brands().in_name("Startups weekly")
        (('paypal',), ())
        >>> known_brands().in_name("Chase Alerts"), known_brands().in_name("Chase Miller")
        (('chase',), ())
        """
        words = _words(name)
        return tuple(
            brand
            for brand in self._named(words)
            if brand not in self.that_are_words or self.service_words >= set(words) - {brand}
        )

    def in_text(self, text: str) -> tuple[str, ...]:
        """The brands a running text speaks for, brands that are also words left out.

        >>> known_brands().in_text("Your PayPal account is limited. They chase the target")
        ('paypal',)
        """
        return tuple(
            brand for brand in self._named(_words(text)) if brand not in self.that_are_words
        )

    def in_seen_text(self, text: str) -> tuple[str, ...]:
        """The same of a text in the form that ``wording.seen`` makes.

        >>> known_brands().in_seen_text("your paypal account")
        ('paypal',)
        """
        named = self._named(_words_seen(text) if text.isascii() else _words(text))
        return tuple(brand for brand in named if brand not in self.that_are_words)

    def are_borrowed_by(self, domain: Domain) -> bool:
        """Whether a host contains a brand's name and belongs to somebody else.

        >>> from chaffinch.message.domain import domain
        >>> known_brands().are_borrowed_by(domain("paypal-secure.example.com"))
        True
        >>> known_brands().are_borrowed_by(domain("www.paypal.com"))
        False
        """
        return _are_borrowed(self, domain)

    def owns(self, brand: str, domain: Domain) -> bool:
        """Whether a domain is one of the brand's own, its names under country codes included.

        >>> from chaffinch.message.domain import domain
        >>> brands = known_brands()
        >>> brands.owns("dpd", domain("mail.dpd.com.pl")), brands.owns("dpd", domain("dpd.shop"))
        (True, False)
        """
        own = self.domains[brand]
        if domain.root_domain in own or domain.domain in own:
            return True
        is_national = len((domain.tld or "").rpartition(".")[2]) == 2
        return is_national and domain.sld in {name.partition(".")[0] for name in own}

    def are_shared_by(self, domain: Domain, other: Domain) -> bool:
        """Whether two domains belong to one brand that has several.

        >>> from chaffinch.message.domain import domain
        >>> known_brands().are_shared_by(domain("facebookmail.com"), domain("www.facebook.com"))
        True
        >>> known_brands().are_shared_by(domain("facebookmail.com"), domain("example.com"))
        False
        """
        mine = self._owners.get(domain.root_domain or "", frozenset())
        return not mine.isdisjoint(self._owners.get(other.root_domain or "", frozenset()))

    @cached_property
    def _by_word(self) -> Mapping[str, tuple[str, ...]]:
        """The longest word of a brand's name → the brands that it may tell of."""
        found: dict[str, list[str]] = {}
        for brand in self.domains:
            found.setdefault(max(brand.split(" "), key=len), []).append(brand)
        return {word: tuple(brands) for word, brands in found.items()}

    @cached_property
    def _telling(self) -> frozenset[str]:
        return frozenset(self._by_word)

    def _named(self, words: list[str]) -> list[str]:
        telling = self._telling.intersection(words)
        if not telling:
            return []
        text = f" {' '.join(words)} "
        maybe = [brand for word in telling for brand in self._by_word[word]]
        return sorted([one for one in maybe if " " not in one or f" {one} " in text])


@lru_cache(maxsize=8_192)
def _are_borrowed(brands: Brands, domain: Domain) -> bool:
    if not domain.valid:
        return False
    host = domain.domain.removesuffix(f".{domain.tld}" if domain.tld else "")
    labels = host.translate(DIGIT_LOOKALIKES).replace("-", ".").split(".")
    is_dressed_up = not brands.service_words.isdisjoint(labels)
    named = [
        label
        for label in labels
        if len(label) >= _SHORTEST_LABEL
        and label in brands.domains
        and (is_dressed_up or label not in brands.that_are_words)
    ]
    return bool(named) and not any(brands.owns(brand, domain) for brand in named)


def known_brands(lists: Lists | None = None) -> Brands:
    """The brands of these lists; ours where they have none."""
    lists = shipped() if lists is None else lists
    found: Brands | None = lists.__dict__.get(_KEPT_AS)
    if found is None:
        names = ("brand_domains", "brands_that_are_words", "service_words")
        found = lists.__dict__[_KEPT_AS] = _brands(*(_entries(lists, name) for name in names))
    return found


@lru_cache(maxsize=8)
def _brands(table: Entries, that_are_words: Entries, service_words: Entries) -> Brands:
    return Brands(table, that_are_words, service_words)


def _entries(lists: Lists, name: str) -> Entries:
    found = lists.get(name)
    return shipped().by_name[name].entries if found is None else found


def _words(text: str) -> list[str]:
    return _words_seen(seen(text))


def _words_seen(text: str) -> list[str]:
    """The words of a text that is in the form texts are compared in."""
    coded = text.encode("utf-8", "surrogatepass").translate(_BLANKS)
    plain = coded.decode("utf-8", "surrogatepass")
    if not plain.isascii():
        plain = plain.replace("®", " ").replace("™", " ")
    return plain.split()

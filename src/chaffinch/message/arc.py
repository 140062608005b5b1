"""The ARC chain: what each forwarder saw before it changed the message, and whether it counts."""

from collections.abc import Sequence
from functools import lru_cache

from chaffinch.message.authentication import authentication_results, tags_of
from chaffinch.message.domain import organisation
from chaffinch.message.fields import HeaderBlock
from chaffinch.message.model import AuthenticationResults, Domain, Value

MOST_SETS = 50  # RFC 8617: a longer chain is broken


class ArcSet(Value):
    """What one sealer added: its seal, the chain's state as it found it, and what it had judged."""

    instance: int
    place: int  # of the seal among the fields, topmost first
    sealer: str | None = None
    selector: str | None = None
    chain: str | None = None  # cv: none, pass or fail
    results: AuthenticationResults | None = None


def arc_sets(block: HeaderBlock) -> tuple[ArcSet, ...]:
    """The sets of the chain, the first sealer's first; of one number the topmost counts.

    >>> from chaffinch.core.limits import Limits
    >>> from chaffinch.message.fields import header_block
    >>> block = header_block(b"ARC-Seal: i=1; cv=none; d=lists.example; s=k\\n"
    ...     b"ARC-Authentication-Results: i=1; lists.example; dmarc=pass\\n\\n", Limits())
    >>> found, = arc_sets(block)
    >>> found.instance, found.sealer, found.chain, found.results.dmarc
    (1, 'lists.example', 'none', 'pass')
    """
    judged: dict[int, AuthenticationResults] = {}
    for value in block.all("arc-authentication-results")[:MOST_SETS]:
        results = authentication_results("arc-authentication-results", value)
        if results.instance is not None:
            judged.setdefault(results.instance, results)
    sets: dict[int, ArcSet] = {}
    for place in block.places.get("arc-seal", [])[:MOST_SETS]:
        tags = tags_of(block.values[place].lower())
        number = tags.get("i", "").strip()[:3]
        if number.isascii() and number.isdigit():
            instance = int(number)
            sets.setdefault(
                instance,
                ArcSet(
                    instance=instance,
                    place=place,
                    sealer=tags.get("d", "").strip() or None,
                    selector=tags.get("s", "").strip() or None,
                    chain=tags.get("cv", "").strip() or None,
                    results=judged.get(instance),
                ),
            )
    return tuple(sets[instance] for instance in sorted(sets))


def vouched_by(
    sets: Sequence[ArcSet], author: Domain | None, sealers: tuple[str, ...]
) -> str | None:
    """The listed sealer that saw the author's domain proven; None where none did.

    The sets are those from outside our boundary. Back from the last one, each sealer must be
    listed: one that is not could have written everything below it.
    """
    for one in reversed(sets):
        if not _is_listed(one.sealer, sealers):
            return None
        if one.results is not None and _proves(one.results, author):
            return one.sealer
    return None


def _is_listed(sealer: str | None, sealers: tuple[str, ...]) -> bool:
    return sealer is not None and f".{sealer}".endswith(_endings(sealers))


@lru_cache(maxsize=256)
def _endings(sealers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f".{sealer.lower().strip('.')}" for sealer in sealers if sealer.strip("."))


def _proves(results: AuthenticationResults, author: Domain | None) -> bool:
    """Whether DMARC passed for the author's organisation, or a signature of it verified."""
    if author is None or author.organisational is None:
        return False
    judged = results.dmarc_details.from_ if results.dmarc_details else None
    if results.dmarc == "pass" and judged is not None:
        return judged.organisational == author.organisational
    return any(
        signature.verdict == "pass" and organisation(signature.domain) == author.organisational
        for signature in results.dkim_details
    )

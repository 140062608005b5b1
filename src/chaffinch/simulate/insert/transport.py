"""The traces of transport a host writes, retold for the way an invented letter came."""

import re
from datetime import timedelta
from random import Random

import msgspec

from chaffinch.message.received import is_public_ip
from chaffinch.simulate.insert.mould import Mould
from chaffinch.simulate.insert.styles import alike, dated
from chaffinch.simulate.letter import Letter

_IP = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
_FOR = re.compile(r"(\bfor\s+)<?[^\s<>;]+@[^\s<>;]+>?")
_ID = re.compile(r"(\bid\s+)([^\s;()]+)")
_VERDICT = re.compile(r"\b(spf|dkim|dmarc)=\w+", re.IGNORECASE)
_SIGNED_BY = re.compile(r"(\bd=)[^;\s]+")
_SIGNED_AT = re.compile(r"(\bt=)\d+")
_SELECTOR = re.compile(r"(\bs=)[^;\s]+")
_PROOF = re.compile(r"(\bbh?=)([^;]+)")


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How the letter's way differs from the mould's: domains exchanged, and the relay's address.

    ``is_kept`` holds where the mould's own sender writes from where it always does.
    """

    is_kept: bool
    domain: str
    new_domain: str
    relay: str
    relay_ip: str


def way_of(letter: Letter, mould: Mould) -> Way:
    """The exchanges to be made in a mould's traces."""
    author, route = letter.author.contact.address, letter.author.route
    return Way(
        is_kept=author == mould.sender and letter.truth.label == "benign",
        domain=mould.domain,
        new_domain=author.rpartition("@")[2],
        relay=route.relay,
        relay_ip=route.relay_ip,
    )


def hop(letter: Letter, way: Way, value: str, rng: Random) -> str:
    """A Received line of the mould at the letter's time, to its reader, from its relay."""
    route, semicolon, stamp = value.strip().rpartition(";")
    if not semicolon:
        return value.strip()
    reader = letter.delivered_to[0] if letter.delivered_to else letter.to[0].address
    route = _FOR.sub(rf"\g<1><{reader}>", route)
    route = _ID.sub(lambda found: found.group(1) + alike(rng, found.group(2)), route)
    at = letter.at + timedelta(seconds=rng.randrange(1, 6))
    lead = stamp[: len(stamp) - len(stamp.lstrip())]
    return f"{_exchanged(way, route)};{lead}{dated(at, stamp)}"


def _exchanged(way: Way, text: str) -> str:
    """The text with the mould's sending domain and public addresses exchanged."""
    if way.is_kept:
        return text
    source, by, rest = text.partition("by ")
    if way.domain in source.lower():
        source = re.sub(rf"[\w.-]*{re.escape(way.domain)}", way.relay, source, flags=re.IGNORECASE)
    source = _IP.sub(
        lambda found: way.relay_ip if is_public_ip(found.group()) else found.group(), source
    )
    return f"{source}{by}{rest}"


def results(letter: Letter, way: Way, value: str) -> str:
    """A line of authentication results with the verdicts on the letter's own way."""
    verdicts = letter.author.route.verdicts
    told = {"spf": verdicts.spf, "dkim": verdicts.dkim, "dmarc": verdicts.dmarc}
    text = value.strip()
    if not way.is_kept:
        text = _VERDICT.sub(lambda found: f"{found.group(1)}={told[found.group(1).lower()]}", text)
        text = text.replace(way.domain, way.new_domain)
        text = _IP.sub(
            lambda found: way.relay_ip if is_public_ip(found.group()) else found.group(), text
        )
    return text


def signature(letter: Letter, way: Way, value: str, rng: Random) -> str | None:
    """A signature of the letter's signing domain that looks right; none where nobody signed."""
    route = letter.author.route
    if not way.is_kept and not route.dkim:
        return None
    text = _PROOF.sub(lambda found: found.group(1) + alike(rng, found.group(2)), value.strip())
    text = _SIGNED_AT.sub(rf"\g<1>{int(letter.at.timestamp())}", text)
    if way.is_kept:
        return text
    return _SELECTOR.sub(rf"\g<1>{route.selector}", _SIGNED_BY.sub(rf"\g<1>{route.dkim}", text))

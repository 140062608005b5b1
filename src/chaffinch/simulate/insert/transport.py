"""The traces of transport a host writes, retold for the way an invented letter came."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

import msgspec

from chaffinch.message.received import is_public_ip
from chaffinch.simulate.insert.mould import Mould
from chaffinch.simulate.insert.styles import alike, dated
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.route import Route

_IP = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
_FOR = re.compile(r"(\bfor\s+)<?[^\s<>;]+@[^\s<>;]+>?")
_BY = re.compile(r"(?<!\S)by\s")
_ID = re.compile(r"(\bid\s+)([^\s;()]+)")
_VERDICT = re.compile(r"\b(spf|dkim|dmarc)=\w+", re.IGNORECASE)
_POLICY = re.compile(r"(\(p=)\w+", re.IGNORECASE)
_FIRST_WORD = re.compile(r"^\w+")
_DESIGNATES = re.compile(r"\b(?:designates|does not designate)\b")
_SAID_OF_SIGNATURE = re.compile(r"\s+header\.[disb]=[^;\s]+")
_CLAIM = re.compile(
    r"\b(header\.d|header\.i|header\.s|header\.from|smtp\.mailfrom|smtp\.helo|envelope-from|helo)"
    r"=(\"?<?)([^;\s\"<>]+)"
)
_SIGNED_BY = re.compile(r"(\bd=)[^;\s]+")
_SIGNED_AT = re.compile(r"(\bt=)\d+")
_SELECTOR = re.compile(r"(\bs=)[^;\s]+")
_PROOF = re.compile(r"(\bbh?=)([^;]+)")


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How the letter's way differs from that of the carrier, whose mail left the mould's traces.

    ``is_kept`` holds where the carrier itself writes, from where it always does; ``is_signed``
    where the carrier's mail bears a signature; ``reader`` is whose mailbox it is delivered to.
    """

    is_kept: bool
    is_signed: bool
    carrier: str
    sender: str
    envelope: str
    route: Route
    arrival: datetime
    reader: str

    @property
    def domain(self) -> str:
        """The domain the letter's author writes from."""
        return self.sender.rpartition("@")[2]

    @property
    def source(self) -> tuple[str, str]:
        """The host that handed the letter to the boundary, and its address."""
        if self.route.is_ours:
            return self.route.origin, self.route.origin_ip
        return self.route.relay, self.route.relay_ip


def way_of(letter: Letter, mould: Mould, readers: tuple[str, ...]) -> Way:
    """The exchanges to be made in a mould's traces."""
    author, route = letter.author.contact.address, letter.author.route
    return Way(
        is_kept=author == mould.carrier and _by_own_relay(letter),
        is_signed=bool(mould.value("dkim-signature")),
        carrier=mould.carrier,
        sender=author,
        envelope=route.envelope or author,
        route=route,
        arrival=letter.received_at,
        reader=readers[0] if readers else letter.to[0].address,
    )


def _by_own_relay(letter: Letter) -> bool:
    """Sent by servers of the author's own domain, as most mail of a stolen account is, too."""
    route = letter.author.route
    if letter.truth.label == "benign":
        return True
    is_direct = route.before is None and not route.is_ours
    return is_direct and route.relay.endswith(f".{route.domain}")


def hop(way: Way, value: str, turn: int, rng: Random) -> str:
    """A Received line of the mould, to the letter's reader, from its relay.

    ``turn`` counts the lines above it, each of which was written a second later.
    """
    route, semicolon, stamp = value.strip().rpartition(";")
    if not semicolon:
        return value.strip()
    route = _FOR.sub(rf"\g<1><{way.reader}>", route)
    route = _ID.sub(lambda found: found.group(1) + alike(rng, found.group(2)), route)
    lead = stamp[: len(stamp) - len(stamp.lstrip())]
    at = way.arrival - timedelta(seconds=min(turn, 2))
    return f"{_from_elsewhere(way, route)};{lead}{dated(at, stamp)}"


def _from_elsewhere(way: Way, text: str) -> str:
    """The text with the mould's sending domain and public addresses exchanged."""
    if way.is_kept:
        return text
    by = _BY.search(text)
    end = by.start() if by else len(text)
    host, address = way.source
    source, old = text[:end], way.carrier.rpartition("@")[2]
    source = re.sub(rf"[\w.-]*{re.escape(old)}", host, source, flags=re.IGNORECASE)
    return _addressed(source, address) + text[end:]


def _addressed(text: str, address: str) -> str:
    """The text with another address for public ones."""
    return _IP.sub(lambda found: address if is_public_ip(found.group()) else found.group(), text)


def results(way: Way, value: str) -> str:
    """A line of authentication results with the verdicts on the letter's own way."""
    text = value.strip()
    if way.is_kept:
        return text
    told = _verdicts(way)
    text = _VERDICT.sub(lambda found: f"{found.group(1)}={told[found.group(1).lower()]}", text)
    text = _POLICY.sub(rf"\g<1>{way.route.verdicts.policy}", text)
    if told["dkim"] == "none":
        text = _SAID_OF_SIGNATURE.sub("", text)
    return _retold(way, text)


def _verdicts(way: Way) -> dict[str, str]:
    """What the boundary found; nobody verified a signature the mould has no place for."""
    found = way.route.verdicts
    is_signed = way.is_signed and way.route.dkim
    return {
        "spf": found.spf, "dkim": found.dkim if is_signed else "none", "dmarc": found.dmarc
    }  # fmt: skip


def received_spf(way: Way, value: str) -> str:
    """A Received-SPF line, which begins with its verdict."""
    text = value.strip()
    if way.is_kept:
        return text
    verdict = way.route.verdicts.spf
    said = verdict.title() if text[:1].isupper() else verdict
    return _retold(way, _FIRST_WORD.sub(said, text, count=1))


def _retold(way: Way, text: str) -> str:
    """What results say of hosts and domains, said of the letter's."""
    claims = _claims(way)
    text = _CLAIM.sub(lambda found: _claimed(found, claims), text)
    old = way.carrier.rpartition("@")[2]
    text = re.sub(re.escape(way.carrier), lambda _: way.envelope, text, flags=re.IGNORECASE)
    text = re.sub(rf"\b{re.escape(old)}", lambda _: way.domain, text, flags=re.IGNORECASE)
    does = "designates" if way.route.verdicts.spf == "pass" else "does not designate"
    return _addressed(_DESIGNATES.sub(does, text), way.source[1])


def _claims(way: Way) -> Mapping[str, str]:
    return {
        "header.d": way.route.dkim,
        "header.i": f"@{way.route.dkim}",
        "header.s": way.route.selector,
        "header.from": way.domain,
        "smtp.mailfrom": way.envelope,
        "envelope-from": way.envelope,
        "smtp.helo": way.source[0],
        "helo": way.source[0],
    }


def _claimed(found: re.Match[str], claims: Mapping[str, str]) -> str:
    """The claim with its new value; an envelope is told by its domain where the mould did so."""
    name, quote, was = found.groups()
    value = claims[name]
    if "@" in value and "@" not in was:
        value = value.rpartition("@")[2]
    return f"{name}={quote}{value}"


def signature(letter: Letter, way: Way, value: str, rng: Random) -> str | None:
    """A signature of the letter's signing domain that looks right; none where nobody signed."""
    route = way.route
    if not way.is_kept and not route.dkim:
        return None
    text = _PROOF.sub(lambda found: found.group(1) + alike(rng, found.group(2)), value.strip())
    text = _SIGNED_AT.sub(rf"\g<1>{int(letter.at.timestamp())}", text)
    if way.is_kept:
        return text
    return _SELECTOR.sub(rf"\g<1>{route.selector}", _SIGNED_BY.sub(rf"\g<1>{route.dkim}", text))

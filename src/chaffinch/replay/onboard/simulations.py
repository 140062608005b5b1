"""Who sends phishing simulations: marks anybody can write, so a claim and never a permission."""

from collections import defaultdict

from chaffinch.replay.onboard.claims import Claim, Topic
from chaffinch.replay.onboard.evidence import Point, Tally, claim, lower_bound, plural, ranked
from chaffinch.replay.onboard.extract import words_of_simulations
from chaffinch.replay.onboard.facts import Facts
from chaffinch.replay.onboard.ground import Ground
from chaffinch.replay.onboard.letters import Letter, Letters

FEWEST_READERS = 5
HEADER_ALONE = 0.3  # how sure a claim may be that rests on what anybody can write
NAMES_COUNT = 6


class _Campaigns:
    """What one infrastructure sent with the marks of training mail."""

    def __init__(self) -> None:
        self.sent = Tally()
        self.proven = 0
        self.readers: set[str] = set()
        self.marks: set[str] = set()
        self.domains: set[str] = set()  # signing domains that were verified
        self.networks: set[str] = set()


def simulations(letters: Letters) -> list[Claim]:
    """The sources of training mail that reached many people."""
    found: dict[str, _Campaigns] = defaultdict(_Campaigns)
    for letter in letters:
        host = _known_service(letter, letters.ground)
        if (letter.facts.simulation or host) and not letter.is_ours:
            _count(letter, letters.ground, found[host or _source(letter, letters.ground)])
    return ranked(
        _claim(name, one)
        for name, one in found.items()
        if name and len(one.readers) >= FEWEST_READERS
    )


def _known_service(letter: Letter, ground: Ground) -> str:
    """The known service whose signature was verified at our side, or whose host handed it over."""
    hosts = [*_verified(letter.facts, ground), _handing_over(letter.facts, ground)]
    known = words_of_simulations()["host"]
    return next((name for host in hosts for name in known if f".{host}".endswith(f".{name}")), "")


def _verified(facts: Facts, ground: Ground) -> list[str]:
    """The signing domains that our side says it verified."""
    level = ground.crossing(facts)
    if level is None or level < 0:
        return []
    return [
        proof.domain
        for result in facts.results
        if result.level <= level
        for proof in result.dkim
        if proof.verdict == "pass" and proof.domain
    ]


def _handing_over(facts: Facts, ground: Ground) -> str:
    """The host that handed the message to our side, where its address was looked up."""
    level = ground.crossing(facts)
    if level is None or level < 0 or facts.lines[level].is_doubted:
        return ""
    return facts.lines[level].looked_up


def _source(letter: Letter, ground: Ground) -> str:
    verified = _verified(letter.facts, ground)
    return verified[0] if verified else _handing_over(letter.facts, ground) or letter.organisation


def _count(letter: Letter, ground: Ground, one: _Campaigns) -> None:
    facts = letter.facts
    one.sent.add(facts)
    verified = _verified(facts, ground)
    one.proven += bool(verified)
    one.domains.update(verified)
    one.marks.update(facts.simulation)
    one.readers.update(box.address for box in facts.recipients if ground.owns(box.address))
    one.readers.update(n.address for n in facts.noted if n.level == 0 and ground.owns(n.address))
    level = ground.crossing(facts)
    if level is not None and level >= 0 and facts.lines[level].ip:
        one.networks.add(facts.lines[level].ip)


def _claim(name: str, one: _Campaigns) -> Claim:
    is_known = name in words_of_simulations()["host"]
    sureness = lower_bound(one.proven, one.sent.count)
    marks = f"carry {', '.join(sorted(one.marks)[:NAMES_COUNT])}" if one.marks else "carry no mark"
    why = (
        f"{plural(one.sent.count, 'message')} to {plural(len(one.readers), 'address')} {marks};"
        f" a signature was verified in {one.proven:,}. Anybody can write such fields, so nothing"
        " is trusted by this."
    )
    point = Point(
        topic=Topic.SIMULATION, subject=name,
        sureness=sureness if is_known else min(sureness, HEADER_ALONE), why=why,
        details={
            "networks": tuple(sorted(one.networks)[:NAMES_COUNT]),
            "dkim": tuple(sorted(one.domains)[:NAMES_COUNT]),
        },
    )  # fmt: skip
    return claim(point, one.sent)

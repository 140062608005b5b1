"""Lines of a tenant file: what they set, why, and whether they are in force."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

import msgspec

from chaffinch.core.counted import counted
from chaffinch.engine.tenants import TenantFile, fault
from chaffinch.replay.onboard.claims import Claim, Topic
from chaffinch.replay.onboard.toml_text import comment, text, texts

SURE_FROM = 0.5  # the share of the evidence from which on a claim is in force
SURE_FROM_OF = {  # a wrong one of these trusts nobody: it only draws attention to a person
    Topic.IMPERSONATED: 0.25,
    Topic.TARGETED: 0.25,
}


class Line(msgspec.Struct, frozen=True):
    """One line: TOML (none where it is only a comment), and what is said of it."""

    toml: str
    said: str
    is_out: bool = False


Block: TypeAlias = tuple[Line, ...]


def lines_of(block: Block) -> Iterator[str]:
    """The lines as a file holds them."""
    for line in block:
        said = f"# {comment(line.said)}" if line.said else ""
        indent = " " * (len(line.toml) - len(line.toml.lstrip(" ")))
        toml = f"{indent}# {line.toml.lstrip(' ')}" if line.is_out else line.toml
        yield f"{toml}  {said}" if toml and said else toml or said


def is_sure(claim: Claim) -> bool:
    """Whether the claim is in force without a person's word."""
    return claim.sureness >= sure_from(claim.topic)


def sure_from(topic: Topic) -> float:
    """How sure a claim about this has to be."""
    return SURE_FROM_OF.get(topic, SURE_FROM)


def because(claim: Claim, why_not: str | None = None) -> str:
    """How sure a claim is and why, as the comment of a line.

    >>> because(Claim(topic=Topic.LIST, subject="l", sureness=0.999, why="It says so.", count=3))
    '99 % sure (3 messages): It says so.'
    """
    many = counted(claim.count, "message")
    left_out = f"left out, {why_not}: " if why_not else ""
    return f"{left_out}{percent(claim.sureness)} sure ({many}): {claim.why}"


def percent(share: float) -> str:
    """A share in whole percent, never rounded up to all.

    >>> percent(0.997)
    '99 %'
    """
    return f"{int(share * 100)} %"


def list_block(key: str, claims: Sequence[Claim], what: str) -> Block:
    """A list of the file, one claim a line; where nothing was found it says so."""
    if not claims:
        return (Line(f"{key} = []", f"none were found: {what}", is_out=True),)
    items = (_item(key, claim) for claim in claims)
    return (Line(f"{key} = [", what), *items, Line("]", ""))


def _item(key: str, claim: Claim) -> Line:
    why_not = unfit(TenantFile, ((key, claim.subject),))
    why_not = why_not or (None if is_sure(claim) else "too unsure")
    toml = f"    {text(claim.subject)},"
    return Line(toml, because(claim, why_not), is_out=why_not is not None)


def table(key: str, claim: Claim, lines: Iterable[Line], why_not: str | None = None) -> Block:
    """A table for one claim: in force where it is sure and nothing speaks against it."""
    why_not = why_not or (None if is_sure(claim) else "too unsure")
    block = (Line(f"[[{key}]]", because(claim, why_not)), *lines)
    return tuple(Line(one.toml, one.said, is_out=True) for one in block) if why_not else block


def fitting(kind: type[msgspec.Struct], key: str, given: Iterable[str], said: str) -> Line:
    """A list of the texts that fit the key; the others are named behind it."""
    every = tuple(dict.fromkeys(given))
    others = [one for one in every if fault(kind, key, one)]
    if others:
        said = f"{said}; left out, no such thing: {', '.join(others)}"
    return Line(f"{key} = {texts(one for one in every if one not in others)}", said)


def unfit(kind: type[msgspec.Struct], named: Iterable[tuple[str, str]]) -> str | None:
    """Why a part of the file cannot hold these texts under these keys; None where it can."""
    for key, given in named:
        what = fault(kind, key, given)
        if what is not None:
            return f'"{given}" is not {what}'
    return None


def detail(claim: Claim, key: str) -> str:
    """The one text of a detail, empty where there is none."""
    return next(iter(details(claim, key)), "")


def details(claim: Claim, key: str) -> tuple[str, ...]:
    """The texts of a detail."""
    value = claim.details.get(key, ())
    return (value,) if isinstance(value, str) else value

"""How each part of an entry is packed; every packed entry says so itself, in a shared word."""

from collections.abc import Mapping

import msgspec

from chaffinch.decision.decision import AccountCase, Decision, Incomplete, Part
from chaffinch.decision.entry import Digest, Entry, Timings, Told
from chaffinch.detectors.finding import Finding, Span
from chaffinch.message.model import Envelope
from chaffinch.profiles.observation import Content, Observation, Transport

PLAIN = ""
WORD = "word"  # a text of which there are few
WORDS = "words"  # several of them
PIECES = "pieces"  # a text made of few others
WHOLE = "whole"  # a value of which there are few, as JSON
WHOLES = "wholes"  # several of them
MAP = "map"  # a mapping of which there are few, as JSON
HEX = "hex"  # lower-case hexadecimal
HEXES = "hexes"
TIME = "time"
TIME_OR_NONE = "time or none"
FACTS = "facts"  # signal → value
CAUSES = "causes"  # signal → what was missing
STRUCT, STRUCTS, OPTION = "one ", "many ", "perhaps "  # followed by the type's name

TYPES: Mapping[str, type[msgspec.Struct]] = {
    one.__name__: one
    for one in (
        *(Entry, Decision, Digest, Part, Finding, Span, Told, Envelope, Timings),
        *(Observation, Transport, Content, AccountCase, Incomplete),
    )
}
KINDS: Mapping[str, str] = {
    "Entry.decision": STRUCT + "Decision",
    "Entry.about": STRUCT + "Digest",
    "Entry.signals": FACTS,
    "Entry.unmeasured": CAUSES,
    "Entry.observation": STRUCT + "Observation",
    "Entry.told": STRUCT + "Told",
    "Entry.circumstances": WHOLE,
    "Entry.timings": OPTION + "Timings",
    "Entry.supersedes": HEX,
    "Told.tenant": WORD,
    "Told.envelope": OPTION + "Envelope",
    "Told.mbox_date": TIME_OR_NONE,
    "Decision.id": HEX,
    "Decision.content_id": HEX,
    "Decision.delivery_id": HEX,
    "Decision.received_at": TIME,
    "Decision.verdict": WORD,
    "Decision.goal": WORD,
    "Decision.vectors": WORDS,
    "Decision.impersonated": WORD,
    "Decision.source": WORD,
    "Decision.attack_type": WORD,
    "Decision.action": WORD,
    "Decision.attribution": STRUCTS + "Part",
    "Decision.findings": STRUCTS + "Finding",
    "Decision.undecided": WHOLES,
    "Decision.versions": MAP,
    "Decision.graymail": STRUCTS + "Part",
    "Decision.account": OPTION + "AccountCase",
    "Decision.incomplete": OPTION + "Incomplete",
    "AccountCase.why": WORDS,
    "Incomplete.missing": WORDS,
    "Incomplete.gravest": WORD,
    "Part.part": WORD,
    "Part.why": PIECES,
    "Finding.detector": WORD,
    "Finding.title": WORD,
    "Finding.origin": WORD,
    "Finding.commit": WORD,
    "Finding.path": WORD,
    "Finding.severity": WORD,
    "Finding.labels": WHOLE,
    "Finding.signals": FACTS,
    "Finding.spans": STRUCTS + "Span",
    "Span.field": WORD,
    "Observation.delivery_id": HEX,
    "Observation.transport": STRUCT + "Transport",
    "Observation.content": STRUCT + "Content",
    "Content.campaigns": HEXES,
    "Content.sentences": HEXES,
    "Content.quoted": HEXES,
    "Content.instruments": HEXES,
}

Fields = tuple[tuple[str, str], ...]  # name and kind, in order
Layout = dict[str, Fields]  # by the type's name


def fields_of(name: str) -> Fields:
    """The fields of a type of ours as they are packed now."""
    return tuple((one, KINDS.get(f"{name}.{one}", PLAIN)) for one in TYPES[name].__struct_fields__)


LAYOUT: Layout = {name: fields_of(name) for name in TYPES}
WRITTEN = msgspec.json.encode(LAYOUT).decode()

"""Whom history knows, as far as its rows were read for a message: the lists a tenant never keeps.

An address or domain of these lists was *seen* (mail of it arrived and did not fail authentication)
or *written to* (a person of ours wrote there). Domains count with their organisational domain.
"""

from collections.abc import Mapping

import msgspec

from chaffinch.profiles.around import Around
from chaffinch.profiles.history import History
from chaffinch.profiles.keys import keys_of, organisation_of
from chaffinch.profiles.row import Kind, Strand, key


class KnownList(msgspec.Struct, frozen=True):
    """What a list holds: keys of a kind whose row has an instant on a track."""

    kind: Kind
    strand: Strand


KNOWN_LISTS: Mapping[str, KnownList] = {
    "sender_emails": KnownList(Kind.ADDRESS, Strand.SEEN),
    "sender_domains": KnownList(Kind.DOMAIN, Strand.SEEN),
    "recipient_emails": KnownList(Kind.ADDRESS, Strand.WRITTEN),
    "recipient_domains": KnownList(Kind.DOMAIN, Strand.WRITTEN),
}


def is_known(around: Around, listed: KnownList, text: str) -> bool | None:
    """Whether a list holds a text; None where its row was not read.

    What is not as history writes it, in lower case, is in no list.
    """
    if text != text.lower():
        return False
    text = organisation_of(text) if listed.kind is Kind.DOMAIN else text
    asked = key(listed.kind, text)
    history = around.history_of(asked)
    if history is None:
        return None
    if asked in keys_of(around.observation).claimed:
        history = _of_author(around, listed.kind) or history
    track = history.seen if listed.strand is Strand.SEEN else history.written
    return track.happened


def _of_author(around: Around, kind: Kind) -> History | None:
    """The author by the proof that came along: whom it claims to be others may know better."""
    return around.sender.address if kind is Kind.ADDRESS else around.sender.domain

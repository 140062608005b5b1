"""Digests are a tenant's own: elsewhere they are others, and rows under them are strangers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.core.errors import StoreError
from chaffinch.profiles.digests import DIGEST_BITS, UNKEYED, digests_of
from chaffinch.profiles.distinct import Distinct
from chaffinch.profiles.gain import Gain, apply
from chaffinch.profiles.row import Row, Strand
from chaffinch.profiles.tally import KEPT, Tally

OURS, THEIRS = digests_of(b"ours", "acme"), digests_of(b"theirs", "acme")
WAYS = (OURS, THEIRS, digests_of(b"ours", "zenith"), UNKEYED)


@given(st.text())
def test_no_two_installations_or_tenants_digest_alike(text: str) -> None:
    made = [one.of(text) for one in WAYS]
    assert made == [one.of(text) for one in WAYS]
    assert len(set(made)) == len(WAYS)
    assert all(0 <= one < 1 << DIGEST_BITS for one in made)


def test_the_mark_tells_ways_apart_and_nothing_of_the_key() -> None:
    assert len({one.mark for one in WAYS}) == len(WAYS)
    assert UNKEYED.mark == 0
    assert OURS.mark.to_bytes(4, "little") not in OURS.key


def test_which_names_stay_is_chosen_under_the_secret() -> None:
    def kept(names: range, secret: bytes) -> set[str]:
        tally = Tally()
        for name in names:
            tally = tally.plus(str(name), digests_of(secret, "acme"))
        return set(tally.counts)

    ours, theirs = (kept(range(10 * KEPT), secret) for secret in (b"ours", b"theirs"))
    assert len(ours) == len(theirs) == KEPT
    assert ours != theirs


def met(*texts: str) -> Row:
    gain = Gain(Strand.SEEN, 1, OURS, counterparts=tuple(map(OURS.of, texts)))
    return apply(None, [gain])


@pytest.mark.parametrize("other", WAYS[1:])
def test_rows_under_different_secrets_are_neither_merged_nor_learned_on(other: object) -> None:
    assert isinstance(other, type(OURS))
    theirs = apply(None, [Gain(Strand.SEEN, 2, other, counterparts=(other.of("a"),))])
    for digests in (OURS, other):
        with pytest.raises(StoreError, match="digests of another secret"):
            met("a").merge(theirs, digests)
    with pytest.raises(StoreError, match="another installation or tenant"):
        apply(met("a"), [Gain(Strand.SEEN, 2, other, habits=(("l", "en"),))])


def test_rows_without_digests_are_nobodys() -> None:
    bare = apply(None, [Gain(Strand.SEEN, 1)])
    assert bare.mark == 0
    assert met("a").merge(bare, OURS) == bare.merge(met("a"), OURS)
    assert met("a").merge(bare, OURS).mark == OURS.mark
    assert apply(met("a"), [Gain(Strand.FAILED, 2)]).mark == OURS.mark
    assert met("a").counterparts == Distinct().plus(OURS.of("a"))

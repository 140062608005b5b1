"""Encoded words as real and hostile mail writes them."""

import base64
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.words import decode_words


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("=?utf-8?B?R3LDvMOfZQ==?=", "Grüße"),
        ("=?UTF-8?q?Gr=C3=BC=C3=9Fe_x?=", "Grüße x"),
        ("=?utf-8?B?R3LDvMOfZQ==?=-078", "Grüße-078"),
        ("Offer=?utf-8?Q?_now?=!", "Offer now!"),
        ("=?utf-8?B?R3LDvMOfZQ?=", "Grüße"),
        ("=?utf-8?B?R3LDvMOfZQ==", "Grüße"),
        ("=?utf-8?Q?cut_off", "cut off"),
        ("=?utf-8?Q?one?= \t =?utf-8?Q?two?=", "onetwo"),
        ("=?utf-8?Q?one?= and =?utf-8?Q?two?=", "one and two"),
        ("=?utf-8?B?4oI=?= =?utf-8?B?rA==?=", "€"),
        ("=?utf-8?Q?Are you there??=", "Are you there?"),
        ("=?utf-8?Q?=3D?=", "="),
        ("=?no-such-set?Q?abc?=", "abc"),
        ("=?utf-8*en?Q?abc?=", "abc"),
        ("=?utf-8?X?abc?=", "=?utf-8?X?abc?="),
        ("=?iso-8859-1?Q?a?= =?utf-8?Q?b?=", "ab"),
    ],
)
def test_words_are_decoded(written: str, read: str) -> None:
    assert decode_words(written) == read


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=200))
@settings(max_examples=100, deadline=None)
def test_plain_text_stays_as_it_is(text: str) -> None:
    plain = text.replace("=?", "")
    assert decode_words(plain) == plain


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_what_was_encoded_comes_back(text: str) -> None:
    encoded = base64.b64encode(text.encode()).decode()
    assert decode_words(f"=?utf-8?B?{encoded}?=") == text


@given(st.text(alphabet="=?utf8-QB_ab \t", max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_near_miss_ends(text: str) -> None:
    assert isinstance(decode_words(text), str)


@pytest.mark.parametrize(
    "piece", ["=?utf-8?Q?a?= ", "=?utf-8?Q?a ", "=?", "=?a?q?", "=?utf-8?B?=", "=?a?q?x=?"]
)
def test_hundred_thousand_words_take_linear_time(piece: str) -> None:
    decode_words(piece)
    started = time.process_time()
    decode_words(piece * 100_000)
    assert time.process_time() - started < 3

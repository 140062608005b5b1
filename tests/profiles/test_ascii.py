"""Texts of ASCII are read by tables; what is found is what the expressions for all texts find."""

from hashlib import blake2b
from zlib import crc32

from hypothesis import example, given
from hypothesis import strategies as st

from chaffinch.profiles import campaign
from chaffinch.profiles import sentences as told

LETTERS = st.sampled_from("abcXYZ")
PIECES = st.one_of(
    LETTERS,
    st.sampled_from([". ", ".", "!\n", "?\t", ";\x1c", "\r\n", " ", "_", "7", "\x0b", "\x85", "é"]),
    st.text(LETTERS, min_size=24, max_size=70),
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)


@given(TEXTS)
@example("a" * 31)
@example("a" * 61 + " b")
@example("no")
def test_words_are_those_the_expression_finds(text: str) -> None:
    found = [word.encode() for word in campaign._WORD.findall(text)]
    assert list(campaign._words(text)) == found
    numbers = [crc32(word) for word in found]
    assert list(map(crc32, campaign._words(text))) == numbers


@given(TEXTS)
@example("Meet me at the harbour tomorrow morning.\x1cBring the signed papers with you! ")
def test_sentences_are_those_the_expressions_find(text: str) -> None:
    expected: dict[str, None] = {}
    for sentence in told._END.split(text):
        letters = told._NOT_LETTER.sub("", sentence).casefold()
        data = blake2b(letters.encode(), digest_size=10).digest()
        if len(letters) >= told._FEWEST_LETTERS and data[0] & 1:
            expected[data.hex()] = None
    assert told.sentences(text) == tuple(expected)[: told.SENTENCES_COUNT]

"""Disguised attacks: they read without errors, and the reader still sees what they want."""

import re
import struct
import zlib
from datetime import UTC, datetime
from functools import lru_cache
from textwrap import wrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from chaffinch.core.errors import UsageError
from chaffinch.message.message import Message
from chaffinch.message.parse import force, parse
from chaffinch.simulate import Plan, company, stream
from chaffinch.simulate.chance import chance
from chaffinch.simulate.declare import ATTACKS, HABITS
from chaffinch.simulate.evasion.declare import OPERATORS, ORDER
from chaffinch.simulate.evasion.disguise import SPOILING, disguise
from chaffinch.simulate.evasion.hiding import LINE
from chaffinch.simulate.evasion.spelling import INVISIBLE, TURN, TURN_BACK, TWINS
from chaffinch.simulate.evasion.wording import with_page
from chaffinch.simulate.files.bitmap import written
from chaffinch.simulate.letter import Letter
from chaffinch.simulate.past import Past
from chaffinch.simulate.post import deliver
from chaffinch.simulate.scenes import attack_case
from chaffinch.simulate.stage import Stage

TUESDAY = datetime(2025, 3, 4, tzinfo=UTC)
HOUSE = company(3, people=20)
FAMILIES = sorted(ATTACKS)
CUTS = str.maketrans("", "", " .-\n\r")
UNSEEN = str.maketrans("", "", INVISIBLE)
LATIN = {twin: latin for latin, twin in TWINS.items()}
TURNED = re.compile(f"{TURN}([^{TURN_BACK}]*){TURN_BACK}")

families = st.sampled_from(FAMILIES)
seeds = st.integers(0, 60)


@lru_cache(maxsize=1)
def past() -> Past:
    known = Past()
    for family in ("vendor-thread", "vendor-invoice", "internal-thread", "customer-thread"):
        for turn in range(8):
            rng = chance(family, turn)
            stage = Stage(company=HOUSE, rng=rng, day=TUESDAY.replace(day=3), turn=turn)
            for letter in HABITS[family].write(stage):
                known.add(letter)
    return known


@lru_cache(maxsize=4096)
def attack(family: str, seed: int) -> Letter:
    rng = chance("attack", family, seed)
    stage = Stage(company=HOUSE, rng=rng, day=TUESDAY, turn=seed, past=past())
    letters = list(attack_case(ATTACKS[family], stage, "case"))
    return next(
        o for o in reversed(letters) if o.truth.label == "attack" and o.truth.role == "main"
    )


def read(letter: Letter) -> Message:
    return parse(deliver(letter, HOUSE).raw)


def shown(message: Message) -> str:
    html = message.body.html
    return " ".join((html.display_text if html else plain(message)).split())


def plain(message: Message) -> str:
    return message.body.plain.raw if message.body.plain else ""


def links(message: Message) -> set[str]:
    return {link.href_url.url for link in message.body.links}


def under(name: str, letter: Letter, seed: int) -> Letter:
    return OPERATORS[name].apply(letter, chance("dice", name, seed), HOUSE)


@settings(max_examples=150, deadline=None)
@given(families, seeds, st.integers(0, 10**6))
def test_any_disguise_of_any_attack_reads_and_says_what_it_is(
    family: str, seed: int, dice: int
) -> None:
    letter = attack(family, seed)
    hidden = disguise(letter, chance(dice), HOUSE)
    assert hidden == disguise(letter, chance(dice), HOUSE)
    assert 1 <= len(hidden.truth.operators) <= 3
    assert replace(hidden.truth, operators=()) == letter.truth
    raw = deliver(hidden, HOUSE).raw
    message = parse(raw)
    force(message)
    assert message.defects == read(letter).defects
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@settings(max_examples=150, deadline=None)
@given(
    families,
    seeds,
    st.lists(st.sampled_from(sorted(OPERATORS)), min_size=1, unique=True, max_size=6),
)
def test_any_set_of_operators_is_had_or_refused(family: str, seed: int, names: list[str]) -> None:
    kinds = [OPERATORS[name].kind for name in names]
    letter = attack(family, seed)
    if len(set(kinds)) < len(kinds) or set(kinds) >= SPOILING:
        with pytest.raises(UsageError, match="together"):
            disguise(letter, chance(seed), HOUSE, names)
        return
    hidden = disguise(letter, chance(seed), HOUSE, names)
    done = hidden.truth.operators
    assert set(done) <= set(names)
    assert [OPERATORS[one].kind for one in done] == sorted(
        (OPERATORS[one].kind for one in done), key=ORDER.index
    )
    force(read(hidden))
    if "picture" not in kinds:
        assert links(read(hidden)) >= links(read(letter))


@settings(max_examples=100, deadline=None)
@given(families, seeds)
def test_invisible_characters_leave_the_text_as_it_looks(family: str, seed: int) -> None:
    letter = attack(family, seed)
    hidden = under("zero-width", letter, seed)
    assert "zero-width" in hidden.truth.operators
    assert shown(read(hidden)).translate(UNSEEN) == shown(read(letter)).translate(UNSEEN)
    assert plain(read(hidden)).translate(UNSEEN) == plain(read(letter)).translate(UNSEEN)


@settings(max_examples=100, deadline=None)
@given(families, seeds)
def test_twins_of_letters_look_alike(family: str, seed: int) -> None:
    letter = attack(family, seed)
    hidden = under("homoglyphs", letter, seed)
    assert hidden.text != letter.text or hidden.html != letter.html
    assert shown(read(hidden)).translate(LATIN) == shown(read(letter)).translate(LATIN)


@settings(max_examples=100, deadline=None)
@given(families, seeds)
def test_turned_words_are_turned_back_by_their_marks(family: str, seed: int) -> None:
    letter = attack(family, seed)
    hidden = under("bidi", letter, seed)
    assert TURN in hidden.text + hidden.html
    assert TURNED.sub(lambda m: m[1][::-1], hidden.text) == letter.text
    for file, old in zip(hidden.files, letter.files, strict=True):
        assert file.data == old.data
        assert file.name.rpartition(".")[2] == old.name.rpartition(".")[2]


@settings(max_examples=100, deadline=None)
@given(families, seeds)
def test_cut_words_read_on_without_the_cuts(family: str, seed: int) -> None:
    letter = attack(family, seed)
    hidden = under("word-splitting", letter, seed)
    assert "word-splitting" in hidden.truth.operators
    assert shown(read(hidden)).translate(CUTS) == shown(read(letter)).translate(CUTS)


@settings(max_examples=100, deadline=None)
@given(families, seeds)
def test_hidden_text_adds_and_takes_nothing_away(family: str, seed: int) -> None:
    letter = attack(family, seed)
    hidden = under("hidden-text", letter, seed)
    if letter.calendar:
        assert hidden == letter
        return
    assert shown(read(with_page(letter))) in shown(read(hidden))
    assert len(hidden.html) > len(with_page(letter).html)
    assert hidden.text == letter.text


@settings(max_examples=100, deadline=None)
@given(families, seeds)
def test_padding_lies_below(family: str, seed: int) -> None:
    letter = attack(family, seed)
    hidden = under("benign-padding", letter, seed)
    assert hidden.text.startswith(letter.text.rstrip())
    assert len(hidden.text) > len(letter.text) + 500
    assert shown(read(hidden)).startswith(shown(read(letter)))


@settings(max_examples=150, deadline=None)
@given(families, seeds, st.sampled_from(["base64-layers", "unusual-encodings"]))
def test_other_bytes_are_the_same_letter(family: str, seed: int, name: str) -> None:
    letter = attack(family, seed)
    hidden = under(name, letter, seed)
    before, after = read(letter), read(hidden)
    assert plain(after) == plain(before)
    assert shown(after) == shown(before)
    assert links(after) == links(before)
    assert after.subject.subject == before.subject.subject
    names = [one.file_name for one in after.attachments]
    assert names == [one.file_name for one in before.attachments]


@settings(max_examples=100, deadline=None)
@given(families, seeds, st.sampled_from(["lookalike-domain", "combo-squatted-domain"]))
def test_a_moved_sender_is_in_order_at_a_domain_of_its_own(
    family: str, seed: int, name: str
) -> None:
    letter = attack(family, seed)
    hidden = under(name, letter, seed)
    if hidden == letter:
        return
    domain = hidden.author.contact.address.partition("@")[2]
    known = {HOUSE.domain, *(one.domain for one in HOUSE.vendors)}
    assert domain not in known
    assert domain.rpartition(".")[2] in {"example", "test"}
    head = deliver(hidden, HOUSE).raw.partition(b"\r\nDate:")[0].decode()
    assert "spf=pass" in head
    assert f"dkim=pass header.d={domain}" in head
    assert "dmarc=pass" in head
    assert hidden.message_id != letter.message_id
    assert hidden.author.contact.name == letter.author.contact.name
    assert hidden.text == letter.text


@settings(max_examples=100, deadline=None)
@given(families, seeds)
def test_names_and_answers_change_and_nothing_else(family: str, seed: int) -> None:
    letter = attack(family, seed)
    named, drifted = (
        under("display-name-tricks", letter, seed),
        under("reply-to-drift", letter, seed),
    )
    assert named.author.contact.address == letter.author.contact.address
    assert replace(named, author=letter.author, truth=letter.truth) == letter
    assert replace(drifted, reply_to=letter.reply_to, truth=letter.truth) == letter
    if drifted != letter:
        assert drifted.reply_to
        assert drifted.reply_to.address != letter.author.contact.address
        assert read(drifted).headers.get("reply-to")


@settings(max_examples=100, deadline=None)
@given(families, seeds)
def test_other_words_keep_numbers_and_links(family: str, seed: int) -> None:
    letter = attack(family, seed)
    hidden = under("paraphrase", letter, seed)
    assert re.findall(r"\d+", hidden.text) == re.findall(r"\d+", letter.text)
    assert links(read(hidden)) == links(read(letter))


@settings(max_examples=60, deadline=None)
@given(families, seeds)
def test_a_picture_says_what_the_text_said(family: str, seed: int) -> None:
    letter = attack(family, seed)
    hidden = under("image-only-body", letter, seed)
    if hidden == letter:
        assert letter.calendar or letter.inline or "\u2588" in letter.text
        return
    message = read(hidden)
    assert not plain(message).strip()
    assert not shown(message)
    (picture,) = message.shown_inline
    pixels = drawn(picture.content.payload)
    lines = [part for line in letter.text.split("\n") for part in wrap(line, LINE) or [""]]
    assert pixels == written(lines).bits
    opened = [link.href_url.url for link in message.body.links]
    assert len(opened) == bool(links(read(letter)))
    assert set(opened) <= links(read(letter))


def drawn(picture: bytes) -> bytes:
    """The bits of a PNG of two colours, row by row without their filter bytes."""
    width, _ = struct.unpack(">II", picture[16:24])
    at, data = picture.index(b"IDAT") + 4, b""
    size = struct.unpack(">I", picture[at - 8 : at - 4])[0]
    data = zlib.decompress(picture[at : at + size])
    step = (width + 7) // 8 + 1
    return b"".join(data[n + 1 : n + step] for n in range(0, len(data), step))


def test_every_operator_finds_work() -> None:
    done = {
        name
        for family in FAMILIES
        for name in OPERATORS
        for seed in range(4)
        if under(name, attack(family, seed), seed).truth.operators
    }
    assert done == set(OPERATORS)


def test_an_unknown_operator_is_named() -> None:
    with pytest.raises(UsageError, match="unknown operator 'fog'"):
        disguise(attack(FAMILIES[0], 1), chance(1), HOUSE, ["fog"])


def test_the_share_of_a_plan_is_disguised_and_all_else_is_the_same() -> None:
    count = 12 * len(ATTACKS)
    open_, veiled, all_ = (
        {one.truth.case + one.family + one.truth.role + str(one.received_at.date()): one
         for one in stream(HOUSE, Plan(start=TUESDAY, days=2, seed=4, cases=count, disguised=share))
         if one.truth.case}
        for share in (0.0, 0.5, 1.0)
    )  # fmt: skip
    assert not any(one.truth.operators for one in open_.values())
    for mail, share in ((veiled, 0.5), (all_, 1.0)):
        attacks = [o for o in mail.values() if o.label == "attack" and o.truth.role == "main"]
        worn = sum(bool(one.truth.operators) for one in attacks) / len(attacks)
        assert abs(worn - share) < 0.12
    for key in open_.keys() & veiled.keys():
        one, other = open_[key], veiled[key]
        if one.label == "benign" or not other.truth.operators:
            assert one.raw == other.raw
        if one.label == "benign" and other.twin_of:
            assert other.twin_of in {o.message_id for o in veiled.values() if o.label == "attack"}


def test_a_share_beyond_one_is_refused() -> None:
    with pytest.raises(UsageError, match="disguised"):
        Plan(start=TUESDAY, disguised=1.5)

"""Fingerprints stay where a campaign changes what it changes for each recipient, and only there."""

import hashlib
import random
import subprocess
import sys
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.message.address import mailboxes
from chaffinch.message.fingerprint import (
    Fingerprint,
    campaign_keys,
    fingerprint,
    is_same_campaign,
    skeleton_similarity,
    template_similarity,
    text_similarity,
    url_template,
    words,
)
from chaffinch.message.model import Link
from chaffinch.message.parse import parse
from chaffinch.message.sketch import similarity, sketch
from chaffinch.message.url import url

TEXT = (
    "Dear {name}, your mailbox {address} is almost full: {number} of 500 MB are used. "
    "Please confirm your password within {number} hours, or incoming mail will be returned. "
    "Open the page https://mail-{number}.example/confirm?u={address} and follow its three steps."
)
PAGE = (
    "<html><body>"
    + '<table border="0"><tr><td style="x{number}"><p>{name}</p></td></tr></table>' * 20
)


def link(text: str) -> Link:
    found = url(text)
    assert found is not None
    return Link(href_url=found)


def sent_to(name: str, number: int) -> Fingerprint:
    """The fingerprint of the campaign's mail to one of its recipients."""
    address = f"{name.lower()}@acme.example"
    filled = {"name": name, "address": address, "number": number}
    recipients = mailboxes(f"{name} <{address}>", 1)
    links = [link(f"https://mail-{number}.example/confirm/a{number}f9c31e?u={address}&n={number}")]
    return fingerprint(TEXT.format(**filled), PAGE.format(**filled), links, recipients)


@given(st.sampled_from(["Ada", "Benjamin", "Zoë", "Nguyen"]), st.integers(0, 10**9))
@settings(max_examples=50)
def test_the_mail_to_every_recipient_has_one_fingerprint(name: str, number: int) -> None:
    assert sent_to(name, number) == sent_to("Mia", 12)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_links_does_not_matter(numbers: list[int], chance: random.Random) -> None:
    links = [link(f"https://a.example/page-{'abcdef'[number]}/pay") for number in numbers]
    moved = links.copy()
    chance.shuffle(moved)
    assert fingerprint("", None, links) == fingerprint("", None, moved)


@given(st.lists(st.text(max_size=8), max_size=60), st.lists(st.text(max_size=8), max_size=60))
def test_similarity_is_symmetric_and_between_nothing_and_all(
    first: list[str], second: list[str]
) -> None:
    one, other = sketch(first), sketch(second)
    assert similarity(one, other) == similarity(other, one)
    if first:
        assert similarity(one, one) == 1.0
    found = similarity(one, other)
    assert found is None or 0 <= found <= 1
    assert sketch(reversed(first)) == one


@pytest.mark.parametrize("shared", [0.2, 0.5, 0.8])
def test_similarity_estimates_what_two_sets_share(shared: float) -> None:
    size = 2_000
    errors = []
    for seed in range(20):
        own = int(size * (1 - shared) / (1 + shared))
        both = [f"b{seed}.{number}" for number in range(size - own)]
        first = sketch(both + [f"f{seed}.{number}" for number in range(own)])
        second = sketch(both + [f"s{seed}.{number}" for number in range(own)])
        found = similarity(first, second)
        assert found is not None
        errors.append(found - (size - own) / (size + own))
    assert abs(sum(errors) / len(errors)) < 0.05


def test_a_sentence_more_is_the_same_campaign_and_another_mail_is_not() -> None:
    text = TEXT.format(name="Ada", address="ada@acme.example", number=3)
    one = fingerprint(text, None, ())
    assert is_same_campaign(one, fingerprint(f"{text} Thank you for your patience.", None, ()))
    other = "The minutes of Tuesday are attached; please read them before we meet on Friday. " * 2
    assert not is_same_campaign(one, fingerprint(other, None, ()))
    assert (text_similarity(one, fingerprint(other, None, ())) or 0) < 0.1


def test_the_same_page_with_other_words_needs_the_same_links_too() -> None:
    links = [link("https://a.example/track/open.php?id=1&mail=a@b.example")]
    others = [link("https://b.example/news/today.html")]
    one = fingerprint("", PAGE, links)
    assert skeleton_similarity(one, fingerprint("", PAGE.replace("style", "STYLE"), ())) == 1.0
    assert is_same_campaign(one, fingerprint("", PAGE, links))
    assert not is_same_campaign(one, fingerprint("", PAGE, others))
    assert template_similarity(one, fingerprint("", PAGE, others)) == 0.0


@pytest.mark.parametrize(
    ("target", "template"),
    [
        ("https://a.example/", ""),
        ("https://a.example/123/", ""),
        ("mailto:a@b.example", ""),
        ("https://a.example/wp-content/login.php", "/wp-content/login.php"),
        ("https://x.example/v2/kX93hdQq0a/open", "/v0/*/open"),
        ("https://x.example/o?b=ada@acme.example&a=17", "/o?a=0&b=@"),
    ],
)
def test_links_are_known_by_their_shape(target: str, template: str) -> None:
    assert url_template(link(target)) == template


def test_variants_meet_under_a_key() -> None:
    text = TEXT.format(name="Ada", address="ada@acme.example", number=3) * 2
    one, other = fingerprint(text, None, ()), fingerprint(text + " One word more.", None, ())
    assert set(campaign_keys(one)) & set(campaign_keys(other))


def test_versions_are_not_compared() -> None:
    one = fingerprint(TEXT, PAGE, ())
    old = Fingerprint(
        version=0, text=one.text, skeleton=one.skeleton, url_templates=one.url_templates
    )
    assert text_similarity(one, old) is None
    assert not is_same_campaign(one, old)


FIXED = (
    "import sys; sys.path.insert(0, sys.argv[1]); import test_fingerprint as t; print(t.digest())"
)


def digest() -> str:
    """One text for everything a fingerprint holds."""
    made = sent_to("Ada", 4711)
    whole = made.text + made.skeleton + "".join(made.url_templates).encode()
    return f"{made.version}:{hashlib.sha256(whole).hexdigest()[:16]}"


@pytest.mark.parametrize("seed", ["0", "1"])
def test_a_fingerprint_is_the_same_in_every_process_and_release(
    seed: str, request: pytest.FixtureRequest
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIXED, str(request.path.parent)],
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == digest() == "1:40ba414105200f7c"


@given(st.binary(max_size=300), st.text(max_size=300))
@settings(max_examples=100)
def test_any_message_has_a_fingerprint(raw: bytes, text: str) -> None:
    head = b"Content-Type: text/html; charset=utf-7\n\n<a href=http://x.example/\xed\xa0\x80>"
    for one in (raw, head + raw):
        assert parse(one).fingerprint == parse(one).fingerprint
    assert fingerprint(text, text, ()) == fingerprint(text, text, ())


@pytest.mark.parametrize(
    "repeated", ["-", "a.", "1.", "+a", "a@", "a@b+", "…", "\ufdfa", "\u0301\u0323", "\uff9e\u0301"]
)
def test_no_run_of_characters_takes_its_square(repeated: str) -> None:
    whole = "a" + repeated * (60_000 // len(repeated))
    started = process_time()
    fingerprint(whole, None, ())
    assert process_time() - started < 1  # its square takes from three seconds to fifty


def test_marks_beyond_a_few_leave_the_words_around_them() -> None:
    dots, marks = "…" * 500, "\u0301" * 500
    found = list(words(f"pay{dots}today e{marks} to ada.marsh+x@acme.example {dots}now"))
    assert found == ["pay", "today", "é", "to", "@", "now"]

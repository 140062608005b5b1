"""People and their addresses: from mail of our own, proven, and from what colleagues write."""

from tests.replay.onboard.post import SPOOFED, Post, on_ground

from chaffinch.replay.onboard.claims import Claim
from chaffinch.replay.onboard.facts import Facts
from chaffinch.replay.onboard.staff import is_same_first, people, staff

ANN, BOB = "Ann Marsh <ann@acme.example>", "Bob Stone <bob@acme.example>"


def _found(*history: Facts) -> dict[str, Claim]:
    return {one.subject: one for one in people(staff(on_ground(history)))}


def test_who_writes_from_inside_is_a_person() -> None:
    post = Post()
    found = _found(*(post.outbound(ANN, "a@firm.example") for _ in range(3)))
    assert found["ann@acme.example"].details == {"name": "Ann Marsh"}
    assert found["ann@acme.example"].count == 3


def test_who_is_written_to_by_several_colleagues_is_a_person() -> None:
    post = Post()
    by_one = _found(post.outbound(ANN, "cid@acme.example"))
    by_two = _found(post.outbound(ANN, "cid@acme.example"), post.outbound(BOB, "cid@acme.example"))
    assert "cid@acme.example" not in by_one
    assert "cid@acme.example" in by_two


def test_addresses_under_one_full_name_are_one_person() -> None:
    post = Post()
    found = _found(
        post.outbound(ANN, BOB),
        post.outbound(ANN, BOB),
        post.outbound('"Marsh, Ann J." <amarsh@acme.example>', BOB),
    )
    assert found["ann@acme.example"].details["addresses"] == ("amarsh@acme.example",)
    assert "amarsh@acme.example" not in found


def test_a_stranger_under_our_domain_is_nobody() -> None:
    post = Post()
    spoofed = [
        post.inbound("Max Boss <max@acme.example>", proof=SPOOFED, body="Best,\nMax Boss\nCEO")
        for _ in range(100)
    ]
    assert _found(*spoofed) == {}


def test_a_forged_password_line_below_our_boundary_proves_nobody() -> None:
    post = Post()
    below = (
        "Received: from pc.lan ([10.0.0.9]) by mx.acme.example with ESMTPSA",
        "Authentication-Results: mx.acme.example; dmarc=pass header.from=acme.example",
    )
    spoofed = [post.inbound("max@acme.example", proof=SPOOFED, below=below) for _ in range(9)]
    assert _found(*spoofed) == {}


def test_a_list_post_of_ours_teaches_nobody() -> None:
    post = Post()
    headers = ("List-Id: <talk.lists.example>",)
    assert _found(post.outbound(ANN, "talk@lists.example", headers=headers)) == {}


def test_titles_are_those_people_sign_with_themselves() -> None:
    post = Post()
    own = [post.outbound(ANN, BOB, body="Hi.\n\nBest,\nAnn Marsh\nTreasurer") for _ in range(3)]
    others = [post.outbound(BOB, ANN, body="Hi.\n\nBest,\nMax Boss\nChairman") for _ in range(5)]
    found = _found(*own, *others)
    assert found["ann@acme.example"].details["title"] == "Treasurer"
    assert "title" not in found["bob@acme.example"].details


def test_an_address_of_a_task_is_no_person() -> None:
    post = Post()
    assert _found(post.outbound("Payables <payables@acme.example>", BOB)) == {}


def test_people_are_found_under_short_first_names() -> None:
    post = Post()
    known = staff(on_ground([post.outbound("Robert Stone <rstone@acme.example>", ANN)]))
    person = known.called("Bob Stone")
    assert person is not None
    assert person.address == "rstone@acme.example"
    assert known.called("Bob") is None
    assert known.called("Max Stone") is None


def test_two_of_one_name_are_nobody_in_particular() -> None:
    post = Post()
    known = staff(on_ground([post.outbound("Robert Stone <r@acme.example>", ANN),
                             post.outbound("Rob Stone <rob@acme.example>", ANN)]))  # fmt: skip
    assert known.called("Bob Stone") is None


def test_first_names() -> None:
    assert is_same_first("liz", "elizabeth")
    assert is_same_first("dick", "richard")
    assert not is_same_first("ed", "eduardo")

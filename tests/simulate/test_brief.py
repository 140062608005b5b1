"""The company file: what it fixes holds, and what is wrong in it is named."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chaffinch.core.errors import SettingsError, UsageError
from chaffinch.message.parse import parse
from chaffinch.simulate import CompanyBrief, Plan, cast, read_brief, stream
from chaffinch.simulate.brief import CustomerBrief, PersonBrief, VendorBrief
from chaffinch.simulate.declare import LOOKALIKES

FULL = """
schema = 1
name = "Hollis & Pike"
domain = "hollispike.example"
gateway = "in.mailguard.example"
size = 40
languages = { en = 0.5, de = 0.5 }

[[offices]]
city = "Leeds"
minutes = 0

[[offices]]
city = "Boston"
minutes = -300
summer = "us"

[[people]]
name = "Ada Marsh"
title = "Chief Executive Officer"
vip = true
office = "Boston"

[[vendor]]
name = "Stone & Sons"
domain = "stone.example"
trade = "gravel"
signs = false
"""


def test_what_the_file_fixes_holds(tmp_path: Path) -> None:
    file = tmp_path / "company.toml"
    file.write_text(FULL, encoding="utf-8")
    house = cast(read_brief(file), seed=3)
    chief = house.titled("Chief Executive Officer")
    assert (chief.name, chief.address) == ("Ada Marsh", "ada.marsh@hollispike.example")
    assert (chief.clock.minutes, chief.vip) == (-300, True)
    assert [one.title for one in house.people].count("Chief Executive Officer") == 1
    assert (house.name, house.gateway) == ("Hollis & Pike", "in.mailguard.example")
    assert len(house.people) == len({one.address for one in house.people}) == 40
    assert {one.language for one in house.people} == {"en", "de"}
    assert [(one.name, one.signs_mail) for one in house.vendors] == [("Stone & Sons", False)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sice = 3", "unknown key `sice`; did you mean `size`"),
        ('size = "many"', "line 1"),
        ("schema = 9", "schema 9 is unknown"),
        ('[[offices]]\ncity = "Leeds"\nsummer = "uk"', '"uk" is none of eu, us, none'),
        ("size = ", "not TOML"),
        ('name = "Two\\nlines"', "line 1: `name`"),
        ('domain = "not a domain"', "line 1: `domain`: expected a domain in small letters"),
        ("languages = { it = 1.0 }", "line 1: `languages`: expected en, de, fr or es"),
        ("vendors = -1", "line 1: `vendors`"),
        ("languages = { en = 0.0 }", "expected a number > 0"),
        ('[[offices]]\ncity = "Leeds"\nminutes = 1500', "line 3.*expected a whole number"),
        ('[[people]]\nname = ""', "line 2.*name"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "company.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        read_brief(file)


def test_a_small_office_is_refused() -> None:
    with pytest.raises(UsageError, match="between 8 and"):
        cast(CompanyBrief(size=3), seed=1)


def test_more_partners_than_there_are_names_for_are_refused() -> None:
    with pytest.raises(UsageError, match="5000 vendors or customers are too many; 428 can be"):
        cast(CompanyBrief(vendors=5000), seed=1)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        ((PersonBrief(name="Ada Marsh"),) * 2, "two people have ada.marsh@"),
        ((PersonBrief(name="Ada", address="ada@elsewhere.example"),), "is not at house.example"),
        ((PersonBrief(name="李 小龍"),), "give the person an `address`"),
    ],
)
def test_an_address_is_one_persons_and_ours(people: tuple[PersonBrief, ...], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        cast(CompanyBrief(size=9, domain="house.example", people=people), seed=1)


def test_nobody_who_is_cast_gets_the_address_of_somebody_given() -> None:
    everybody = cast(CompanyBrief(size=3000, domain="house.example"), seed=1).people
    given = tuple(PersonBrief(name=one.name) for one in everybody[100:900])
    house = cast(CompanyBrief(size=3000, domain="house.example", people=given), seed=1)
    addresses = {one.address for one in house.people}
    assert len(addresses) == len(house.people) == 3000


def test_the_chief_is_who_has_the_title_and_not_who_is_named_first() -> None:
    given = (
        PersonBrief(name="Bo Low", title="Caretaker"),
        PersonBrief(name="Ada Marsh", title="Chief Executive Officer", vip=True),
    )
    house = cast(CompanyBrief(size=9, people=given), seed=1)
    assert [one.name for one in house.people if not one.manager] == ["Ada Marsh"]


@pytest.mark.parametrize(
    "brief",
    [
        CompanyBrief(size=1, people=tuple(PersonBrief(name=f"Per Son{n}") for n in range(9))),
        CompanyBrief(
            size=8,
            name='Ax [B|C] {x} "Q" <Ltd>, Ünï/..',
            vendor=(VendorBrief(name='V [a|b] {y} "Z" /', domain="v.example", trade="x {t}"),),
            customer=(CustomerBrief(name='C {z} [p|q] "W"', domain="c.example"),),
        ),
    ],
    ids=["people without titles", "one partner of each kind, with odd names"],
)
def test_odd_companies_have_their_days(brief: CompanyBrief) -> None:
    house = cast(brief, seed=1)
    plan = Plan(start=datetime(2026, 6, 1, tzinfo=UTC), days=2, lookalikes=len(LOOKALIKES))
    boxes = {one.address for one in (*house.people, *house.shared)}
    for one in stream(house, plan):
        message = parse(one.raw)
        assert not message.defects, one.family
        assert boxes & set(one.recipients) or one.direction == "outbound", one.family
        assert "\n| " not in message.body.current_thread.text, one.family


def test_everybody_but_the_chief_has_a_manager_who_works_here() -> None:
    house = cast(CompanyBrief(size=60), seed=5)
    addresses = {one.address for one in house.people}
    chief, *others = house.people
    assert not chief.manager
    assert all(one.manager in addresses - {one.address} for one in others)
    assert house.titled("Assistant to the Management").assistant_of == chief.address

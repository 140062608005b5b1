"""The company file: what it fixes holds, and what is wrong in it is named."""

from pathlib import Path

import pytest

from chaffinch.core.errors import SettingsError, UsageError
from chaffinch.simulate import CompanyBrief, cast, read_brief

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
        ('[[offices]]\ncity = "Leeds"\nsummer = "uk"', 'office Leeds: summer must be "eu"'),
        ("size = ", "not TOML"),
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


def test_everybody_but_the_chief_has_a_manager_who_works_here() -> None:
    house = cast(CompanyBrief(size=60), seed=5)
    addresses = {one.address for one in house.people}
    chief, *others = house.people
    assert not chief.manager
    assert all(one.manager in addresses - {one.address} for one in others)
    assert house.titled("Assistant to the Management").assistant_of == chief.address

"""Shortcuts, read by a program that is not ours."""

from io import BytesIO
from typing import Any

import LnkParse3
from hypothesis import given
from hypothesis import strategies as st

from chaffinch.simulate.files.shortcut import HARMLESS, shortcut

TEXTS = st.text(st.characters(min_codepoint=32, max_codepoint=0x17F), min_size=1, max_size=80)


def read(data: bytes) -> Any:
    return LnkParse3.lnk_file(BytesIO(data)).get_json()


def test_a_shortcut_says_where_it_leads_and_with_what() -> None:
    seen = read(shortcut("C:\\Tools\\viewer.exe", "/open 7", name="Offer", icon="C:\\a.ico"))
    assert seen["link_info"]["local_base_path"] == "C:\\Tools\\viewer.exe"
    assert seen["link_info"]["location_info"]["drive_type"] == "DRIVE_FIXED"
    assert seen["data"]["relative_path"] == ".\\viewer.exe"
    assert seen["data"]["command_line_arguments"] == "/open 7"
    assert seen["data"]["description"] == "Offer"
    assert seen["data"]["icon_location"] == "C:\\a.ico"
    assert seen["header"]["windowstyle"] == "SW_SHOWMINNOACTIVE"


def test_by_itself_it_does_nothing() -> None:
    assert read(shortcut())["data"]["command_line_arguments"] == HARMLESS
    assert HARMLESS.startswith("/c rem ")


@given(TEXTS, TEXTS)
def test_any_arguments_are_read_back(arguments: str, name: str) -> None:
    seen = read(shortcut(arguments=arguments, name=name))["data"]
    assert seen["command_line_arguments"] == arguments
    assert seen["description"] == name

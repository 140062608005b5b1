"""Attachments hold what their family says, in the attack; the twin's are harmless and open."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import pytest
from tests.simulate.attacks.playing import Played, mains

from chaffinch.simulate.letter import File

FAMILIES = (
    "credential-form",
    "disc-image",
    "encrypted-archive",
    "html-smuggling",
    "macro-document",
    "shortcut-archive",
    "svg-smuggling",
)


def only(one: Played) -> File:
    (file,) = one.letter.files
    return file


def members(data: bytes, password: str = "") -> Iterator[tuple[str, bytes]]:
    """What an archive holds, archives in it included."""
    with ZipFile(BytesIO(data)) as opened:
        for name in opened.namelist():
            held = opened.read(name, pwd=password.encode() or None)
            yield name, held
            if name.endswith(".zip"):
                yield from members(held)


def names(one: Played) -> list[str]:
    return [name for name, _ in members(only(one).data)]


@pytest.mark.parametrize("family", FAMILIES)
def test_every_letter_has_one_file_that_the_message_shows(family: str) -> None:
    for pair in mains(family):
        for one in pair:
            (attached,) = [part for part in one.message.attachments if part.file_name]
            assert attached.file_name == only(one).name
            assert attached.raw == only(one).data


def test_macros_and_templates_are_in_the_attack_only() -> None:
    for bad, twin in mains("macro-document"):
        assert is_alive(bad)
        assert not is_alive(twin)


def is_alive(one: Played) -> bool:
    """The document, perhaps in an archive, has a macro project or fetches a template."""
    parts = dict(members(only(one).data))
    for name in [name for name in parts if name.endswith((".docm", ".docx"))]:
        parts |= dict(members(parts[name]))
    fetched = b"".join(data for name, data in parts.items() if name.endswith(".rels"))
    return any(name.endswith("vbaProject.bin") for name in parts) or b".dotm" in fetched


def test_a_disc_is_in_the_attack_only() -> None:
    for bad, twin in mains("disc-image"):
        for one, is_disc in ((bad, True), (twin, False)):
            file = only(one)
            data = [d for _, d in members(file.data)] if file.name.endswith("zip") else [file.data]
            assert any(each[0x8001:0x8006] == b"CD001" for each in data) == is_disc


def test_a_shortcut_is_in_the_attack_only() -> None:
    for bad, twin in mains("shortcut-archive"):
        assert any(name.endswith(".lnk") for name in names(bad))
        assert all(name.endswith((".pdf", ".zip")) for name in names(twin))


def test_a_locked_archive_opens_with_the_word_in_the_text() -> None:
    for bad, twin in mains("encrypted-archive"):
        for one in (bad, twin):
            words = re.findall(r"\w+", one.letter.text)
            opened = [held for word in words if (held := attempt(only(one).data, word))]
            assert opened
            assert all(name.endswith(".pdf") for name in opened[0]) == (one is twin)


def attempt(data: bytes, password: str) -> list[str]:
    try:
        return [name for name, _ in members(data, password)]
    except (RuntimeError, ValueError, OSError, BadZipFile):  # the wrong word
        return []


def test_pages_smuggle_or_post_away_in_the_attack_only() -> None:
    for family, mark in (("html-smuggling", b"createObjectURL"), ("credential-form", b"")):
        for bad, twin in mains(family):
            home = twin.letter.author.contact.address.partition("@")[2].encode()
            assert b"https://portal." + home in only(twin).data
            assert mark in only(bad).data
            assert home not in only(bad).data


def test_a_form_asks_for_a_password_or_leads_to_one() -> None:
    for bad, twin in mains("credential-form"):
        if bad.letter.truth.variant == "form":
            assert b'type="password"' in only(bad).data
        else:
            assert b'http-equiv="refresh"' in only(bad).data
        assert b'type="password"' not in only(twin).data


def test_a_drawing_is_alive_in_the_attack_only() -> None:
    for bad, twin in mains("svg-smuggling"):
        alive = b"<script" if bad.letter.truth.variant == "script" else b"<a "
        assert alive in only(bad).data
        assert b"<script" not in only(twin).data
        assert b"<a " not in only(twin).data

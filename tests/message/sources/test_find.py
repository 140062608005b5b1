"""Whatever a user points at gives messages or a reason, in a fixed order, and never raises."""

import io
import os
import pickle
import threading
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chaffinch.core.limits import Limits
from chaffinch.message.sources import find, load, locate

Place = Callable[[str, bytes], Path]
MAIL = b"From: ann@acme.example\nSubject: lunch\n\nAt noon?\n"
CORPORA = Path(os.environ.get("CHAFFINCH_CORPORA", "../corpora-cache"))


def _errors(path: Path | str) -> list[str | None]:
    return [found.error for found in find([path])]


@pytest.mark.parametrize(
    "start",
    [
        b"",
        b"\n\r\n \n",
        b"\xef\xbb\xbf",
        b">From ann@acme.example\n",
        b"HELO mail.example\nMAIL FROM:<a@b.example>\nDATA\n",
        b"X-Odd_Name!: 1\n",
        b"something before the headers\n",
    ],
)
def test_messages_are_known_whatever_stands_before_them(place: Place, start: bytes) -> None:
    (found,) = find([place("no-suffix", start + MAIL)])
    assert found.raw == start + MAIL


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b"\x89PNG\r\n\x1a\n\nSubject: in a picture\n", "looks like a PNG image"),
        (b"%PDF-1.7\nSubject: in a document\n", "looks like a PDF document"),
        (b"!BDN\0\0", "an Outlook data file; export its folders as .msg or .eml first"),
        (b"\xff\xfeF\0r\0o\0m\0", "UTF-16 text; save it as UTF-8"),
        (b"\1\2\0\3", "binary data"),
        (b"BEGIN:VCARD\nN:Finch\n", "looks like a contact card"),
        (b"a,b,c\n1,2,3\n", "no header line found"),
        (b"https://wren.example/a\n", "no header line found"),
    ],
)
def test_what_is_not_mail_says_what_it_is(place: Place, data: bytes, reason: str) -> None:
    (error,) = _errors(place("file", data))
    assert error is not None
    assert reason in error


def test_an_eml_is_a_message_whatever_it_holds(place: Place) -> None:
    (found,) = find([place("note.EML", b"just a note")])
    assert found.raw == b"just a note"
    assert _errors(place("none.eml", b"")) == ["empty file"]


def test_apple_mail_keeps_the_day_it_came(place: Place) -> None:
    properties = b"<plist><dict><key>date-received</key>\n\t<integer>1704103200</integer></dict>"
    (found,) = find([place("1.emlx", b"%-10d\n" % len(MAIL) + MAIL + properties)])
    assert found.raw == MAIL
    assert found.received_at == datetime(2024, 1, 1, 10, tzinfo=UTC)
    far = properties.replace(b"1704103200", b"999999999999")
    (found,) = find([place("3.emlx", b"%d\n" % len(MAIL) + MAIL + far)])
    assert (found.raw, found.received_at) == (MAIL, None)
    (found,) = find([place("2.emlx", b"9999\n" + MAIL)])
    assert found.raw == MAIL
    assert found.received_at is None


def test_large_messages_are_cut_and_say_so(place: Place) -> None:
    path = place("big.eml", MAIL + bytes(5_000))
    (found,) = find([path], Limits(message_bytes=1_000))
    assert found.raw == MAIL + bytes(1_000 - len(MAIL))
    assert found.truncated_from == len(MAIL) + 5_000


def test_folders_are_walked_in_order_without_hidden_files(place: Place, tmp_path: Path) -> None:
    for name in ("b/2", "b/1", "a", ".hidden", ".git/x", "c/tmp/1"):
        place(name, MAIL)
    shown = [Path(found.path).relative_to(tmp_path).as_posix() for found in find([tmp_path])]
    assert shown == ["a", "b/1", "b/2", "c/tmp/1"]
    assert [found.raw for found in find([tmp_path / ".hidden"])] == [MAIL]


def test_maildirs_leave_out_tmp_and_keep_their_subfolders(place: Place, tmp_path: Path) -> None:
    for name in ("cur/1:2,S", "new/2", "tmp/3", ".Sent/cur/4", ".Sent/new/5", ".Sent/tmp/6"):
        place(name, MAIL)
    place(".index/cache", MAIL)
    place("dovecot-uidlist", b"3 V1 N2")
    shown = [Path(found.path).relative_to(tmp_path).as_posix() for found in find([tmp_path])]
    assert shown == [".Sent/cur/4", ".Sent/new/5", "cur/1:2,S", "new/2"]


def test_loops_and_second_ways_are_reported_once(place: Place, tmp_path: Path) -> None:
    place("box/in/1", MAIL)
    (tmp_path / "box/in/up").symlink_to(tmp_path / "box")
    (tmp_path / "box/twice").symlink_to(tmp_path / "box/in")
    (tmp_path / "box/self").symlink_to("self")
    rows = {Path(f.path).name: f.error for f in find([tmp_path / "box"])}
    assert rows == {
        "1": None,
        "up": f"a loop: it leads back to {tmp_path}/box, which is read once",
        "twice": f"the same folder as {tmp_path}/box/in, which is read once",
        "self": "a symbolic link that leads back to itself",
    }


def test_one_bad_input_does_not_stop_the_rest(place: Place, tmp_path: Path) -> None:
    good = place("good", MAIL)
    (tmp_path / "broken").symlink_to("nowhere")
    (tmp_path / "empty").mkdir()
    os.mkfifo(tmp_path / "empty.pipe")
    bad: list[Path | str] = [tmp_path / "broken", tmp_path / "empty", good / "x", "nul\0"]
    inputs: list[Path | str] = ["missing", *bad, good]
    missing = "no such file or folder; check the spelling"
    *errors, last = find(inputs)
    assert [e.error for e in errors] == [
        missing,
        missing,
        "holds no mail",
        missing,
        "no path holds a null character; check the spelling",
    ]
    assert last.raw == MAIL
    rows = {Path(f.path).name: f.error for f in find([tmp_path])}
    assert rows["empty.pipe"] == "not a regular file"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_and_folders_say_so(place: Place, tmp_path: Path) -> None:
    place("secret", MAIL).chmod(0)
    place("closed/1", MAIL).parent.chmod(0)
    assert _errors(tmp_path) == ["not allowed to read it; check its permissions"] * 2
    (tmp_path / "closed").chmod(0o700)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that fails when read")
def test_a_failing_device_is_one_error() -> None:
    (error,) = _errors("/proc/self/mem")
    assert error is not None
    assert "cannot be read" in error


@pytest.mark.parametrize("copies", [1, 2])
def test_standard_input_is_a_message_or_a_mailbox(copies: int) -> None:
    line = b"From ann@acme.example Mon Jan  1 10:00:00 2024\n"
    found = list(find(["-"], stdin=io.BytesIO((line + MAIL + b"\n") * copies)))
    assert [one.raw for one in found] == [MAIL] * copies
    assert [one.path for one in found] == (["-"] if copies == 1 else ["-#1", "-#2"])
    assert [one.error for one in find(["-"], stdin=io.BytesIO())] == ["empty file"]


def test_an_endless_stream_is_given_up() -> None:
    with Path("/dev/zero").open("rb") as endless:
        (found,) = find(["-"], Limits(archive_bytes=3_000_000), endless)
    assert found.error == "longer than 3000000 bytes; split it"


def test_standard_input_may_be_an_archive_and_is_given_up_afterwards() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/a.eml", MAIL)
    packed.seek(0)
    before = len(list(Path("/dev/fd").iterdir()))
    assert [(one.path, one.raw) for one in find(["-"], stdin=packed)] == [("-!in/a.eml", MAIL)]
    assert len(list(Path("/dev/fd").iterdir())) == before


def test_a_pipe_given_by_name_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(MAIL,))
    writer.start()
    found = list(find([pipe]))
    writer.join()
    assert [(one.path, one.raw) for one in found] == [(str(pipe), MAIL)]


def test_devices_are_not_read() -> None:
    assert _errors("/dev/null") == ["not a regular file or folder"]


def test_names_nobody_can_decode_are_shown_and_read(tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9\n.eml")
    (tmp_path / name).write_bytes(MAIL)
    (found,) = find([tmp_path])
    assert found.path == f"{tmp_path}/caf\\xe9\\n.eml"
    assert found.raw == MAIL


def test_locators_travel_to_other_processes(place: Place, tmp_path: Path) -> None:
    place("mail/a", MAIL)
    place("mail/b.mbox", b"From x Mon Jan  1 10:00:00 2024\n" + MAIL + b"\n")
    locators = list(locate([tmp_path / "mail", "-"], stdin=io.BytesIO(MAIL)))
    assert pickle.loads(pickle.dumps(locators)) == locators
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert [found.raw for found in pool.map(load, locators)] == [MAIL] * 3


def test_locating_holds_no_message(place: Place) -> None:
    (locator,) = locate([place("big.eml", MAIL + bytes(3_000_000))])
    assert len(pickle.dumps(locator)) < 1_000


def test_what_vanished_since_it_was_located_is_an_error(place: Place) -> None:
    path = place("a.eml", MAIL)
    (locator,) = locate([path])
    path.unlink()
    assert load(locator).error == "no such file or folder; check the spelling"


STARTS = st.sampled_from(
    [b"", b"From ", b"PK\3\4", b"\x1f\x8b\x08", b"BZh91AY&SY", b"\xfd7zXZ\0", b"12\nA: b\n",
     b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", MAIL, b"From x Mon Jan  1 10:00:00 2024\n"]
)  # fmt: skip


@given(STARTS, st.binary(max_size=2_000), st.sampled_from(["x", "x.eml", "x.msg"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_something_and_never_raise(
    tmp_path_factory: pytest.TempPathFactory, start: bytes, rest: bytes, name: str
) -> None:
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes(start + rest)
    found = list(find([path], Limits(message_bytes=500)))
    assert found
    for one in found:
        assert (one.raw is None) != (one.error is None)
        assert len(one.raw or b"") <= 500
        assert one.path.startswith(str(path))


@given(st.binary(max_size=3_000))
@settings(max_examples=50, deadline=None)
def test_any_stream_gives_something_and_never_raises(data: bytes) -> None:
    assert list(find(["-"], stdin=io.BytesIO(data)))


@pytest.mark.corpora
@pytest.mark.skipif(not (CORPORA / "torture").is_dir(), reason="the torture corpus is not unpacked")
def test_torture_mail_is_found() -> None:
    found = list(find([CORPORA / "torture"]))
    errors = {Path(one.path).name for one in found if one.error}
    assert len(found) > 1_500
    assert errors == {
        "labels.csv",
        "intermediate-boundaries_decoded_1_2.txt",
        "malformedHeader-noheader.msg",
        "malformedHeaderStartsBody-noheader.msg",
    }

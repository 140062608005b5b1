"""Golden shapes of threads: what each mail program makes of an answer, a quote and a forward.

A file holds a message and what it says, by sections: ``%% message``, ``%% current`` (the text of
the current thread), ``%% banner``, ``%% own``, ``%% signature``, ``%% disclaimer``, and one
``%% previous`` for each earlier message, newest first, its preamble's values above its text. Blank
lines and white space around lines are of no account.
"""

from pathlib import Path

import msgspec
import pytest

from chaffinch.message.model import Mailbox, PreviousThread
from chaffinch.message.parse import parse

FOLDER = Path(__file__).parent / "golden" / "threads"
VALUES = ("from", "to", "cc", "subject", "date", "banner")


class Section(msgspec.Struct):
    """One section of a golden file."""

    name: str
    lines: list[str]


def sections(path: Path) -> list[Section]:
    """The sections of a golden file; the first holds what stands above the message."""
    found = [Section("head", [])]
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("%% "):
            found.append(Section(line[3:], []))
        else:
            found[-1].lines.append(line)
    return found


def values(lines: list[str]) -> dict[str, str]:
    """``key: value`` lines."""
    return {key: value for key, _, value in (line.partition(": ") for line in lines)}


def filled(text: str | list[str]) -> list[str]:
    """The lines that hold text, white space folded."""
    lines = text.split("\n") if isinstance(text, str) else text
    return [" ".join(line.split()) for line in lines if line.strip()]


def raw(head: dict[str, str], body: list[str]) -> bytes:
    """The message as bytes."""
    kind = "html" if head["kind"] == "html" else "plain"
    return (
        "From: Bob Smith <bob@birch.example>\r\nTo: Ada Lovelace <ada@acme.example>\r\n"
        f"Subject: {head['subject']}\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + "\r\n".join(body)
    ).encode()


def told(box: Mailbox | None) -> str:
    """A mailbox as the golden files write it."""
    if box is None:
        return ""
    name, address = box.display_name or "", box.email.email if box.email else ""
    return f"{name} <{address}>" if name and address else name or address


def said(previous: PreviousThread) -> tuple[dict[str, str], list[str]]:
    """What was read of an earlier message, as the golden files write it."""
    found = {
        "from": told(previous.sender),
        "to": " | ".join(told(box) for box in previous.recipients.to),
        "cc": " | ".join(told(box) for box in previous.recipients.cc),
        "subject": previous.subject.subject if previous.subject else "",
        "date": " ".join((previous.date or "").split()),
        "banner": " | ".join(banner.text for banner in previous.banners),
    }
    return {key: value for key, value in found.items() if value}, filled(previous.text)


def expected(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """What a ``%% previous`` section says."""
    end = lines.index("")
    told_values = values(lines[:end])
    assert set(told_values) <= set(VALUES)
    return {key: " ".join(each.split()) for key, each in told_values.items()}, filled(lines[end:])


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_a_shape_is_cut_as_written(path: Path) -> None:
    parts = sections(path)
    by_name = {part.name: part.lines for part in parts}
    head = values([line for line in by_name["head"] if not line.startswith("#")])
    body = parse(raw(head, by_name["message"])).body
    current = body.current_thread
    assert filled(current.text) == filled(by_name["current"])
    assert [banner.text for banner in current.banners] == [
        line for part in parts if part.name == "banner" for line in part.lines
    ]
    assert [said(each) for each in body.previous_threads] == [
        expected(part.lines) for part in parts if part.name == "previous"
    ]
    apart = {
        "own": current.own_text, "signature": current.signature, "disclaimer": current.disclaimer
    }  # fmt: skip
    told_apart = {name: filled(by_name[name]) for name in apart if name in by_name}
    assert {name: filled(apart[name]) for name in told_apart} == told_apart


def test_there_are_enough_shapes() -> None:
    assert len(list(FOLDER.glob("*.txt"))) >= 120

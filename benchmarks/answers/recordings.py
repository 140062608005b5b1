"""Recordings for mail nobody looked up, so that every rule of a feed decides (docs/recordings.md).

PYTHONPATH=benchmarks python -m answers.recordings --corpus DIR --lists DIR > answers.jsonl
"""

import argparse
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from answers.plausible import HISTORY_LISTS, OUTSIDE, Plausible
from chaffinch.lists.names import PUBLIC_NAMES
from chaffinch.lists.reference import from_folder, shipped
from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from chaffinch.mql.digest import question_digest
from chaffinch.mql.recorder import Journal, answer_line, list_line
from chaffinch.mql.recording import Recording
from shared.measuring import options, sample_of

_FILES_COUNT = 20
_LINKS_COUNT = 40
_OF_FILES = (
    "file.explode",
    "file.expand_archives",
    "file.oletools",
    "beta.ocr",
    "beta.parse_exif",
    "beta.scan_qr",
    "ml.logo_detect",
    "ml.macro_classifier",
)
_STAND_INS = {"tranco_1m": "tranco_50k", "umbrella_1m": "tranco_50k", "alexa_1m": "tranco_50k"}
_OF_TENANT = frozenset(("org_domains", "org_slds", "org_vips", "org_display_names"))
Question = tuple[str, tuple[object, ...], Mapping[str, object]]


def plausible_lists(folder: Path | None) -> dict[str, frozenset[str]]:
    """Every public list the tenant does not have itself; rankings nobody has by shorter ones."""
    given = shipped() if folder is None else shipped().with_lists(from_folder(folder))
    names = PUBLIC_NAMES - _OF_TENANT - set(HISTORY_LISTS)
    found = {name: given.get(_STAND_INS.get(name, name)) or frozenset() for name in names}
    return {name: frozenset(map(str, entries)) for name, entries in found.items()}


def record(
    messages: Iterable[Message],
    seed: int,
    lists: Mapping[str, frozenset[str]],
    journal: Journal,
) -> None:
    """Write what every rule may ask of these messages, and an answer for what else it may ask."""
    for name, entries in sorted(lists.items()):
        journal.write_list("*", name, entries)
    for message in messages:
        answers = Plausible(message, seed, lists)
        for name in HISTORY_LISTS:
            journal.write(list_line(message.content_id, name, answers.reference_list(name)))
        for function, arguments, keywords in _questions(message):
            answer = answers.call(function, arguments, keywords)
            digest = question_digest(arguments, keywords)
            journal.write(answer_line(message.content_id, function, digest, answer))
        for function in OUTSIDE:
            answer = answers.call(function, (), {})
            journal.write(answer_line(message.content_id, function, "*", answer))


def plausible_recording(
    messages: Iterable[Message], seed: int, lists: Mapping[str, frozenset[str]]
) -> Recording:
    """The same, read back."""
    recording = Recording()
    record(messages, seed, lists, Journal(recording.add))
    return recording


def _questions(message: Message) -> Iterator[Question]:
    """What rules ask of a message's own parts."""
    for file in message.attachments[:_FILES_COUNT]:
        for function in _OF_FILES:
            yield function, (file,), {}
    for link in message.body.links[:_LINKS_COUNT]:
        yield "ml.link_analysis", (link,), {}
        yield "ml.link_analysis", (link,), {"mode": "aggressive"}
        if link.href_url.domain is not None:
            yield "network.whois", (link.href_url.domain,), {}
    if message.sender.email is not None:
        yield "network.whois", (message.sender.email.domain,), {}
    text = message.body.current_thread.text
    yield "ml.nlu_classifier", (text,), {}
    yield "ml.nlu_classifier", (text,), {"subject": message.subject.subject}
    yield "beta.ml_topic", (text,), {}


def main(arguments: list[str]) -> None:
    """Write a recording for a sample of each corpus to standard output."""
    parser: argparse.ArgumentParser = options(__doc__ or "", sample=500)
    parser.add_argument("--lists", metavar="DIR", type=Path)
    given = parser.parse_args(arguments)
    messages = map(parse, sample_of(given.corpus, given.sample, given.seed))
    journal = Journal(sys.stdout.buffer.write)
    record(messages, given.seed, plausible_lists(given.lists), journal)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Damaged messages, many of them: each is read in full, twice, and has to come out alike.

Sources are real messages of the corpora (simulated ones without); seed and number make the damage,
so that a case found once can be made again. ``slowest_s``, ``most_memory_mb`` (above the message's
own size) and the counts of what went wrong are for one message; nothing may go wrong.
"""

import random
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from multiprocessing import Pool
from time import process_time
from typing import NamedTuple

from rich.progress import track

from chaffinch.message.parse import force, parse
from shared.measuring import PeakMemory, options, report, sample_of

PROCESSES, BATCH = 2, 250
LARGEST_SOURCE = 120_000
MOST_SECONDS, MOST_MEMORY = 1.0, 64 << 20
BITS = (
    b"\r", b"\n", b"\r\n\r\n", b"\x00", b"\xff\xfe", b"=", b"=\n", b"=3D", b"--", b"\n--", b":",
    b'"', b"(", b")", b"<", b">", b"@", b"=?utf-8?B?", b"?=", b"=?utf-7?Q?+2AA-?=", b"%00", b"\x80",
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\n", b"Content-Transfer-Encoding: base64\n",
    b"Content-Type: message/rfc822\n\n", b"begin 644 a\n#86)C\n`\nend\n", b"charset=utf-7", b"\t",
    b"-----BEGIN PGP SIGNED MESSAGE-----\n", b"format=flowed", b"<div>" * 200, b"<!--", b"</html>",
    b"&#xD800;", b"<a href=", b"http://", b"http://[::1", b"From: a\nSent: b\n", b"> " * 100,
    b"Received: from a by b; Mon, 1 Jan 1 00:00 +9999\n", b"\x78\x9f\x3e\x22", b"\x30\x80\x06\x09",
)  # fmt: skip


class Outcome(NamedTuple):
    """What happened to one damaged message."""

    number: int
    seconds: float
    memory: int
    trouble: str  # empty, or an exception, or what was not as it has to be


def main() -> int:
    """Damage and read, and print the worst."""
    parser = options(__doc__ or "", sample=400)
    parser.add_argument("--count", type=int, default=20_000)
    chosen = parser.parse_args()
    sources = sources_of(chosen.corpus, chosen.sample, chosen.seed)
    starts = range(0, chosen.count, BATCH)
    outcomes: list[Outcome] = []
    with Pool(PROCESSES) as pool:
        step = partial(batch, sources=sources, seed=chosen.seed, count=BATCH)
        done = pool.imap_unordered(step, starts)
        for some in track(done, total=len(starts), disable=not sys.stderr.isatty()):
            outcomes += some
    report(figures(outcomes, len(sources)), as_json=chosen.json)
    return 1 if any(one.trouble for one in outcomes) else 0


def sources_of(corpora: Sequence[str], count: int, seed: int) -> list[bytes]:
    """The messages to damage: so many of each corpus, none very large."""
    return [raw for raw in sample_of(corpora, count, seed) if len(raw) <= LARGEST_SOURCE]


def figures(outcomes: Sequence[Outcome], sources: int) -> dict[str, object]:
    """The worst of what happened, and the first of each trouble with its number."""
    troubles = [one for one in sorted(outcomes) if one.trouble]
    return {
        "sources": sources,
        "mutations": len(outcomes),
        "troubles": len(troubles),
        "slowest_s": round(max(one.seconds for one in outcomes), 4),
        "most_memory_mb": round(max(one.memory for one in outcomes) / (1 << 20), 1),
        "cpu_s": round(sum(one.seconds for one in outcomes), 1),
        **{one.trouble: one.number for one in reversed(troubles)},
    }


def batch(start: int, *, sources: Sequence[bytes], seed: int, count: int) -> list[Outcome]:
    """The outcomes of the mutations from one number on."""
    return [outcome(number, sources, seed) for number in range(start, start + count)]


def outcome(number: int, sources: Sequence[bytes], seed: int) -> Outcome:
    """One damaged message, read twice."""
    raw = mutated(sources, random.Random(f"{seed}.{number}"))
    memory, started = PeakMemory(), process_time()
    try:
        first = everything(raw)
        seconds, peak = process_time() - started, memory.above(len(raw))
        trouble = "" if first == everything(raw) else "two readings differ"
    except Exception as error:  # noqa: BLE001 - whatever is raised is what is looked for
        place = traceback.extract_tb(error.__traceback__)[-1]
        return Outcome(number, 0.0, 0, f"{type(error).__name__} in {place.name}: {error}"[:200])
    if seconds > MOST_SECONDS:
        trouble = trouble or "slow"
    if peak > MOST_MEMORY:
        trouble = trouble or "memory"
    return Outcome(number, seconds, peak, trouble)


def everything(raw: bytes) -> list[object]:
    """All that is read of a message."""
    message = parse(raw)
    force(message)
    holders = (message.headers, message.body, message.opened, message)
    read = [
        value
        for holder in holders
        for name in dir(type(holder))
        if not name.startswith("_") and not callable(value := getattr(holder, name))
    ]
    return [*read, *((one.file_type, one.sha256) for one in message.attachments)]


def mutated(sources: Sequence[bytes], chance: random.Random) -> bytes:
    """A message with up to four kinds of damage."""
    raw = chance.choice(sources)
    for _ in range(chance.randint(1, 4)):
        raw = chance.choice(DAMAGES)(raw, chance)
    if chance.random() < 0.1:
        other = chance.choice(sources)
        raw = raw[: _place(raw, chance)] + other[_place(other, chance) :]
    return raw[: 2 * LARGEST_SOURCE]


def _place(raw: bytes, chance: random.Random) -> int:
    """A place in a message, half the time in its headers."""
    most = len(raw)
    if chance.random() < 0.5:
        head_end = raw.find(b"\n\n")
        most = head_end if head_end > 0 else min(most, 3_000)
    return chance.randint(0, most)


def _stretch(raw: bytes, chance: random.Random) -> tuple[int, int]:
    start = _place(raw, chance)
    return start, min(len(raw), start + int(10 ** chance.uniform(0, 4)))


def _flip(raw: bytes, chance: random.Random) -> bytes:
    data = bytearray(raw)
    for _ in range(chance.randint(1, 20)):
        if data:
            data[_place(raw, chance) % len(data)] = chance.randrange(256)
    return bytes(data)


def _insert(raw: bytes, chance: random.Random) -> bytes:
    at = _place(raw, chance)
    return raw[:at] + chance.choice(BITS) * chance.choice((1, 1, 1, 2, 50)) + raw[at:]


def _delete(raw: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(raw, chance)
    return raw[:start] + raw[end:]


def _repeat(raw: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(raw, chance)
    return raw[:end] + raw[start:end] * chance.choice((1, 2, 20)) + raw[end:]


def _move(raw: bytes, chance: random.Random) -> bytes:
    start, end = _stretch(raw, chance)
    rest, at = raw[:start] + raw[end:], _place(raw, chance)
    return rest[:at] + raw[start:end] + rest[at:]


def _truncate(raw: bytes, chance: random.Random) -> bytes:
    return raw[: _place(raw, chance)]


def _line_ends(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.replace(b"\r\n", b"\n")
    return lines.replace(b"\n", chance.choice((b"\r\n", b"\r", b"\n\n", b"\r\r\n")))


def _relabel(raw: bytes, chance: random.Random) -> bytes:
    """Another charset, transfer encoding, type or boundary than the content has."""
    old, new = chance.choice(
        (
            (b"utf-8", chance.choice((b"utf-16", b"utf-7", b"gb18030", b"iso-2022-jp", b"x"))),
            (b"quoted-printable", b"base64"),
            (b"base64", chance.choice((b"quoted-printable", b"x-uuencode", b"7bit"))),
            (b"7bit", b"base64"),
            (b"text/html", chance.choice((b"text/plain", b"application/ms-tnef"))),
            (b"text/plain", chance.choice((b"text/html", b"application/pkcs7-mime"))),
            (b"boundary=", b"boundary*0="),
            (b"multipart/alternative", b"multipart/digest"),
        )
    )
    return raw.replace(old, new, chance.choice((1, 1, -1)))


def _shuffle_lines(raw: bytes, chance: random.Random) -> bytes:
    lines = raw.split(b"\n")
    some = list(islice(lines, 60))
    chance.shuffle(some)
    return b"\n".join(some + lines[60:])


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _flip, _insert, _insert, _delete, _repeat, _move, _truncate, _line_ends, _relabel, _relabel,
    _shuffle_lines,
)  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())

"""Whether the cut between new and quoted text is right, judged by the messages that were answered.

A reply is judged where the message it answers (In-Reply-To) lies in the same corpus. Words are
judged in runs of six: a run the reply shares with its parent (or that one's parents) is quoted,
everything else is new; addresses of pages do not count.

``quoted_left_share``: quoted words still standing in ``current_thread``, of all quoted words.
``new_lost_share``: new words that are neither in ``current_thread`` nor in a preamble or banner, of
all new words. ``new_in_preamble_share``: new words that stand in a preamble (dates, "wrote:").
``header_left_share``: of messages (not only replies), those whose ``current_thread`` still holds
what looks like a quoted header block or attribution, messages that are nothing but history aside
(``all_history_share``: their text is taken as the author's). ``--show`` lists the worst cases.
"""

import random
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

import msgspec

from chaffinch.message.body import Body
from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from chaffinch.message.sources import load, locate
from shared.measuring import options, report

RUN = 6
ANCESTORS = 10
WORD = re.compile(r"\w+")
ADDRESS = re.compile(r"https?://\S+")  # gateways rewrite addresses of pages on the way
LEFT_OVER = re.compile(
    r"(?im)^[ \t>*|]*-{2,}\s*(?:original message|forwarded (?:message|by))"
    r"|^[ \t>*|]*from:.*\n(?:.*\n){0,3}?[ \t>*|]*(?:sent|date|to|subject):"
    r"|\d{1,2}/\d{1,2}/\d{2,4} \d{1,2}:\d{2}(?::\d\d)? [AP]M\n(?:.*\n){0,2}?to:"
    r"|^[ \t>*|]*on .{6,120}(?:\n.{0,80})?\bwrote:$"
)
COMMIT = re.compile(r"(?m)^(?:\s*From [0-9a-f]{40} .*|-- ?[8>]+.*|---)\n(?:\S.*\n)+")

Pair: TypeAlias = tuple[str, Message, Message]


class Judged(msgspec.Struct):
    """One reply: how many words are quoted and new, and how many of them went astray."""

    place: str
    quoted: int
    quoted_left: int
    new: int
    new_lost: int
    new_in_preamble: int


def main() -> int:
    """Judge a sample of replies from each corpus and print the figures."""
    parser = options(__doc__ or "", sample=150)
    parser.add_argument("--show", type=int, default=0, help="list so many worst cases")
    parser.add_argument(
        "--apart-from", type=int, action="append", default=[], metavar="SEED",
        help="leave out the replies that the same sample by this seed holds",
    )  # fmt: skip
    chosen = parser.parse_args()
    judged: list[Judged] = []
    left_over: list[str] = []
    looked_at = history = 0
    for corpus in chosen.corpus:
        messages = dict(_messages(corpus))
        judged += _replies(messages, chosen.sample, chosen.seed, chosen.apart_from)
        places = sorted(messages)
        for place in random.Random(chosen.seed).sample(places, min(len(places), 2_000)):
            body = parse(messages[place]).body
            looked_at += 1
            if is_all_history(body):
                history += 1
            elif LEFT_OVER.search(COMMIT.sub("", body.current_thread.text)):
                left_over.append(place)
    figures = _figures(judged) | {
        "messages": looked_at,
        "header_left_share": _share(len(left_over), looked_at),
        "all_history_share": _share(history, looked_at),
    }
    report(figures, as_json=chosen.json)
    _show(judged, left_over, chosen.show)
    return 0


def is_all_history(body: Body) -> bool:
    """Whether the author added nothing to what is quoted; the whole text is then taken as said."""
    text = body.current_thread.text
    return bool(body.previous_threads) and (not text or text == _whole(body).strip())


def _figures(judged: Sequence[Judged]) -> dict[str, object]:
    """The shares over all words, and how many replies are cut without a flaw."""
    quoted, new = sum(one.quoted for one in judged), sum(one.new for one in judged)
    flawless = sum(
        one.quoted_left <= 0.02 * one.quoted and one.new_lost <= 0.02 * one.new for one in judged
    )
    return {
        "replies": len(judged),
        "quoted_words": quoted,
        "new_words": new,
        "quoted_left_share": _share(sum(one.quoted_left for one in judged), quoted),
        "new_lost_share": _share(sum(one.new_lost for one in judged), new),
        "new_in_preamble_share": _share(sum(one.new_in_preamble for one in judged), new),
        "flawless_share": _share(flawless, len(judged)),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 5) if whole else 0.0


def _show(judged: Sequence[Judged], left_over: Sequence[str], count: int) -> None:
    """The replies with most words astray, and the first messages with a header left."""
    worst = sorted(judged, key=lambda one: one.quoted_left + one.new_lost, reverse=True)
    for one in worst[:count]:
        print(
            f"{one.place}: left {one.quoted_left} of {one.quoted} quoted,"
            f" lost {one.new_lost} of {one.new} new, {one.new_in_preamble} in preambles"
        )
    for place in left_over[:count]:
        print(f"{place}: header left")


def _messages(corpus: str) -> Iterator[tuple[str, bytes]]:
    """Every message of a corpus with its place."""
    for locator in locate([Path(corpus)]):
        found = load(locator) if locator.error is None else None
        if found is not None and found.raw is not None:
            yield locator.path, found.raw


def _replies(
    messages: dict[str, bytes], count: int, seed: int, apart_from: Sequence[int]
) -> list[Judged]:
    """So many replies whose parent is there, judged."""
    parsed = {place: parse(raw) for place, raw in sorted(messages.items())}
    by_id = {
        message.headers.message_id: message
        for message in parsed.values()
        if message.headers.message_id
    }
    pairs = [
        (place, message, parent)
        for place, message in parsed.items()
        if message.subject.is_reply
        and (parent := by_id.get(message.headers.in_reply_to or "")) is not None
    ]
    known = {place for other in apart_from for place, _, _ in _drawn(pairs, count, other)}
    pairs = [pair for pair in pairs if pair[0] not in known]
    chosen = _drawn(pairs, count, seed)
    return [_judge(place, message, _thread_of(parent, by_id)) for place, message, parent in chosen]


def _drawn(pairs: Sequence[Pair], count: int, seed: int) -> list[Pair]:
    """So many of the pairs, by the seed."""
    return random.Random(seed).sample(pairs, min(count, len(pairs)))


def _thread_of(message: Message, by_id: dict[str, Message]) -> list[Message]:
    """A message and those it goes back to."""
    found = [message]
    while len(found) < ANCESTORS:
        above = by_id.get(found[-1].headers.in_reply_to or "")
        if above is None or above in found:
            break
        found.append(above)
    return found


def _judge(place: str, message: Message, parents: Sequence[Message]) -> Judged:
    """Every word of the reply as quoted or new, and where the cut put it."""
    body = message.body
    known = set().union(*(_runs(_words(_whole(parent.body))) for parent in parents))
    quoted, new = _split(_words(_whole(body)), known)
    current_quoted, current_new = _split(_words(body.current_thread.text), known)
    announcing = " ".join(
        [one.preamble for one in body.previous_threads]
        + [banner.text for banner in body.current_thread.banners]
    )
    in_preamble = len(_split(_words(announcing), known)[1])
    return Judged(
        place=place,
        quoted=len(quoted),
        quoted_left=min(len(quoted), len(current_quoted)),
        new=len(new),
        new_lost=max(0, len(new) - len(current_new) - in_preamble),
        new_in_preamble=in_preamble,
    )


def _whole(body: Body) -> str:
    """All text a reader is shown."""
    if body.html is not None:
        return body.html.display_text
    return body.plain.raw if body.plain else ""


def _words(text: str) -> list[str]:
    return WORD.findall(ADDRESS.sub(" ", text.lower()))


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(*(words[step:] for step in range(RUN)), strict=False))


def _split(words: Sequence[str], known: set[tuple[str, ...]]) -> tuple[list[str], list[str]]:
    """The words that stand in a run known from the parent, and the others."""
    is_quoted = [False] * len(words)
    for index, run in enumerate(zip(*(words[step:] for step in range(RUN)), strict=False)):
        if run in known:
            is_quoted[index : index + RUN] = [True] * RUN
    pairs = list(zip(words, is_quoted, strict=True))
    return [word for word, old in pairs if old], [word for word, old in pairs if not old]


if __name__ == "__main__":
    sys.exit(main())

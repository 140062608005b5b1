"""Campaign fingerprints on real mail: variants of a message found, other messages left alone.

No corpus says which messages are one campaign. So: ``found_*`` is the share of messages whose
variant (made by the damage named) is held to be the same campaign; ``false_pairs`` the share of
random pairs of messages held to be one although the words they share (exact Jaccard of their
triples) are less than a third and their pages differ; ``estimate_error`` the mean distance between
the sketch's similarity and the exact one; ``key_recall`` how many of the found variants meet under
an index key.
"""

import random
import statistics
import sys
from collections.abc import Callable
from time import process_time

from chaffinch.message.fingerprint import (
    Fingerprint,
    campaign_keys,
    fingerprint,
    is_same_campaign,
    skeleton_similarity,
    text_similarity,
    words,
)
from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from shared.measuring import options, report, sample_of, times_ms

PAIRS = 100_000
SHARED_WORDS, FEWEST_WORDS = 1 / 3, 40


def main() -> int:
    """Measure a sample and print the figures."""
    chosen = options(__doc__ or "", sample=700).parse_args()
    chance = random.Random(chosen.seed)
    read = [parse(raw) for raw in sample_of(chosen.corpus, chosen.sample, chosen.seed)]
    read = [one for one in read if len(one.body.current_thread.text.split()) >= FEWEST_WORDS]
    if len(read) < 2:  # simulated mail says too little
        report({"messages": len(read)}, as_json=chosen.json)
        return 0
    times = []
    made: list[Fingerprint] = []
    for one in read:
        _ = one.body.current_thread, one.recipients
        started = process_time()
        made.append(one.fingerprint)
        times.append(process_time() - started)
    report(
        {
            "messages": len(read),
            **{f"fingerprint_{name}": value for name, value in times_ms(times).items()},
            **_variants(read, made, chance),
            **_pairs(read, made, chance),
        },
        as_json=chosen.json,
    )
    return 0


def _variants(
    read: list[Message], made: list[Fingerprint], chance: random.Random
) -> dict[str, object]:
    """How many variants of each kind are found."""
    found: dict[str, object] = {}
    for name, change in CHANGES.items():
        pairs = [
            (print_, fingerprint(change(one.body.current_thread.text, chance), None, ()))
            for one, print_ in zip(read, made, strict=True)
        ]
        same = [pair for pair in pairs if is_same_campaign(*pair)]
        met = sum(bool(set(campaign_keys(one)) & set(campaign_keys(other))) for one, other in same)
        found[f"found_{name}"] = round(len(same) / len(pairs), 4)
        found[f"key_recall_{name}"] = round(met / len(same), 4) if same else None
    return found


def _pairs(
    read: list[Message], made: list[Fingerprint], chance: random.Random
) -> dict[str, object]:
    """What is said of random pairs, beside the words they really share."""
    triples = [_triples(one) for one in read]
    errors, same, wrong = [], 0, 0
    for _ in range(PAIRS):
        one, other = chance.sample(range(len(read)), 2)
        exact = len(triples[one] & triples[other]) / max(1, len(triples[one] | triples[other]))
        estimate = text_similarity(made[one], made[other])
        if estimate is not None:
            errors.append(abs(estimate - exact))
        if is_same_campaign(made[one], made[other]):
            same += 1
            skeleton = skeleton_similarity(made[one], made[other]) or 0
            wrong += exact < SHARED_WORDS and skeleton < 1
    return {
        "random_pairs": PAIRS,
        "same_pairs": same,
        "false_pairs": wrong,
        "estimate_error": round(statistics.fmean(errors), 4),
    }


def _triples(one: Message) -> set[tuple[str, ...]]:
    found = list(words(one.body.current_thread.text))
    return set(zip(found, found[1:], found[2:], strict=False))


def _numbers(text: str, chance: random.Random) -> str:
    return "".join(str(chance.randrange(10)) if letter.isdigit() else letter for letter in text)


def _greeting(text: str, chance: random.Random) -> str:
    return f"Dear {chance.choice(('Ada', 'Ben', 'Mia'))} {chance.randrange(999)},\n{text}\nRegards"


def _without_words(share: float) -> Callable[[str, random.Random], str]:
    def change(text: str, chance: random.Random) -> str:
        return " ".join(word for word in text.split() if chance.random() > share)

    return change


def _moved(text: str, chance: random.Random) -> str:
    parts = text.split("\n")
    chance.shuffle(parts)
    return "\n".join(parts)


CHANGES: dict[str, Callable[[str, random.Random], str]] = {
    "other_numbers": _numbers,
    "other_greeting": _greeting,
    "lines_moved": _moved,
    "words_dropped_3_percent": _without_words(0.03),
    "words_dropped_10_percent": _without_words(0.10),
    "half_the_text": lambda text, _: text[: len(text) // 2],
}

if __name__ == "__main__":
    sys.exit(main())

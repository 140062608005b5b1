"""Inserted mail beside its host: can structure alone tell them apart?

``auc`` is what a plain learner reaches on header names and order, their shapes and folds, MIME
structure, charsets and encodings, in cross-validation by day; 0.5 is chance. Words are left out,
and To, Cc and Bcc: who reads a letter is behaviour. The host's mail beside it is that of its people
and of partners they write to, at most 30 messages of each: no bulk mail, no lists. ``--own
DOMAIN`` names whose mail the corpus is. ``auc_with_readers`` counts these
fields, too. Once for all spoof levels, and for each.
"""

import itertools
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from chaffinch.core.tenant import Tenant
from chaffinch.message.message import Message
from chaffinch.message.parse import parse
from chaffinch.message.sources import load, locate
from chaffinch.simulate.insert.insertion import SPOOFS, InsertPlan, insert, moments_among
from chaffinch.simulate.insert.memory import Memory, organisation_of
from chaffinch.simulate.simulated import Simulated
from shared.learner import Example, Features, cross_auc, telling
from shared.measuring import options, report

PARTICIPANTS = frozenset(("to", "cc", "bcc"))  # how many read a letter is behaviour, not shape
FEW = 2
OF_A_SENDER = 30
SHAPE = str.maketrans(
    {**dict.fromkeys("0123456789", "9"), **dict.fromkeys("bcdefghijklmnopqrstuvwxyz", "a"),
     **dict.fromkeys("BCDEFGHIJKLMNOPQRSTUVWXYZ", "A")}
)  # fmt: skip


def main() -> int:
    """Insert, learn, print."""
    parser = options(__doc__ or "", sample=0)
    parser.add_argument("--own", metavar="DOMAIN", action="append", default=[])
    parser.add_argument("--cases", type=int, default=400)
    chosen = parser.parse_args()
    tenant = Tenant(name="host", domains=tuple(chosen.own))
    history = read(chosen.corpus, tenant, chosen.sample, chosen.seed)
    moments = moments_among([one.received_at for one in history], chosen.cases)
    plan = InsertPlan(moments=moments, seed=chosen.seed)
    begun = time.process_time()
    inserted = list(insert(history, tenant, plan))
    took = time.process_time() - begun
    host = [one for one in of_people(history, tenant) if one.received_at >= moments[0]]
    figures: dict[str, object] = {
        "history": len(history),
        "inserted": len(inserted),
        "ms_per_history_message": round(took / len(history) * 1000, 3),
    }
    report(figures | told(inserted, host, chosen.seed), as_json=chosen.json)
    return 0


def read(corpora: Sequence[str], tenant: Tenant, sample: int, seed: int) -> list[Message]:
    """The corpora as one history in order of arrival."""
    locators = [one for one in locate([Path(one) for one in corpora]) if one.error is None]
    if sample:
        locators = Random(seed).sample(locators, min(sample, len(locators)))
    raws = (found.raw for found in map(load, locators))
    messages = [parse(raw, tenant=tenant) for raw in raws if raw is not None]
    return sorted(messages, key=lambda one: one.received_at)


def of_people(history: Iterable[Message], tenant: Tenant) -> list[Message]:
    """The mail of our own people, and of partners they write to: no bulk, no list."""
    memory = Memory(tenant)
    seen: Counter[str] = Counter()
    kept = []
    for one in history:
        memory.add(one)
        if _is_personal(one, memory):
            sender = one.sender.email.email if one.sender.email else ""
            seen[sender] += 1
            if seen[sender] <= OF_A_SENDER:
                kept.append(one)
    return kept


def _is_personal(message: Message, memory: Memory) -> bool:
    sender = message.sender.email
    if sender is None or message.list_identity is not None:
        return False
    if memory.owns(sender.email):
        return memory.written[sender.email] > FEW
    return memory.answered[organisation_of(sender.email)] > 0


def told(inserted: Sequence[Simulated], host: Sequence[Message], seed: int) -> dict[str, object]:
    """The areas under the curve, and what gives inserted mail away most."""
    chance = Random(seed)
    beside = chance.sample(list(host), min(len(host), 2 * len(inserted)))
    figures: dict[str, object] = {}
    everything = examples(inserted, beside)
    figures["auc"] = round(cross_auc(everything, seed=seed), 3)
    readers = examples(inserted, beside, with_readers=True)
    figures["auc_with_readers"] = round(cross_auc(readers, seed=seed), 3)
    for spoof in SPOOFS:
        some = [one for one in inserted if one.truth.spoof == spoof]
        figures[f"auc_{spoof.replace('-', '_')}"] = round(
            cross_auc(examples(some, chance.sample(beside, min(len(beside), 3 * len(some))))), 3
        )
    twins = [one for one in inserted if one.truth.label == "benign"]
    figures["auc_twins"] = round(cross_auc(examples(twins, beside), seed=seed), 3)
    figures["telling"] = telling(everything, 8, seed)
    return figures


def examples(
    inserted: Iterable[Simulated], host: Iterable[Message], *, with_readers: bool = False
) -> list[Example]:
    """Inserted mail as the class to be told, host mail as the other; groups are days."""
    told = [(one.raw, True, one.received_at) for one in inserted]
    told += [(one.raw, False, one.received_at) for one in host]
    return [
        Example(structure(raw, with_readers=with_readers), is_ours, f"{at:%Y-%m-%d}")
        for raw, is_ours, at in told
    ]


def structure(raw: bytes, *, with_readers: bool = False) -> Features:
    """What stands in the head and between the parts, without any words of the author."""
    message = parse(raw)
    fields = message.headers.fields
    left_out = frozenset() if with_readers else PARTICIPANTS
    names = [one.name for one in fields if one.name.lower() not in left_out]
    found: Counter[str] = Counter()
    found.update(f"name {name}" for name in names)
    found.update(f"order {a}>{b}" for a, b in itertools.pairwise(names))
    found["fields"] = len(names)
    for one in fields:
        lowered = one.name.lower()
        if lowered in {"date", "message-id", "content-type", "mime-version", "x-mailer"}:
            shape = re.sub(r"([aA9])\1+", r"\1", one.value.translate(SHAPE))[:60]
            found[f"shape {lowered} {shape}"] = 1
        if lowered.removeprefix("x-") not in PARTICIPANTS:
            found[f"folded {lowered}"] += one.raw.strip().count(b"\n")
    for part in message.root.walk():
        coding = part.block.first("content-transfer-encoding") or ""
        found[f"part {part.content_type} {part.charset} {coding}"] += 1
    found["boundary " + message.boundary_shape[:40]] = 1
    found["crlf"] = b"\r\n" in raw[:400]
    return {name: float(value) for name, value in found.items() if value}


if __name__ == "__main__":
    raise SystemExit(main())

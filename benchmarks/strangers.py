"""How an organisation's mail becomes known: of the mail from outside, how much is from strangers.

Needs a corpus of one organisation's mail over months (``--corpus DIR --own DOMAIN …``). Mail is
learned in the order of its arrival; each from outside is judged first, by what was known strictly
before it. ``months`` count from the first message on: how thin history becomes knowledge.
``after_learning`` counts the days after ``--learned`` days of it. Shares are of messages whose
sender was new, rare (an outlier or rare) or known (uncommon or common); ``undecided`` where history
was too thin to say. ``first_contact`` is the share whose sender no recipient knew.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import process_time

from rich.progress import track as shown

from chaffinch.core.tenant import Tenant
from chaffinch.message.parse import parse
from chaffinch.message.sources import load, locate
from chaffinch.profiles.around import Around, around
from chaffinch.profiles.history import History, Prevalence
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Observation
from chaffinch.profiles.observe import observe
from chaffinch.profiles.pace import DAY_MS
from shared.measuring import options, report, sample_of

MONTH_MS = 30 * DAY_MS
TRIMMED = 0.005  # so much of a history may carry a wrong date at either end
GROUPS = {
    None: "undecided",
    Prevalence.NEW: "new",
    Prevalence.OUTLIER: "rare",
    Prevalence.RARE: "rare",
    Prevalence.UNCOMMON: "known",
    Prevalence.COMMON: "known",
}


def main() -> int:
    """Learn a history and print what was known when."""
    parser = options(__doc__ or "", sample=1_000_000)
    parser.add_argument("--own", metavar="DOMAIN", action="append", default=[])
    parser.add_argument("--learned", type=int, default=182, help="days, before days are counted")
    chosen = parser.parse_args()
    own = tuple(chosen.own) or ("acme.example",)
    observed = sorted(observations(chosen, Tenant(name="own", domains=own)), key=lambda one: one.at)
    edge = int(len(observed) * TRIMMED)
    observed = observed[edge : len(observed) - edge]
    if not observed:
        sys.exit("no message could be read")
    report(figures(observed, chosen.learned), as_json=chosen.json)
    return 0


def observations(chosen: object, tenant: Tenant) -> Iterator[Observation]:
    """What each message of the corpora teaches."""
    for raw in raws(chosen):
        yield observe(parse(raw, tenant=tenant))


def raws(chosen: object) -> Iterable[bytes]:
    """The messages; simulated ones without a corpus."""
    corpora, seed = getattr(chosen, "corpus", []), getattr(chosen, "seed", 1)
    if not corpora:
        return sample_of([], 1_000_000, seed)
    places = [one for one in locate([Path(one) for one in corpora]) if one.error is None]
    listed = shown(places, "observing", disable=not sys.stderr.isatty())
    return (found.raw for found in map(load, listed) if found.raw)


def figures(observed: list[Observation], learned_days: int) -> dict[str, object]:
    """What was known of each message from outside when it came."""
    store, start, started = MemoryProfileStore(), observed[0].at, process_time()
    months: dict[int, Counter[str]] = {}
    days: dict[int, Counter[str]] = {}
    for number, one in enumerate(observed, 1):
        if one.inbound and one.sender and one.list_id is None:
            found = seen(around(store, "own", one, one.at))
            months.setdefault((one.at - start) // MONTH_MS, Counter()).update(found)
            if one.at >= start + learned_days * DAY_MS:
                days.setdefault(one.at // DAY_MS, Counter()).update(found)
        store.learn([(number, "own", one)])
    after = sum(days.values(), Counter[str]())
    return {
        "messages": len(observed),
        "from_outside": sum(each["all"] for each in months.values()),
        "ms_per_message": round((process_time() - started) / len(observed) * 1000, 3),
        "months": [shares(each) for _, each in sorted(months.items())],
        "after_learning": shares(after),
        "days": {named(day): shares(each) for day, each in sorted(days.items())},
    }


def seen(known: Around) -> list[str]:
    """The names one message counts under."""
    found = ["all"]
    for kind, history in (("address", known.sender.address), ("domain", known.sender.domain)):
        found.append(f"{kind}_{group(history)}")
    if known.pairs and all(pair.is_first_contact for pair in known.pairs):
        found.append("first_contact")
    return found


def group(history: History | None) -> str:
    """How well a sender is known."""
    return GROUPS[None if history is None else history.prevalence]


def shares(counts: Counter[str]) -> dict[str, float]:
    """Shares of all, and how many that is."""
    names = [f"{kind}_{name}" for kind in ("address", "domain") for name in (
        "new", "rare", "known", "undecided")]  # fmt: skip
    total = counts["all"]
    found = {name: round(counts[name] / total, 4) if total else 0.0 for name in names}
    first = round(counts["first_contact"] / total, 4) if total else 0.0
    return {"messages": total, **found, "first_contact": first}


def named(day: int) -> str:
    """A day as its date."""
    return datetime.fromtimestamp(day * DAY_MS / 1000, UTC).date().isoformat()


if __name__ == "__main__":
    sys.exit(main())

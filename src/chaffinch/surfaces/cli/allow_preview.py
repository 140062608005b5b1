"""What an entry would do: on record, and against simulated attacks."""

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from difflib import get_close_matches
from pathlib import Path

import msgspec
from rich.markup import escape
from rich.table import Table

from chaffinch.core.counted import counted
from chaffinch.core.errors import StoreError, UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.decision.allow.entry import AllowEntry, EntryKind
from chaffinch.decision.policy_data import Policy
from chaffinch.decision.scopes import standing
from chaffinch.engine.assembly import LEDGER_FILE, open_ledger
from chaffinch.engine.bundle import Bundle
from chaffinch.engine.settings import Settings
from chaffinch.replay.preview.attacks import OUTSIDE, Rehearsal, rehearsed
from chaffinch.replay.preview.history import InHistory, asked_of, in_history
from chaffinch.surfaces.cli.ledgers import with_archived
from chaffinch.surfaces.cli.table import console, printable

_NEAR = 3
_FAMILIES = 5


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What an entry would do; ``attacks`` of allow entries only."""

    id: str
    history: InHistory
    attacks: Rehearsal | None = None


def refuse_unknown(entry: AllowEntry, bundle: Bundle) -> None:
    """Refuse an entry for a rule that is not in force.

    Raises:
        UsageError: there is none of this name; the text says which are called alike.
    """
    if entry.kind is not EntryKind.RULE:
        return
    names = sorted({rule.name for rule in bundle.rules})
    if entry.value in names:
        return
    near = get_close_matches(entry.value[:100], names, n=_NEAR, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "chaffinch rules coverage names them"
    raise UsageError(
        f"no rule {entry.value} is in force here, of our own, of a feed of the state or of "
        f"--rules; {hint}"
    )


def previewed(entry: AllowEntry, tenant: Tenant, bundle: Bundle, settings: Settings) -> Preview:
    """What an entry would do, which takes some seconds: attacks are simulated."""
    return Preview(
        id=entry.id,
        history=_history(entry, tenant, bundle.policy, settings),
        attacks=None if entry.effect == "deny" else rehearsed(entry, tenant, bundle),
    )


def _history(entry: AllowEntry, tenant: Tenant, policy: Policy, settings: Settings) -> InHistory:
    """What it would have done on record; one that cannot be read keeps nobody from an entry."""

    def policy_in(scope: str) -> Policy:
        return standing(scope, tenant, policy).policy

    file = Path(settings.state or "") / LEDGER_FILE
    if settings.ledger is None and not file.is_file():
        return in_history(entry, (), policy_in)
    try:
        with closing(open_ledger(file, settings)) as ledger:
            return in_history(entry, with_archived(ledger, asked_of(entry, tenant.name)), policy_in)
    except StoreError as error:
        return InHistory(is_told=False, why_not=str(error))


def counts(preview: Preview) -> Iterator[str]:
    """What it comes to, in a line or two."""
    history = preview.history
    if not history.is_told:
        yield f"on record nothing tells: {history.why_not}"
    elif preview.attacks is None:
        yield f"on record: {_meant(history)}, {history.denied:,} would be denied"
    else:
        yield (
            f"on record: {_meant(history)}; of the flagged ones it would have "
            f"released {history.released:,} and softened {history.softened:,}"
        )
    if preview.attacks is not None:
        yield _attacks(preview.attacks)


def _meant(history: InHistory) -> str:
    return counted(history.meant, "decision is about it", "decisions are about it")


def _attacks(found: Rehearsal) -> str:
    if not found.walked:
        return f"simulated: none of {counted(found.tried, 'attack')} walks through it"
    by_family: Counter[str] = Counter()
    for one in found.walked:
        by_family[one.family] += one.walked
    families = [f"{family} ({count})" for family, count in by_family.most_common()]
    more = f" and {len(families) - _FAMILIES} more" if len(families) > _FAMILIES else ""
    return (
        f"simulated: {found.walked_count} of {counted(found.tried, 'attack')} "
        f"{'walks' if found.walked_count == 1 else 'walk'} through it, always by an account that "
        f"is proven: {', '.join(families[:_FAMILIES])}{more}"
    )


def _seen(word: str) -> str:
    return "from outside" if word == OUTSIDE else word


def print_preview(preview: Preview, form: str) -> None:
    """Everything, for people or for machines."""
    if form == "json":
        sys.stdout.buffer.write(msgspec.json.encode(preview) + b"\n")
        return
    out = console()
    for line in counts(preview):
        out.print(escape(line), soft_wrap=True)
    for table in (_changed(preview.history), _walked(preview.attacks)):
        if table.row_count:
            out.print(table)


def _changed(history: InHistory) -> Table:
    table = Table("received (UTC)", "was", "would be", "sender", "subject", "id")
    for one in history.changed:
        table.add_row(
            f"{one.received_at:%Y-%m-%d %H:%M}", one.was, one.then,
            escape(printable(one.sender)), escape(printable(one.subject)), one.id[:10],
        )  # fmt: skip
    return table


def _walked(attacks: Rehearsal | None) -> Table:
    table = Table("attack", "the attacker has seen", "tried", "walk through")
    for one in attacks.walked if attacks else ():
        table.add_row(one.family, _seen(one.seen), str(one.tried), str(one.walked))
    return table

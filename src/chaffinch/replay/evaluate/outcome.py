"""What was decided of a labelled message, beside what it truly is."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import FLAGGED, Action, Severity, Verdict
from chaffinch.decision.entry import Entry
from chaffinch.decision.scopes import within
from chaffinch.engine.assembly import Engine
from chaffinch.engine.journey import Mail
from chaffinch.message.parse import parse
from chaffinch.message.sources import Found, load, locate
from chaffinch.replay.disruption import Held, held
from chaffinch.replay.evaluate.labelled import Folder, Truth
from chaffinch.replay.evaluate.probes import PROBES
from chaffinch.replay.evaluate.transport import equalised, reader_of

GRAVE = frozenset({Severity.HIGH, Severity.CRITICAL})


class Fewest(msgspec.Struct, frozen=True, kw_only=True):
    """How few facts suffice for a verdict, and without how few it would be another.

    ``flip`` is None where it would stay whatever were not known.
    """

    keep: int
    flip: int | None
    is_proven: bool = True


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """One decision against the truth; ``campaign`` holds what variants of a message share.

    ``detectors`` are named once each, though rules of several feeds may be called alike; ``grave``
    are those of high or critical severity; ``fewest`` is there where it was flagged, and the
    message at hand; ``held`` where the action keeps it from its readers.
    """

    truth: Truth
    verdict: Verdict
    action: Action
    axes: Mapping[str, str] = {}
    detectors: tuple[str, ...] = ()
    grave: tuple[str, ...] = ()
    campaign: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    fewest: Fewest | None = None
    held: Held | None = None


class Unreadable(msgspec.Struct, frozen=True):
    """A message that is labelled and could not be read."""

    path: str
    why: str


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """How messages are put to the engine.

    ``is_learning``: in order of arrival, each teaching the profiles after it was decided.
    ``is_equalised``: without what only its way wrote on a message, to one reader.
    """

    tenant: Tenant | None = None
    is_learning: bool = False
    is_equalised: bool = False


Step = Callable[[], object]


def outcomes(
    engine: Engine, folder: Folder, way: Way, step: Step = lambda: None
) -> Iterator[Outcome | Unreadable]:
    """Every labelled message of a folder decided, or why it could not be read."""
    for truth in _ordered(folder, way):
        found = _found(folder.place / truth.path)
        step()
        if isinstance(found, str):
            yield Unreadable(f"{truth.corpus}/{truth.path}", found)
            continue
        mail = _mail(found, way)
        entry = engine.consider(mail)
        fewest = _fewest(engine, mail, entry) if entry.decision.verdict in FLAGGED else None
        if way.is_learning:
            engine.record([entry], learn=True)
        message = parse(mail.raw, tenant=mail.tenant)
        yield msgspec.structs.replace(
            outcome_of(truth, entry, way.tenant),
            probes=tuple(name for name, holds in PROBES.items() if holds(message)),
            fewest=fewest,
        )


def _ordered(folder: Folder, way: Way) -> Sequence[Truth]:
    """As they are listed; where each teaches the next, in order of arrival."""
    if not way.is_learning:
        return folder.truths
    return sorted(folder.truths, key=lambda one: (_arrival(folder.place / one.path, way), one.path))


def _arrival(path: Path, way: Way) -> float:
    found = _found(path)
    if isinstance(found, str):
        return float("inf")
    mail = _mail(found, way)
    message = parse(
        mail.raw, tenant=way.tenant, received_at=mail.received_at, mbox_date=mail.mbox_date
    )
    return message.received_at.timestamp()


def _found(path: Path) -> Found | str:
    """The one message of a file, or what is wrong."""
    located = list(locate([path])) if path.exists() else []
    if len(located) != 1:
        return "holds several messages" if located else "does not exist"
    found = load(located[0])
    return found if found.raw is not None else found.error or "cannot be read"


def _mail(found: Found, way: Way) -> Mail:
    assert found.raw is not None
    return Mail(
        raw=equalised(found.raw, reader_of(way.tenant)) if way.is_equalised else found.raw,
        tenant=way.tenant,
        received_at=found.received_at,
        mbox_date=found.mbox_date,
        truncated_from=found.truncated_from,
    )


def _fewest(engine: Engine, mail: Mail, entry: Entry) -> Fewest:
    rests = engine.rests_on(mail, entry.decision.scope)
    assert rests.keep is not None  # everything that is known suffices
    flip = rests.flip
    return Fewest(
        keep=len(rests.keep.facts),
        flip=None if flip is None else len(flip.facts),
        is_proven=rests.keep.is_smallest and (flip is None or flip.is_smallest),
    )


def outcome_of(truth: Truth, entry: Entry, tenant: Tenant | None = None) -> Outcome:
    """What an entry says of a decision, against the truth; ``tenant`` tells recipients' roles."""
    decision = entry.decision
    vector = decision.vectors[0] if decision.vectors else ""
    return Outcome(
        truth=truth,
        verdict=decision.verdict,
        action=decision.action,
        axes={
            "goal": str(decision.goal),
            "vector": str(vector),
            "impersonated": str(decision.impersonated),
            "source": str(decision.source),
        },
        detectors=tuple(dict.fromkeys(one.detector for one in decision.findings)),
        grave=tuple(
            dict.fromkeys(one.detector for one in decision.findings if one.severity in GRAVE)
        ),
        campaign=entry.observation.content.campaigns,
        held=held(
            decision.action,
            within(decision.scope, entry.observation.mailboxes, tenant),
            tenant,
            arrived=entry.observation.at,
            released=truth.known_at,
        ),
    )

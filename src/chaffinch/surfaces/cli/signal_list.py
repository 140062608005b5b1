"""Every signal of one message by level: its value, or what is missing."""

from collections.abc import Iterator, Mapping

from chaffinch.decision.entry import Entry
from chaffinch.engine.bundle import Bundle
from chaffinch.engine.journey import Mail
from chaffinch.mql.values import Unknown
from chaffinch.profiles.digests import Digests
from chaffinch.replay.served import measured_again
from chaffinch.signals.aggregates import Scalar
from chaffinch.signals.declare import LEVELS, catalogue
from chaffinch.surfaces.cli.lacking import hint

NOT_ASKED = "not measured: no rule asked for it"


def signal_lines(entry: Entry, others: Mapping[str, str]) -> Iterator[str]:
    """Every signal below its level: as the decision read it, else as in ``others``."""
    names = catalogue()
    for level in LEVELS:
        yield level
        for name, declared in names.items():
            if declared.level == level:
                yield f"    {name} = {_read(entry, name) or others.get(name, NOT_ASKED)}"


def all_lines(mail: Mail, entry: Entry, bundle: Bundle, digests: Digests) -> dict[str, str]:
    """Every signal of the message, with the profile rows the entry was decided with."""
    return {
        name: _missing(sorted(value.causes)) if isinstance(value, Unknown) else shown(value)
        for name, value in measured_again(mail, entry, bundle, digests).items()
    }


def shown(value: Scalar) -> str:
    """A signal's value in the words of the rule language.

    >>> shown(True), shown(None), shown(0.25)
    ('true', 'null (the message does not say)', '0.25')
    """
    if value is None:
        return "null (the message does not say)"
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value:g}" if isinstance(value, float) else str(value)


def _read(entry: Entry, name: str) -> str | None:
    if name in entry.signals:
        return shown(entry.signals[name])
    return _missing(entry.unmeasured[name]) if name in entry.unmeasured else None


def _missing(causes: list[str] | tuple[str, ...]) -> str:
    return f"unknown ({'; '.join(map(hint, causes))})"

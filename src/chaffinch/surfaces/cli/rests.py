"""What a verdict rests on, in words."""

from collections.abc import Iterator

from chaffinch.core.counted import counted
from chaffinch.decision.counterfactual.counterfactual import Change, Counterfactual, Rests
from chaffinch.signals.declare import catalogue

_NAMED = 3  # detectors, or facts that would do as well


def rests_lines(found: Counterfactual) -> Iterator[str]:
    """The sets of facts, each below what it changes."""
    if not found.facts_count:
        yield f"No fact makes it {found.verdict}: nothing was found that would have to be known."
        return
    facts = counted(found.facts_count, "fact is", "facts are")
    yield f"{facts} known that findings rest on."
    if found.flip is None:
        yield f"Whichever of them nobody knew, it would still be {found.verdict}."
    else:
        yield from _without(found.flip)
    if found.clear is not None:
        yield from _without(found.clear)
    if found.keep is not None:
        yield from _alone(found.keep)


def _without(change: Change) -> Iterator[str]:
    what = "this" if len(change.facts) == 1 else f"these {len(change.facts)}"
    yield f"If nobody knew {what}, it would be {_then(change)}:{_honest(change)}"
    yield from _facts(change)


def _alone(change: Change) -> Iterator[str]:
    if not change.facts:
        yield f"It would be {_then(change)} if nobody knew any of them."
        return
    what = "This alone makes" if len(change.facts) == 1 else f"These {len(change.facts)} alone make"
    yield f"{what} it {_then(change)}:{_honest(change)}"
    yield from _facts(change)


def _then(change: Change) -> str:
    return f"{change.verdict} ({change.log_odds:+d})"


def _honest(change: Change) -> str:
    return "" if change.is_smallest else " (not proven to be the fewest)"


def _facts(change: Change) -> Iterator[str]:
    for one in change.facts:
        yield f"  • {said(one)}"
        yield f"      {one.fact} = {one.value}, asked by {_few(one.detectors)}"
        if one.or_instead:
            yield f"      or, to the same effect: {_few(one.or_instead)}"


def said(one: Rests) -> str:
    """A fact in words.

    >>> said(Rests(fact="message.request.is_urgent", is_signal=True, value="false", detectors=()))
    'not so: The text presses for time.'
    """
    declared = catalogue().get(one.fact) if one.is_signal else None
    if declared is None:
        return f"what a rule asks of the message itself is {one.value}"
    if one.value == "true":
        return declared.description
    if one.value == "false":
        return f"not so: {declared.description}"
    return f"{declared.description.rstrip('.')}: {_measured(one.value, declared.unit)}"


def _measured(value: str, unit: str) -> str:
    if value == "null":
        return "the message does not say"
    return f"{value} {unit}" if unit in ("days", "hours", "bytes", "characters") else value


def _few(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{', '.join(names[:_NAMED])}{more}"

"""Names of signals that others rely on: locked with their types; one that goes says where to."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.mql.schema import suggestion
from chaffinch.signals.declare import Signal, catalogue

PREFIX = "signals."
HEAD = """\
# Every name a signal ever had, with its type; `make docs` adds the new ones. A signal that is
# renamed or removed keeps its line, with a note for those who use it:
#   sender.history.is_new bool moved to sender.history.is_first_contact
#   sender.history.is_odd bool gone: nothing measured it well
"""
MOVED, GONE = "moved to ", "gone: "


class Locked(msgspec.Struct, frozen=True):
    """A name that was given out: its type, and what became of it where it is a signal no more."""

    name: str
    kind: str
    note: str = ""

    def line(self) -> str:
        """As it stands in the lock."""
        return " ".join(filter(None, (self.name, self.kind, self.note)))


def read_lock(text: str) -> Mapping[str, Locked]:
    """The names of a lock.

    >>> read_lock("# names\\na.b.is_c bool\\na.b.is_d bool gone: it never varied")["a.b.is_d"].note
    'gone: it never varied'
    """
    lines = (line.split(None, 2) for line in text.splitlines() if line and line[0] != "#")
    return {words[0]: Locked(*words) for words in lines}


@cache
def locked() -> Mapping[str, Locked]:
    """The names given out so far."""
    file = resources.files("chaffinch.signals.data") / "names.lock"
    return read_lock(file.read_text("utf-8"))


def grown(lock: Mapping[str, Locked], signals: Mapping[str, Signal]) -> str:
    """The lock with the signals it lacks, as text; nothing is ever taken out of it."""
    new = {name: Locked(name, one.kind) for name, one in signals.items() if name not in lock}
    lines = (one.line() for _, one in sorted({**lock, **new}.items()))
    return HEAD + "".join(f"{line}\n" for line in lines)


def broken(lock: Mapping[str, Locked], signals: Mapping[str, Signal]) -> Iterator[str]:
    """What others relied on and no longer can, with what is to be done about it."""
    for name, one in lock.items():
        target = one.note.removeprefix(MOVED)
        if name in signals and one.note:
            yield f"{name}: it is a signal, and its note says that it is none"
        elif name in signals and signals[name].kind != one.kind:
            yield f"{name}: was {one.kind}, is {signals[name].kind}; give the new type a new name"
        elif name not in signals and not one.note.startswith((MOVED, GONE)):
            yield f'{name}: no such signal any more; note "{MOVED}NAME" or "{GONE}REASON"'
        elif one.note.startswith(MOVED) and target not in signals:
            yield f"{name}: moved to {target}, which is no signal"


def named(name: str) -> Signal:
    """The signal of a name, with or without the ``signals.`` that rules write before it.

    Raises:
        UsageError: there is none; the text says what became of it, or which one is like it.
    """
    bare = name.removeprefix(PREFIX)
    if bare in catalogue():
        return catalogue()[bare]
    note = locked()[bare].note if bare in locked() else ""
    raise UsageError(f"no signal `{bare}`; {note or _hint(bare)}")


def _hint(name: str) -> str:
    """The signal that is meant by a whole name, or by the last part of one."""
    last = {one.rpartition(".")[2]: one for one in catalogue()}
    near = suggestion(name, catalogue())
    by_last = suggestion(name.rpartition(".")[2], last)
    if "." not in name and by_last:
        return f"did you mean `{last[by_last.split('`')[1]]}`?"
    return near or "`chaffinch signals list` names them all"

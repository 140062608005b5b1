"""The second pass: the history decided as it arrived, each message learned before the next.

It goes through the ordinary engine, ledger first, then profiles. Begun again after any end, it
goes on where the ledger ends; what is on record already is counted from there, not decided anew.
"""

from collections.abc import Callable, Iterable

from chaffinch.core.errors import StoreError
from chaffinch.decision.entry import Entry
from chaffinch.engine.assembly import Engine
from chaffinch.engine.journey import Mail
from chaffinch.message.sources import Found
from chaffinch.replay.onboard.diary import Diary


def rehearse(
    engine: Engine, history: Iterable[Found], progress: Callable[[], None] | None = None
) -> Diary:
    """Decide and learn every message of a history in the order given, and say what that showed.

    ``progress`` is called after each message.

    Raises:
        StoreError: the state cannot be read or written.
    """
    diary = Diary()
    on_record = engine.learned_count()
    for found in history:
        if found.raw is None:
            diary.fail(found.path, found.error or "cannot be read")
        else:
            mail = Mail(
                raw=found.raw,
                received_at=found.received_at,
                mbox_date=found.mbox_date,
                truncated_from=found.truncated_from,
            )
            was_learned = _step(engine, mail, found.path, diary, on_record > 0)
            on_record -= was_learned
        if progress is not None:
            progress()
    return diary


def _step(engine: Engine, mail: Mail, place: str, diary: Diary, may_be_on_record: bool) -> bool:
    """Count one message; True where it had been learned in an earlier run."""
    try:
        entry = engine.learned(mail) if may_be_on_record else None
        is_new = entry is None
        entry = entry or _taught(engine, mail)
    except StoreError:
        raise  # the state is at fault, not the message
    except Exception as error:  # noqa: BLE001 - one message must never stop the others
        diary.fail(place, f"internal error, please report it: {error!r}")
        return False
    return diary.add(entry, place) and not is_new


def _taught(engine: Engine, mail: Mail) -> Entry:
    entry = engine.consider(mail)
    engine.record([entry], learn=True)
    return entry

"""A decision taken again when what it waited for has arrived; the new entry names the earlier."""

from collections.abc import Iterable

import msgspec

from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.decision.entry import Entry
from chaffinch.engine.bundle import Bundle
from chaffinch.engine.journey import Mail, consider_each, parsed
from chaffinch.engine.memory import Memory
from chaffinch.mql.recording import EVERY, Line


def considered_again(
    earlier: Entry,
    raw: bytes,
    answers: Iterable[str],
    place: tuple[Bundle, Memory, Tenant | None],
) -> Entry:
    """The entry of the earlier one's message and scope, with the answers that came since.

    It is the earlier one where nothing is decided otherwise.

    Raises:
        UsageError: the bytes are of another message, this is another tenant than the entry's, or
            the scope is no more.
        RecordingError: an answer is no line of a recording.
    """
    bundle, memory, tenant = place
    decision, told = earlier.decision, earlier.told
    if earlier.erased_at is not None:
        raise UsageError(f"what entry {earlier.id} was decided from has been erased")
    mail = Mail(
        raw=raw,
        received_at=decision.received_at if told.has_clock else None,
        recipients=told.recipients,
        tenant=tenant,
        envelope=told.envelope,
        mbox_date=told.mbox_date,
        truncated_from=told.truncated_from,
        answers=(*earlier.answers, *_of(decision.content_id, answers)),
        supersedes=earlier.id,
    )
    message = parsed(mail, bundle)
    if message.content_id != decision.content_id:
        raise UsageError(f"entry {earlier.id} is of another message than this one")
    if message.tenant.name != decision.tenant:
        raise UsageError(
            f"entry {earlier.id} is of tenant {decision.tenant}, not {message.tenant.name}: "
            "name the tenant it was decided for"
        )
    made = consider_each(mail, bundle, memory)
    found = next((one for one in made if one.decision.scope == decision.scope), None)
    if found is None:
        raise UsageError(f"the tenant file knows no {decision.scope} any more")
    is_same = msgspec.structs.replace(found.decision, id=decision.id) == decision
    return earlier if is_same else found


def _of(content_id: str, lines: Iterable[str]) -> tuple[str, ...]:
    """The lines that are about a message, or about all."""
    return tuple(line for line in lines if line.strip() and _message(line) in (content_id, EVERY))


def _message(line: str) -> str:
    try:
        return msgspec.json.decode(line, type=Line).message
    except msgspec.MsgspecError:
        return EVERY  # whoever reads it says what is wrong

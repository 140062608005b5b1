"""Whether those who write are those who wrote before, as the quoted conversation shows."""

from collections.abc import Container, Iterable
from itertools import chain, islice

from chaffinch.core.tenant import Tenant
from chaffinch.lists.reference import Lists
from chaffinch.message.body import Body
from chaffinch.message.headers import Headers
from chaffinch.message.message import Message
from chaffinch.message.model import Mailbox, Sender
from chaffinch.signals.declare import signal
from chaffinch.signals.lookalike import reads_like

_PARTICIPANTS = 60


@signal
def replaces_a_participant(message: Message, body: Body, lists: Lists) -> bool:
    """A writer's address is a look-alike of that of the same person in the conversation.

    In a stolen or invented thread the partner's domain is swapped for one that reads like it,
    while the real one still stands in the quoted text or among the recipients.
    """
    now = _people((message.sender, *message.headers.reply_to))
    others: Iterable[Mailbox | None] = message.recipients.all_
    if body.previous_threads:
        quoted = ((one.sender, *one.recipients.all_) for one in body.previous_threads)
        others = chain(others, *quoted)
    before = _people(others, [person for person, _ in now])
    if not before:
        return False
    free = lists.get("free_email_providers") or frozenset()
    return any(
        person == known
        and real not in free
        and reads_like(domain, real)
        and domain.partition(".")[0] != real.partition(".")[0]  # brands have many endings
        for person, domain in now
        for known, real in before
    )


@signal
def answers_nothing_known(body: Body, headers: Headers) -> bool:
    """Earlier messages are quoted, but the header names none of them."""
    is_answer = bool(headers.in_reply_to or headers.references)
    return bool(body.previous_threads) and not is_answer


@signal
def quotes_our_people(body: Body, tenant: Tenant) -> bool | None:
    """The quoted conversation shows somebody of ours.

    Unknown without domains of ours.
    """
    if not tenant.domains:
        return None
    quoted = _domains(one.sender for one in body.previous_threads)
    return any(tenant.owns(domain) for domain in quoted)


@signal
def signs_with_another_name(sender: Sender, body: Body) -> bool | None:
    """The last quoted message names our sender's display name with another address.

    Unknown where nothing is quoted, or the sender has no display name or address.
    """
    name = (sender.display_name or "").strip().lower()
    if not name or sender.email is None or not body.previous_threads:
        return None
    others = {
        one.sender.email.email
        for one in body.previous_threads
        if one.sender is not None
        and one.sender.email is not None
        and (one.sender.display_name or "").strip().lower() == name
    }
    return bool(others) and sender.email.email not in others


def _people(
    mailboxes: Iterable[Mailbox | None], persons: Container[str] | None = None
) -> set[tuple[str, str]]:
    """The parts before and behind the @ of addresses, of all or of these persons only."""
    found = [one.email for one in islice(mailboxes, _PARTICIPANTS) if one and one.email]
    return {
        (one.local_part, one.domain.root_domain)
        for one in found
        if (persons is None or one.local_part in persons) and one.domain.root_domain
    }


def _domains(mailboxes: Iterable[Mailbox | None]) -> set[str]:
    found = (one.email.domain for one in islice(mailboxes, _PARTICIPANTS) if one and one.email)
    return {domain.root_domain for domain in found if domain.root_domain}

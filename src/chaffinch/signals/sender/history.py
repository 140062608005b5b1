"""What this organisation's mail knew of the sender before this message."""

from chaffinch.lists.reference import Lists
from chaffinch.message.headers import Headers
from chaffinch.profiles.around import SenderProfile
from chaffinch.signals.declare import signal


@signal
def is_first_contact(profile: SenderProfile) -> bool | None:
    """Nobody here ever got mail from this address, or wrote to it.

    Unknown without a From address.
    """
    if profile.address is None:
        return None
    return not profile.address.seen.happened and not profile.address.written.happened


@signal
def is_of_new_domain(profile: SenderProfile) -> bool | None:
    """Nobody here ever got mail from the sender's organisation, or wrote to it.

    Unknown without a From domain.
    """
    if profile.domain is None:
        return None
    return not profile.domain.seen.happened and not profile.domain.written.happened


@signal
def messages_seen_count(profile: SenderProfile) -> int | None:
    """Earlier arrivals from this address, failed ones aside (from 50 on a lower bound).

    Unknown without a From address.
    """
    return None if profile.address is None else profile.address.seen.at_least


@signal
def known_days(profile: SenderProfile) -> float | None:
    """Days since the first contact with this address, either way; 0 where there was none.

    Unknown without a From address.
    """
    return None if profile.address is None else profile.address.days_known


@signal
def days_since_last_seen(profile: SenderProfile) -> float | None:
    """Days since the address last wrote.

    Unknown where it never wrote, or without a From address.
    """
    return None if profile.address is None else profile.address.days_since_last_seen


@signal
def was_written_to(profile: SenderProfile) -> bool | None:
    """A person of ours wrote to this address before.

    Unknown where no mail of ours was learned, or without a From address.
    """
    return None if profile.address is None else profile.address.solicited


@signal
def domain_was_written_to(profile: SenderProfile) -> bool | None:
    """A person of ours wrote to the sender's organisation before.

    Unknown where no mail of ours was learned, or without a From domain.
    """
    return None if profile.domain is None else profile.domain.solicited


@signal
def name_is_known_by_another_address(profile: SenderProfile) -> bool | None:
    """This display name wrote before, though never from this address.

    Unknown without a display name or a From address.
    """
    return profile.name_came_from_elsewhere


@signal
def reply_address_is_new_for_name(profile: SenderProfile) -> bool | None:
    """This display name wrote before, though never with this reply-to.

    Unknown without a display name or a reply-to address.
    """
    if profile.reply_to is None or profile.name is None:
        return None
    return profile.name.seen.happened and not profile.reply_to.seen.happened


@signal
def reply_goes_to_a_stranger(profile: SenderProfile, headers: Headers, lists: Lists) -> bool | None:
    """Answers go to somebody nobody here knows, nor the organisation.

    On platforms that send for others this is whoever uses the platform.

    Unknown where the message names no address for answers.
    """
    if profile.answers is None or profile.answers_domain is None:
        return None
    free = lists.get("free_email_providers") or frozenset()
    shared = any(one.email.domain.root_domain in free for one in headers.reply_to if one.email)
    known = [profile.answers] if shared else [profile.answers, profile.answers_domain]
    return not any(one.seen.happened or one.written.happened for one in known)


@signal
def failed_before_count(profile: SenderProfile) -> int | None:
    """Earlier arrivals that claimed this address and failed authentication.

    Unknown without a From address.
    """
    return None if profile.address is None else profile.address.failed.at_least

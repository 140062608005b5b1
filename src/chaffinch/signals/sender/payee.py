"""Where money is to go: whether the account is the vendor's, somebody else's, or never named.

Accounts named in the text or as plain text in a PDF count; what is remembered is a digest.
"""

from chaffinch.profiles.history import History
from chaffinch.profiles.row import Habit
from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled


@signal
def account_is_new_for_vendor(recalled: Recalled) -> bool | None:
    """It names an account none of the vendor's earlier mail named, though that did name accounts.

    Unknown where no account is named, or the vendor has named none before.

    >>> from chaffinch.signals.trial import usual, unusual, stranger
    >>> [account_is_new_for_vendor(one) for one in (usual(), unusual(), stranger())]
    [False, True, None]
    """
    vendor, named = recalled.vendor, recalled.observation.content.instruments
    if vendor is None or not named:
        return None
    tally = vendor.tally(Habit.INSTRUMENT)
    if not tally.total:
        return None
    counts = [tally.count(one, vendor.tenant.digests) for one in named]
    return True if 0 in counts else None if None in counts else False


@signal
def account_was_never_named(recalled: Recalled) -> bool | None:
    """It names an account that no earlier message here named, whoever wrote it.

    Unknown where no account is named.

    >>> from chaffinch.signals.trial import usual, unusual
    >>> account_was_never_named(usual()), account_was_never_named(unusual())
    (False, True)
    """
    found = recalled.payees
    return any(not one.seen.happened for one in found) if found else None


@signal
def account_is_anothers(recalled: Recalled) -> bool | None:
    """It names an account that other senders named before, and this one never.

    Unknown where no account is named, or that is not known for sure.

    >>> from chaffinch.signals.trial import usual
    >>> account_is_anothers(usual()), account_is_anothers(usual(domain="stolen.test"))
    (False, True)
    """
    found = [_is_anothers(recalled, one) for one in recalled.payees]
    if not found:
        return None
    return True if True in found else None if None in found else False


def _is_anothers(recalled: Recalled, payee: History) -> bool | None:
    own = recalled.observation.identity_domain
    if not payee.seen.happened:
        return False
    known = None if own is None else payee.knows(own)
    return None if known is None else not known

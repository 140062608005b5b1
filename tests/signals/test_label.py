"""Labels that were learned reach the signals that ask for them."""

from chaffinch.profiles.around import around
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observation import Labelling
from chaffinch.profiles.pace import DAY_MS
from chaffinch.signals.recalled import recalled
from chaffinch.signals.recipient.pace import mailbox_safe_ratio
from chaffinch.signals.sender.label import domain_safe_ratio, safe_ratio
from chaffinch.signals.trial import LETTER, NOW, but

VERDICTS = ("benign", "benign", "benign", "malicious")


def test_the_share_of_safe_mail_is_that_of_the_labels() -> None:
    store = MemoryProfileStore()
    for number, verdict in enumerate(VERDICTS):
        letter = but(LETTER, delivery_id=str(number), at=NOW - (number + 1) * DAY_MS)
        store.learn([(2 * number + 1, "acme", letter)])
        store.learn([(2 * number + 2, "acme", Labelling(letter, verdict))])
    found = recalled(around(store, "acme", but(LETTER, delivery_id="x", at=NOW), NOW))
    assert (safe_ratio(found), domain_safe_ratio(found)) == (0.75, 0.75)
    assert mailbox_safe_ratio(found) == 0.75

"""Whether those written to know the sender, and belong together."""

from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled


@signal
def know_the_sender_ratio(recalled: Recalled) -> float | None:
    """Share of the recipients who wrote to the sender or got its mail before.

    Unknown without a sender and a recipient.

    >>> from chaffinch.signals.trial import usual, stranger
    >>> know_the_sender_ratio(usual()), know_the_sender_ratio(stranger())
    (1.0, 0.0)
    """
    pairs = recalled.around.pairs
    if not pairs:
        return None
    return 1 - recalled.is_first_contact_count / len(pairs)


@signal
def circle_is_new(recalled: Recalled) -> bool | None:
    """Exactly these recipients were never written to together.

    Unknown where there are fewer than two.

    >>> from chaffinch.signals.trial import usual
    >>> circle_is_new(usual(recipients=("kim@acme.example", "lee@acme.example")))
    True
    """
    circle = recalled.circle
    return None if circle is None else not (circle.seen.happened or circle.written.happened)

"""Whether those written to know the sender, and belong together."""

from chaffinch.signals.declare import signal
from chaffinch.signals.recalled import Recalled


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

"""Commands the reader is to run."""

from chaffinch.signals.declare import signal
from chaffinch.signals.wording import Wording


@signal
def holds_a_command(wording: Wording) -> bool:
    """The text holds a Windows command line that fetches and starts something.

    >>> from chaffinch.signals.wording import topics_of
    >>> holds_a_command(topics_of("Paste: mshta https://a.example/x"))
    True
    >>> holds_a_command(topics_of("We teach PowerShell. Dates: https://a.example"))
    False
    """
    return "fetching_command" in wording


@signal
def tells_to_paste_into_the_run_box(wording: Wording) -> bool:
    """The text tells the reader to open the Run box and to paste something.

    >>> from chaffinch.signals.wording import topics_of
    >>> tells_to_paste_into_the_run_box(topics_of("Press Win + R, then Ctrl+V"))
    True
    """
    return "run_box" in wording and "paste" in wording

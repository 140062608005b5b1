"""Commands the reader is to run."""

import re2

from chaffinch.signals.author_text import AuthorText
from chaffinch.signals.declare import signal
from chaffinch.signals.wording import seen

_COMMAND = re2.compile(
    r"\b(?:powershell|pwsh)(?:\.exe)?\b.{0,120}(?: -e(?:nc|p|x)|iex\b|irm\b|iwr\b|downloadstring)"
    r"|\bmshta(?:\.exe)? .{0,20}http|\bmsiexec(?:\.exe)? .{0,20}http"
    r"|\bcmd(?:\.exe)? /[ck]\b.{0,200}(?:http|curl|start|%temp%)"
    r"|\b(?:irm|iwr|invoke-webrequest|invoke-restmethod)\b.{0,120}\| ?iex\b"
    r"|\b(?:certutil|bitsadmin|regsvr32|rundll32)(?:\.exe)? .{0,60}http"
    r"|\bconhost(?:\.exe)? --headless\b"
)
_RUN_BOX = re2.compile(
    r"\b(?:win(?:dows)?|windows[- ]?(?:key|taste)|touche windows|tecla windows) ?(?:key)? ?"
    r"(?:\+|and|und|et|y|-) ?[rx]\b|\brun (?:box|dialog|window)\b"
)
_PASTE = re2.compile(
    r"\b(?:ctrl|strg|control) ?\+ ?v\b|\bpaste\b|\binsert (?:this|the)\b|\beinfugen\b"
    r"|\bcoll(?:er|ez)\b|\bpeg(?:ar|ue|a)\b"
)


@signal
def holds_a_command(text: AuthorText) -> bool:
    """The text holds a Windows command line that fetches and starts something."""
    return _COMMAND.search(text.seen) is not None


@signal
def tells_to_paste_into_the_run_box(text: AuthorText) -> bool:
    """The text tells the reader to open the Run box and to paste something."""
    return _RUN_BOX.search(text.seen) is not None and _PASTE.search(text.seen) is not None


def is_fetching_command(text: str) -> bool:
    """Whether a text holds a command line of Windows that fetches and starts something.

    >>> is_fetching_command("Paste: mshta https://a.example/x")
    True
    >>> is_fetching_command("We teach PowerShell. Dates: https://a.example")
    False
    """
    return _COMMAND.search(seen(text)) is not None

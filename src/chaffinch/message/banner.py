"""Warnings a gateway writes into a message, kept apart from the author's words."""

from collections.abc import Sequence

import re2

from chaffinch.message.model import Value

_SCANNED_LINES = 40
_LINE_CHARACTERS = 600
_NEXT_LINES = 6

_WORDINGS = (
    r"(?i)^\W*(?:"
    r"\[?\(?(?:external|extern|externe|externo|externer absender|ext)(?: e-?mail| mail| sender"
    r"| message| source)?\)?\]?\W*$"
    r"|(?:this|the following) (?:e-?mail|message|sender) (?:was |is |has |originated |originates |"
    r"came |comes |sent )*(?:been )?(?:sent |received )?(?:originated |from |to you from )*"
    r"(?:an? )?(?:outside|external (?:source|sender|e-?mail|address|party|account))"
    r"|(?:caution|warning|attention|alert|notice|be careful|important|external e-?mail|external"
    r"|achtung|vorsicht|attention|avertissement|atención|atencion|precaución|attenzione|let op"
    r"|atenção|cuidado|uwaga|varning|advarsel)\W.{0,160}(?:outside (?:of )?"
    r"(?:(?:the|your|our|this) )?(?:.{0,30}(?:organi|company|network|firm|institution|university|"
    r"corporat|agency|enterprise|e-?mail system))"
    r"|external (?:e-?mail|sender|source|address|party|origin|user)|from (?:an )?external"
    r"|externen? absender|von extern|außerhalb|ausserhalb|expéditeur externe|de l.extérieur"
    r"|remitente externo|correo externo|fuera de|mittente esterno|esterno|externe afzender|buiten"
    r"|remetente externo|fora da|zewnątrz|spoza|extern avsändare|utanför|uden for|utenfor)"
    r"|external (?:e-?mail|sender|message)\W.{0,40}(?:caution|do not|don.t|think before|be careful"
    r"|use caution|beware|verify)"
    r"|you don.t often get e-?mail from\b"
    r"|some people who received this message don.t often get e-?mail"
    r"|\[?this sender is (?:not|un)\W?(?:trusted|verified|recogni)"
    r"|sie erhalten nicht (?:oft|häufig) e-?mails? von\b|vous n.obtenez pas souvent"
    r"|no suele recibir correo|diese e-?mail (?:kommt|stammt|wurde) (?:von )?"
    r"(?:außerhalb|ausserhalb|extern)|ce (?:message|courriel|mail) "
    r"(?:provient|vient|a été envoyé).{0,20}(?:extérieur|externe)|este (?:correo|mensaje) "
    r"(?:proviene|procede|se originó|fue enviado)"
    r".{0,20}(?:externo|fuera)|questa (?:e-?mail|messaggio).{0,20}estern|deze e-?mail.{0,20}"
    r"(?:extern|buiten))"
)
_WARNING = re2.compile(_WORDINGS)
_SOME_WARNING = re2.compile(f"(?m){_WORDINGS}")
_ADVICE = re2.compile(
    r"(?i)(?:do not|don.t|never|please do not|avoid) (?:click|open|reply|respond|trust|follow)"
    r"|unless you (?:recogni[sz]e|trust|know|are expecting|were expecting|can confirm)"
    r"|know(?:s)? the content is safe|learn why this is important|exercise (?:extreme )?caution"
    r"|use caution|think before you click|report (?:any )?(?:suspicious|phish)"
    r"|klicken sie (?:nicht|keine)|öffnen sie (?:keine|nicht)|ne cliquez pas|no haga clic"
    r"|non cliccare|klik niet|não clique|nie klikaj"
    r"|outside (?:of )?(?:the|your|our) organi[sz]ation"
)
_INLINE = re2.compile(
    r"(?i)^\W{0,3}("
    r"\[(?:external|ext|extern|external e-?mail|external sender)\])\s+\S"
)


class Marked(Value):
    """One warning: the lines it takes (from, to) and its text."""

    start: int
    end: int
    text: str


def banners_in(lines: Sequence[str]) -> tuple[Marked, ...]:
    """The gateway warnings at the head or the foot of a text, given line by line.

    >>> banners_in(["[EXTERNAL]", "", "Hello Bob,"])[0].text
    '[EXTERNAL]'
    >>> banners_in(["Our external auditors ask for the ledger."])
    ()
    """
    scanned = _scanned(len(lines))
    found: list[Marked] = []
    for index in scanned:
        if found and index < found[-1].end:
            continue
        line = lines[index].strip()
        if line and len(line) <= _LINE_CHARACTERS and _WARNING.search(line):
            end = _end(lines, index)
            text = " ".join(part.strip() for part in lines[index:end] if part.strip())
            found.append(Marked(start=index, end=end, text=text))
    return tuple(found)


def may_warn(text: str) -> bool:
    """Whether any line of the text may be a warning, in one search.

    >>> may_warn("Caution: external sender"), may_warn("See you at noon.")
    (True, False)
    """
    return _SOME_WARNING.search(text) is not None or _INLINE.search(text[:200]) is not None


def inline_mark(line: str) -> str | None:
    """A bracketed mark before the author's words on the same line.

    >>> inline_mark("[EXTERNAL] Hello Bob")
    '[EXTERNAL]'
    """
    match = _INLINE.search(line[:_LINE_CHARACTERS])
    return match[1] if match else None


def _scanned(count: int) -> Sequence[int]:
    """The lines where gateways write: the first and the last ones."""
    if count <= 2 * _SCANNED_LINES:
        return range(count)
    return [*range(_SCANNED_LINES), *range(count - _SCANNED_LINES, count)]


def _end(lines: Sequence[str], start: int) -> int:
    """The line after the warning: advice that follows it belongs to it."""
    end = start + 1
    for index in range(start + 1, min(len(lines), start + 1 + _NEXT_LINES)):
        line = lines[index].strip()
        if line and len(line) <= _LINE_CHARACTERS and _ADVICE.search(line):
            end = index + 1
        elif line:
            break
    return end

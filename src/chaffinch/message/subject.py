"""The subject without its tags and reply or forward marks, in the languages mail really uses."""

import re

from chaffinch.message.model import Subject

LONGEST_SUBJECT = 100_000
MOST_MARKS = 100

_REPLY = frozenset(
    (
        "re", "aw", "sv", "antw", "antwort", "antwoord", "res", "resp", "r", "rif", "ref", "rép",
        "vá", "válasz", "odp", "odpověď", "ynt", "yan", "bls", "balas", "atb", "vast", "rs", "στ",
        "απ", "σχετ", "отв", "ответ", "на", "回复", "回覆", "答复", "答覆", "返信", "답장",
        "回信", "תגובה", "رد", "hf", "trả lời",
    )
)  # fmt: skip
_FORWARD = frozenset(
    (
        "fwd", "fw", "wg", "weitergeleitet", "tr", "i", "rv", "renv", "enc", "encam",
        "doorst", "doorsturen", "vs", "vb", "vl", "pd", "ilt", "i̇lt", "továbbítás", "πρθ", "πρτ",
        "пересл", "转发", "轉寄", "轉發", "転送", "전달", "הועבר", "إعادة توجيه", "trans",
        "chuyển tiếp", "inoltra", "prp", "preposlať",
    )
)  # fmt: skip
_AUTOMATIC = (
    "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response", "auto-response",
    "autoresponse", "out of office", "out of the office", "out-of-office", "ooo",
    "automatische antwort", "abwesenheitsnotiz", "abwesenheit", "réponse automatique",
    "message d'absence", "respuesta automática", "risposta automatica", "resposta automática",
    "automatisch antwoord", "autosvar", "automatiskt svar", "automaattinen vastaus",
    "odpowiedź automatyczna", "automatická odpověď", "automatikus válasz", "otomatik yan\u0131t",
    "автоответ", "автоматический ответ", "自动回复", "自動回覆", "自動応答", "自動返信",
)  # fmt: skip

_TAG = re.compile(r"\s*+[\[【]([^\[\]【】]{1,100})[\]】]\s*+|\s*+\(([^()]{1,100})\)\s*+")
_MARK = re.compile(
    r"\s*+([^\W\d_]{1,15}(?:[ ][^\W\d_]{1,15})?)"
    r"(?:\s?[\[(^*]?\d{1,3}[\])]?)?\s{0,3}[:：]\s*+"  # noqa: RUF001 - the fullwidth colon of Chinese mail
)
_TRAILING_FORWARD = re.compile(r"\((?:fwd?|fw)\)\s*+\Z", re.IGNORECASE)
_WHITE = re.compile(r"\s++")


def subject(text: str, *, is_automatic: bool = False) -> Subject:
    """The subject read: ``base``, ``tags``, reply and forward marks, automatic answers.

    >>> s = subject("[ext] AW: RE[2]: Fwd: Rechnung 7")
    >>> s.base, s.tags, s.is_reply, s.is_forward
    ('Rechnung 7', ('ext',), True, True)
    >>> subject("回复:合同").base, subject("Automatic reply: Hello").is_auto_reply
    ('合同', True)
    """
    written = text[:LONGEST_SUBJECT]
    tags: list[str] = []
    marks: set[str] = set()
    position = last_tag = _after_automatic(written)
    is_auto_reply = is_automatic or position > 0 or _begins_automatic(written)
    for _ in range(MOST_MARKS):
        if (tag := _TAG.match(written, position)) is not None:
            tags.append((tag[1] or tag[2]).strip())
            last_tag, position = position, tag.end()
        elif (mark := _mark(written, position)) is not None:
            marks.add(mark[1])
            position = last_tag = mark[0]
        else:
            break
    base = written[position:].strip() or written[last_tag:].strip()
    return Subject(
        subject=text,
        base=base,
        tags=tuple(tags),
        is_reply="reply" in marks,
        is_forward="forward" in marks or _has_trailing_forward(base),
        is_auto_reply=is_auto_reply,
    )


def _mark(text: str, position: int) -> tuple[int, str] | None:
    """Where the mark at the position ends, and whether it says reply or forward."""
    match = _MARK.match(text, position)
    if match is None:
        return None
    word = match[1].lower()
    if word in _REPLY:
        return match.end(), "reply"
    if word in _FORWARD:
        return match.end(), "forward"
    return None


def _begins_automatic(text: str) -> bool:
    start = text[:60].strip().lower()
    return any(_is_phrase(start, phrase) for phrase in _AUTOMATIC)


def _is_phrase(start: str, phrase: str) -> bool:
    return start.startswith(phrase) and not start[len(phrase) : len(phrase) + 1].isalpha()


def _after_automatic(text: str) -> int:
    """Where the text behind ``Automatic reply:`` begins; 0 where there is no such mark."""
    found = (text.find(mark, 0, 60) for mark in (":", "\uff1a"))
    colon = min((at for at in found if at > 0), default=0)
    if not colon or _WHITE.sub(" ", text[:colon]).strip().lower() not in _AUTOMATIC:
        return 0
    return colon + 1


def _has_trailing_forward(base: str) -> bool:
    return _TRAILING_FORWARD.search(base[-10:]) is not None

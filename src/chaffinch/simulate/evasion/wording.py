"""The words of a letter as its reader sees them, changed alike in the text and in the page."""

from collections.abc import Callable
from html import escape, unescape
from random import Random

from msgspec.structs import replace

from chaffinch.simulate.letter import Letter

Spelling = Callable[[Random, str], str]

SHARE = 0.4  # of the words are changed
SHORTEST = 4  # letters of a word worth changing
QUOTES = ('<div class="quote">', '<div style="border-top')
ENDS = ".,:;!?()\"'"


def respelled(letter: Letter, rng: Random, spell: Spelling) -> Letter:
    """The letter with some words spelled otherwise; the history it quotes stays as it was."""
    for share in (SHARE, 1.0):
        change = _some_words(rng, spell, share)
        changed = reworded(letter, change)
        if (changed.text, changed.html) != (letter.text, letter.html):
            return changed
    return letter


def reworded(letter: Letter, change: Callable[[str], str]) -> Letter:
    """The letter with each run of its own words changed."""
    own, rest = own_text(letter)
    page, quoted = own_page(letter)
    return replace(
        letter,
        subject=letter.subject if letter.references else change(letter.subject),
        text=change(own) + rest,
        html=_changed_page(page, change) + quoted,
    )


def own_text(letter: Letter) -> tuple[str, str]:
    """What the author wrote, and the history below it."""
    marks = ("\n\nOn ", "\n\n-----Original") if letter.references else ()
    at = min((found for mark in marks if (found := letter.text.find(mark)) >= 0), default=None)
    return (letter.text, "") if at is None else (letter.text[:at], letter.text[at:])


def own_page(letter: Letter) -> tuple[str, str]:
    """The page up to the history, and the rest of it."""
    marks = QUOTES if letter.references else ()
    at = min((found for mark in marks if (found := letter.html.find(mark)) >= 0), default=None)
    return (letter.html, "") if at is None else (letter.html[:at], letter.html[at:])


def _changed_page(page: str, change: Callable[[str], str]) -> str:
    """The page with the words between its tags changed; head, styles and scripts stay."""
    head, body_tag, body = page.partition("<body")
    if not body_tag:
        return page
    first, *pieces = body.split("<")
    return head + body_tag + "<".join((first, *_changed_pieces(pieces, change)))


def _changed_pieces(pieces: list[str], change: Callable[[str], str]) -> list[str]:
    changed, is_code = [], False
    for piece in pieces:
        tag, end, words = piece.partition(">")
        is_code = tag.startswith(("script", "style")) or (is_code and not tag.startswith("/s"))
        if not is_code and words.strip():
            old = unescape(words)
            words = words if (new := change(old)) == old else escape(new, quote=False)
        changed.append(f"{tag}{end}{words}")
    return changed


def _some_words(rng: Random, spell: Spelling, share: float) -> Callable[[str], str]:
    """A change of some words, the same word always alike."""
    known: dict[str, str] = {}

    def one(word: str) -> str:
        bare = word.strip(ENDS)
        if len(bare) < SHORTEST or not bare.isalpha():
            return word
        if bare not in known:
            known[bare] = spell(rng, bare) if rng.random() < share else bare
        return word.replace(bare, known[bare])

    def change(text: str) -> str:
        return "\n".join(" ".join(map(one, line.split(" "))) for line in text.split("\n"))

    return change


def with_page(letter: Letter) -> Letter:
    """The letter with an HTML page, made of its text where it had none."""
    if letter.html or letter.calendar:
        return letter
    paragraphs = "".join(f"<p>{_marked_up(part)}</p>\r\n" for part in letter.text.split("\n\n"))
    page = f'<html><head><meta charset="utf-8"></head><body>{paragraphs}</body></html>\r\n'
    return replace(letter, html=page)


def _marked_up(paragraph: str) -> str:
    return "<br>\r\n".join(
        " ".join(map(_linked, line.split(" "))) for line in paragraph.split("\n")
    )


def _linked(word: str) -> str:
    shown = escape(word)
    return f'<a href="{shown}">{shown}</a>' if word.startswith(("https://", "http://")) else shown


def at_body_start(html: str, block: str) -> str:
    """The page with the block before everything else that is shown."""
    head, tag, body = html.partition("<body>")
    return f"{head}{tag}{block}{body}" if tag else f"{block}{html}"


def at_body_end(html: str, block: str) -> str:
    """The page with the block after everything else that is shown."""
    body, tag, tail = html.rpartition("</body>")
    return f"{body}{block}{tag}{tail}" if tag else f"{html}{block}"

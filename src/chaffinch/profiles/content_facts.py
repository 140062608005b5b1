"""What a message carries, as far as profiles remember it."""

from chaffinch.message.body import Body
from chaffinch.message.message import Message
from chaffinch.message.model import Attachment
from chaffinch.profiles.campaign import campaign_words
from chaffinch.profiles.instruments import CHARACTERS, instruments, plain_words
from chaffinch.profiles.language import language
from chaffinch.profiles.manner import manner_of
from chaffinch.profiles.observation import Content
from chaffinch.profiles.sentences import sentences
from chaffinch.profiles.telephones import telephones
from chaffinch.profiles.text import bounded

SHAPES_COUNT = 10
_SIZES = (10_000, 100_000, 1_000_000, 10_000_000)


def content_facts(message: Message, *, arrives: bool, is_ours: bool) -> Content:
    """What is remembered of a message's content.

    Campaigns are told of what arrives, sentences of what our people write, quotes of answers.
    """
    text = message.body.current_thread.text or ""
    manner = manner_of(text)
    return Content(
        shapes=tuple(dict.fromkeys(map(shape, message.attachments)))[:SHAPES_COUNT],
        language=language(text),
        campaigns=_campaigns(message.body, text) if arrives else (),
        sentences=sentences(text) if is_ours else (),
        quoted=_quoted(message.body) if arrives else (),
        instruments=instruments(_with_papers(message, text)) if arrives else (),
        greeting=manner.greeting,
        sign_off=manner.sign_off,
        length=manner.length,
    )


def _with_papers(message: Message, text: str) -> str:
    """The text, and what stands in attached documents as plain as there."""
    papers = [one.raw for one in message.attachments[:SHAPES_COUNT] if one.file_type == "pdf"]
    return "\n".join((text[:CHARACTERS], *map(plain_words, papers))) if papers else text


def shape(attachment: Attachment) -> str:
    """What a file is by its content, its extension and its size, roughly.

    >>> shape(Attachment(file_name="a.PDF", file_extension="PDF"))
    'unknown pdf 0'
    """
    size = attachment.size or 0
    step = sum(size >= edge for edge in _SIZES)
    return bounded(f"{attachment.file_type} {(attachment.file_extension or '').lower()} {step}")


def _campaigns(body: Body, text: str) -> tuple[str, ...]:
    html = body.html
    words = campaign_words(text, html.raw if html else "", body.current_thread.links)
    return (*words, *telephones(text))


def _quoted(body: Body) -> tuple[str, ...]:
    """Digests of the sentences of the nearest earlier message it quotes."""
    threads = body.previous_threads
    return sentences(threads[0].text or "") if threads else ()

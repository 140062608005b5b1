"""What a message carries, as far as profiles remember it."""

from hashlib import blake2b

from chaffinch.message.body import Body
from chaffinch.message.fingerprint import Fingerprint
from chaffinch.message.message import Message
from chaffinch.message.model import Attachment
from chaffinch.profiles.instruments import instruments
from chaffinch.profiles.language import language
from chaffinch.profiles.observation import Content
from chaffinch.profiles.sentences import sentences
from chaffinch.profiles.text import bounded

SHAPES_COUNT = 10
TEMPLATES_COUNT = 2
_BAND = 16 * 2  # a quarter of a sketch's bins, two bytes each
_SIZES = (10_000, 100_000, 1_000_000, 10_000_000)


def content_facts(message: Message, *, arrives: bool, is_ours: bool) -> Content:
    """What is remembered of a message's content.

    Campaigns are told of what arrives, sentences of what our people write, quotes of answers.
    """
    text = message.body.current_thread.text or ""
    return Content(
        shapes=tuple(dict.fromkeys(map(shape, message.attachments)))[:SHAPES_COUNT],
        language=language(text),
        campaigns=campaign_words(message.fingerprint) if arrives else (),
        sentences=sentences(text) if is_ours else (),
        quoted=_quoted(message.body) if arrives else (),
        instruments=instruments(text) if arrives else (),
    )


def shape(attachment: Attachment) -> str:
    """What a file is by its content, its extension and its size, roughly.

    >>> shape(Attachment(file_name="a.PDF", file_extension="PDF"))
    'unknown pdf 0'
    """
    size = attachment.size or 0
    step = sum(size >= edge for edge in _SIZES)
    return bounded(f"{attachment.file_type} {(attachment.file_extension or '').lower()} {step}")


def campaign_words(made: Fingerprint) -> tuple[str, ...]:
    """At most eight words under which near copies meet: four of the text, two of page and links.

    Fewer words than ``fingerprint.campaign_keys``, because each is a row: copies that differ in a
    tenth of their text still meet in most cases, those that differ in a third seldom do.
    """
    texts = [
        f"t{made.version}{at // _BAND}{_short(made.text[at : at + _BAND])}"
        for at in range(0, len(made.text), _BAND)
    ]
    pages = [
        f"s{made.version}{at // (2 * _BAND)}{_short(made.skeleton[at : at + 2 * _BAND])}"
        for at in range(0, len(made.skeleton), 2 * _BAND)
    ]
    links = [f"u{made.version}{one}" for one in made.url_templates[:TEMPLATES_COUNT]]
    return (*texts, *pages, *links)


def _short(data: bytes) -> str:
    return blake2b(data, digest_size=8).hexdigest()


def _quoted(body: Body) -> tuple[str, ...]:
    """Digests of the sentences of the nearest earlier message it quotes."""
    threads = body.previous_threads
    return sentences(threads[0].text or "") if threads else ()

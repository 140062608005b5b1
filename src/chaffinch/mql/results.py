"""What functions of the outside world answer with: the structs rules read fields of.

A field may be None, which a rule reads as null, or Unknown where whoever answered could not know.
"""

import msgspec

from chaffinch.message.model import Attachment, Domain, Link, Mailbox, Url
from chaffinch.mql.values import Unknown


class Answer(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A frozen answer; a recorded one has no other fields than these."""


class DaysSince(Answer, frozen=True):
    """Days between the message and the nearest contact before it."""

    first_contact: float | Unknown | None = None
    last_contact: float | Unknown | None = None
    last_inbound: float | Unknown | None = None
    last_outbound: float | Unknown | None = None


class SenderProfile(Answer, frozen=True):
    """What is remembered about a sender, as of the message's arrival."""

    any_messages_benign: bool | Unknown | None = None
    any_messages_malicious_or_spam: bool | Unknown | None = None
    any_false_positives: bool | Unknown | None = None
    auth_failed: bool | Unknown | None = None
    prevalence: str | Unknown | None = None  # new, outlier, rare, uncommon, common, unknown
    solicited: bool | Unknown | None = None
    days_known: float | Unknown | None = None
    days_since: DaysSince | None = None


class Vip(Answer, frozen=True):
    """An entry of ``$org_vips``."""

    display_name: str | Unknown | None = None
    email: str | Unknown | None = None


class Opinion(Answer, frozen=True):
    """A named class and how sure the model is: low, medium or high."""

    name: str
    confidence: str | Unknown | None = None


class Entity(Answer, frozen=True):
    """A stretch of text and the class it belongs to."""

    name: str
    text: str | Unknown | None = None


class LanguageOpinion(Answer, frozen=True):
    """What a language model makes of a text."""

    intents: tuple[Opinion, ...] | Unknown | None = None
    entities: tuple[Entity, ...] | Unknown | None = None
    topics: tuple[Opinion, ...] | Unknown | None = None
    tags: tuple[Opinion, ...] | Unknown | None = None
    language: str | Unknown | None = None


class Topics(Answer, frozen=True):
    """What a text is about."""

    topics: tuple[Opinion, ...] | Unknown | None = None


class Logos(Answer, frozen=True):
    """The brands whose logo an image shows."""

    brands: tuple[Opinion, ...] | Unknown | None = None
    scanned: bool | Unknown | None = None


class MacroOpinion(Answer, frozen=True):
    """What a model makes of a document's macros."""

    malicious: bool | Unknown | None = None
    confidence: str | Unknown | None = None
    error: str | Unknown | None = None


class AttackScore(Answer, frozen=True):
    """A verdict over the whole message."""

    verdict: str | Unknown | None = None
    score: float | Unknown | None = None
    graymail_score: float | Unknown | None = None


class Text(Answer, frozen=True):
    """A text."""

    text: str | Unknown | None = None


class SensitiveElement(Answer, frozen=True):
    """A piece of sensitive information and its type."""

    type: str
    confidence: str | Unknown | None = None
    text: str | Unknown | None = None


class SensitiveInformation(Answer, frozen=True):
    """The sensitive information in a text."""

    elements: tuple[SensitiveElement, ...] | Unknown | None = None


class ReadText(Answer, frozen=True):
    """The text in an image, page by page."""

    text: str | Unknown | None = None
    success: bool | Unknown | None = None
    page_results: tuple[Text, ...] | Unknown | None = None


class Code(Answer, frozen=True):
    """One QR or bar code."""

    type: str | Unknown | None = None  # email, mobile, app, geo, wifi, url, undefined
    data: str | Unknown | None = None
    url: Url | None = None


class Codes(Answer, frozen=True):
    """The QR and bar codes in an image."""

    found: bool | Unknown | None = None
    items: tuple[Code, ...] | Unknown | None = None


class KeyValue(Answer, frozen=True):
    """A named text."""

    key: str
    value: str | Unknown | None = None


class Exif(Answer, frozen=True):
    """What a file says of itself in its metadata."""

    author: str | Unknown | None = None
    creator: str | Unknown | None = None
    producer: str | Unknown | None = None
    title: str | Unknown | None = None
    image_height: int | Unknown | None = None
    image_width: int | Unknown | None = None
    page_count: int | Unknown | None = None
    fields: tuple[KeyValue, ...] | Unknown | None = None


class CalendarEvent(Answer, frozen=True):
    """One event of a calendar file."""

    description: str | Unknown | None = None
    description_html: str | Unknown | None = None
    summary: str | Unknown | None = None
    links: tuple[Link, ...] | Unknown | None = None
    raw_properties: tuple[KeyValue, ...] | Unknown | None = None


class Calendar(Answer, frozen=True):
    """A calendar file."""

    product_id: str | Unknown | None = None
    scale: str | Unknown | None = None
    events: tuple[CalendarEvent, ...] | Unknown | None = None


class Whois(Answer, frozen=True):
    """Who registered a domain, when and where."""

    found: bool | Unknown | None = None
    days_old: float | Unknown | None = None
    name_servers: tuple[Domain, ...] | Unknown | None = None
    administrative_email: str | Unknown | None = None
    registrant_company: str | Unknown | None = None
    registrant_country: str | Unknown | None = None
    registrant_country_code: str | Unknown | None = None
    registrant_email: str | Unknown | None = None
    registrar_name: str | Unknown | None = None
    technical_email: str | Unknown | None = None


class CredentialPage(Answer, frozen=True):
    """What a visited page looks like: whose brand, and does it ask for a login."""

    brand: Opinion | None = None
    confidence: str | Unknown | None = None
    contains_captcha: bool | Unknown | None = None
    contains_login: bool | Unknown | None = None
    disposition: str | Unknown | None = None  # benign, phishing, unknown


class Dom(Answer, frozen=True):
    """An HTML document: its source, visible text, all text and links."""

    raw: str | Unknown | None = None
    display_text: str | Unknown | None = None
    inner_text: str | Unknown | None = None
    links: tuple[Link, ...] | Unknown | None = None


class Response(Answer, frozen=True):
    """One answer a visited page fetched."""

    status_code: int | Unknown | None = None
    url: Url | None = None
    json: dict[str, object] | list[object] | str | float | bool | None = None
    file: Attachment | None = None


class LinkAnalysis(Answer, frozen=True):
    """What a browser saw behind a link."""

    submitted: bool | Unknown | None = None
    status_code: int | Unknown | None = None
    effective_url: Url | None = None
    redirect_history: tuple[Url, ...] | Unknown | None = None
    unique_urls_accessed: tuple[Url, ...] | Unknown | None = None
    additional_responses: tuple[Response, ...] | Unknown | None = None
    files_downloaded: tuple[Attachment, ...] | Unknown | None = None
    final_dom: Dom | None = None
    screenshot: Attachment | None = None
    credphish: CredentialPage | None = None


class Existence(Answer, frozen=True):
    """Whether something is there, and how risky that is."""

    exists: bool | Unknown | None = None
    risk: str | Unknown | None = None
    value: str | Unknown | None = None


class OfficeIndicators(Answer, frozen=True):
    """What speaks of danger in an Office document."""

    encryption: Existence | None = None
    file_format: Existence | None = None
    vba_macros: Existence | None = None


class MacroKeyword(Answer, frozen=True):
    """A word in macro code that deserves a look."""

    type: str
    keyword: str | Unknown | None = None


class Macros(Answer, frozen=True):
    """The macros of an Office document."""

    keywords: tuple[MacroKeyword, ...] | Unknown | None = None


class Relationship(Answer, frozen=True):
    """A reference out of an Office document."""

    name: str | Unknown | None = None
    target: str | Unknown | None = None
    target_url: Url | None = None


class OfficeDocument(Answer, frozen=True):
    """What an Office document holds beside its text."""

    indicators: OfficeIndicators | None = None
    macros: Macros | None = None
    relationships: tuple[Relationship, ...] | Unknown | None = None


class Archive(Answer, frozen=True):
    """The files in an archive, nested ones included."""

    files: tuple[Attachment, ...] | Unknown | None = None


class Participant(Answer, frozen=True):
    """Somebody in a calendar."""

    mailbox: Mailbox | None = None

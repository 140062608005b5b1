"""Opinions of models, registrations and histories, drawn in shares one meets in practice."""

import random
import re
from collections.abc import Sequence
from typing import TypeVar

from answers.files import file_of
from chaffinch.message.domain import domain as domain_of
from chaffinch.message.model import Attachment, Link
from chaffinch.mql.results import (
    AttackScore,
    Code,
    Codes,
    CredentialPage,
    DaysSince,
    Dom,
    Entity,
    LanguageOpinion,
    LinkAnalysis,
    Logos,
    MacroOpinion,
    Opinion,
    SenderProfile,
    Topics,
    Whois,
)

T = TypeVar("T")
Shares = Sequence[tuple[T, int]]
_TELLING = {
    "cred_theft": re.compile(r"(?i)password|verify|log ?in|sign ?in|mailbox|expire"),
    "bec": re.compile(r"(?i)wire|gift card|payroll|urgent|are you available"),
    "callback_scam": re.compile(r"(?i)call (?:us|now)|helpline|subscription|renew"),
    "advance_fee": re.compile(r"(?i)inheritance|beneficiary|million (?:usd|dollars)|next of kin"),
    "extortion": re.compile(r"(?i)bitcoin|webcam|recorded you"),
}
_ENTITIES = {
    "urgency": re.compile(r"(?i)urgent\w*|immediately|within \d+ (?:hours|days)|today"),
    "request": re.compile(r"(?i)please [\w ]{3,30}|click [\w ]{3,20}"),
    "financial": re.compile(r"(?i)[$€£] ?\d[\d,.]*|invoice|payment"),
    "greeting": re.compile(r"(?i)^(?:dear|hello|hi)\b[\w ]{0,30}"),
    "org": re.compile(r"Microsoft|PayPal|Amazon|DHL|Google"),
}
_TOPICS: Shares[str] = (
    ("Newsletters and Digests", 20),
    ("Advertising and Promotions", 20),
    ("Security and Authentication", 10),
    ("Financial Communications", 8),
    ("Customer Service and Support", 8),
    ("Order Confirmations", 6),
    ("Shipping and Package", 6),
    ("B2B Cold Outreach", 6),
    ("File Sharing and Cloud Services", 5),
    ("Request to View Invoice", 4),
    ("E-Signature", 3),
    ("Voicemail Call and Missed Call Notifications", 2),
    ("Benefit Enrollment", 1),
    ("Secure Message", 1),
)
_BRANDS = ("Microsoft", "DocuSign", "PayPal", "DHL", "Amazon", "Google", "Adobe", "Netflix")
_PREVALENCES: Shares[str] = (
    ("new", 25), ("outlier", 15), ("rare", 15), ("uncommon", 15), ("common", 30),
)  # fmt: skip
_PAGES: Shares[str] = (("benign", 60), ("unknown", 36), ("phishing", 4))
_CONFIDENCES: Shares[str] = (("low", 30), ("medium", 30), ("high", 40))
_VERDICTS: Shares[str] = (
    ("likely_benign", 60), ("unknown", 15), ("graymail", 12),
    ("spam", 8), ("suspicious", 3), ("malicious", 2),
)  # fmt: skip
_AGES: Shares[int] = ((3, 2), (20, 4), (80, 6), (300, 12), (1_500, 30), (6_000, 46))
_READ_CHARACTERS = 20_000
_ENTITIES_COUNT = 10


def drawn(chance: random.Random, shares: Shares[T]) -> T:
    """One of these, each as often as its share says."""
    values = [value for value, _ in shares]
    return chance.choices(values, [share for _, share in shares])[0]


def _opinion(chance: random.Random, name: str) -> Opinion:
    return Opinion(name=name, confidence=drawn(chance, _CONFIDENCES))


def language(chance: random.Random, text: str) -> LanguageOpinion:
    """Mostly benign; now and then what telling words suggest."""
    text = text[:_READ_CHARACTERS]
    suggested = [name for name, words in _TELLING.items() if words.search(text)]
    is_attack = bool(suggested) and chance.random() < 0.4
    entities = [
        Entity(name=name, text=found.group())
        for name, words in _ENTITIES.items()
        for found in words.finditer(text)
    ]
    return LanguageOpinion(
        intents=(_opinion(chance, suggested[0] if is_attack else "benign"),),
        entities=tuple(entities[:_ENTITIES_COUNT]),
        topics=topics(chance).topics,
        tags=(_opinion(chance, "invoice"),) if "invoice" in text.lower() else (),
        language="english",
    )


def topics(chance: random.Random) -> Topics:
    """One topic, at times two."""
    count = 1 + (chance.random() < 0.2)
    return Topics(topics=tuple(_opinion(chance, drawn(chance, _TOPICS)) for _ in range(count)))


def logos(chance: random.Random) -> Logos:
    """Mostly no brand."""
    brands = [_opinion(chance, chance.choice(_BRANDS))] if chance.random() < 0.15 else []
    return Logos(brands=tuple(brands), scanned=True)


def macros(chance: random.Random) -> MacroOpinion:
    """Nearly always harmless."""
    return MacroOpinion(malicious=chance.random() < 0.02, confidence=drawn(chance, _CONFIDENCES))


def attack(chance: random.Random) -> AttackScore:
    """A verdict over the message."""
    score = round(chance.random() * 100, 1)
    return AttackScore(verdict=drawn(chance, _VERDICTS), score=score, graymail_score=100 - score)


def registration(chance: random.Random) -> Whois:
    """Mostly an old domain; one in twenty is not found."""
    if chance.random() < 0.05:
        return Whois(found=False)
    return Whois(
        found=True,
        days_old=round(drawn(chance, _AGES) * (0.5 + chance.random()), 2),
        name_servers=tuple(domain_of(f"ns{number}.dns.example") for number in (1, 2)),
        registrant_company="Example Ltd",
        registrant_country_code=chance.choice(("US", "GB", "IS", "PA")),
        registrar_name=chance.choice(("NameCheap, Inc.", "GoDaddy.com, LLC", "MarkMonitor Inc.")),
    )


def profile(chance: random.Random) -> SenderProfile:
    """A sender seen before or not."""
    prevalence = drawn(chance, _PREVALENCES)
    known = prevalence != "new"
    days = round(chance.random() * 700, 2) if known else 0.0
    return SenderProfile(
        any_messages_benign=known and chance.random() < 0.5,
        any_messages_malicious_or_spam=chance.random() < 0.06,
        any_false_positives=chance.random() < 0.03,
        auth_failed=chance.random() < 0.05,
        prevalence=prevalence,
        solicited=known and chance.random() < 0.5,
        days_known=days,
        days_since=DaysSince(
            first_contact=days or None,
            last_contact=days / 10 if known else None,
            last_inbound=days / 10 if known else None,
            last_outbound=days / 5 if known and chance.random() < 0.4 else None,
        ),
    )


def visit(chance: random.Random, link: Link) -> LinkAnalysis:
    """The page behind a link: the one it names, mostly harmless."""
    page = link.display_text or "Welcome"
    disposition = drawn(chance, _PAGES)
    return LinkAnalysis(
        submitted=True,
        status_code=200,
        effective_url=link.href_url,
        redirect_history=(),
        unique_urls_accessed=(link.href_url,),
        additional_responses=(),
        files_downloaded=(),
        final_dom=Dom(
            raw=f"<html><body>{page}</body></html>", display_text=page, inner_text=page, links=()
        ),
        screenshot=picture("screenshot.png"),
        credphish=CredentialPage(
            brand=_opinion(chance, chance.choice(_BRANDS)) if disposition == "phishing" else None,
            confidence=drawn(chance, _CONFIDENCES),
            contains_captcha=chance.random() < 0.05,
            contains_login=disposition == "phishing" or chance.random() < 0.1,
            disposition=disposition,
        ),
    )


def codes(chance: random.Random, links: Sequence[Link]) -> Codes:
    """Mostly none; now and then one that opens a link of the message."""
    if not links or chance.random() > 0.03:
        return Codes(found=False, items=())
    target = chance.choice(links).href_url
    return Codes(found=True, items=(Code(type="url", data=target.url, url=target),))


def picture(name: str) -> Attachment:
    """The smallest file that looks like a picture."""
    return file_of(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", name, "image/png")

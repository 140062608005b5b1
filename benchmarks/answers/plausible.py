"""A provider that answers every question a rule may ask, as a well-equipped installation might.

Files are described by their bytes, links by themselves; opinions of models, registrations and
histories are drawn by the seed. It exists to let rules decide; it detects nothing.
"""

import random
from collections.abc import Callable, Mapping

from answers.files import exploded, members
from answers.opinions import (
    attack,
    codes,
    language,
    logos,
    macros,
    picture,
    profile,
    registration,
    topics,
    visit,
)
from chaffinch.message.message import Message
from chaffinch.message.model import Attachment, Link
from chaffinch.mql.digest import question_digest
from chaffinch.mql.functions.declare import Source
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.results import (
    Archive,
    Exif,
    Existence,
    Macros,
    OfficeDocument,
    OfficeIndicators,
    ReadText,
    SensitiveInformation,
    Text,
)
from chaffinch.mql.values import Unknown, unknown

OUTSIDE = tuple(name for name, one in FUNCTIONS.items() if one.source is not Source.PURE)
HISTORY_LISTS = ("recipient_emails", "recipient_domains", "sender_emails", "sender_domains")
_NOTHING = Existence(exists=False, risk="none")


class Plausible:
    """Answers for one message; equal questions equally."""

    def __init__(
        self, message: Message, seed: int, lists: Mapping[str, frozenset[str]] | None = None
    ) -> None:
        self.message = message
        self.seed = f"{seed}/{message.content_id}"
        self.lists = lists or {}

    def reference_list(self, name: str) -> frozenset[str] | tuple[object, ...] | None:
        """The lists given; of what history knows, this sender now and then."""
        if name not in HISTORY_LISTS:
            return self.lists.get(name)
        email = self.message.sender.email
        known = {"known@partner.example", "partner.example"}
        if email is not None and self.chance("history").random() < 0.35:
            known.add(email.email if name.endswith("emails") else email.domain.domain)
        return frozenset(known)

    def is_listed(self, name: str, text: str) -> Unknown:
        """All lists are there with all their entries, or not at all."""
        return unknown(f"${name}")

    def call(
        self, function: str, arguments: tuple[object, ...], keywords: Mapping[str, object]
    ) -> object:
        """An answer that could be true."""
        chance = self.chance(f"{function}/{question_digest(arguments, keywords)}")
        return _ANSWERS[function](self, chance, arguments[0] if arguments else None)

    def signal(self, name: str) -> Unknown:
        """Nobody measured a signal."""
        return unknown(f"signals.{name}")

    def element_signal(self, element: object, name: str) -> Unknown:
        """Nor one of an element."""
        return unknown(f".signals.{name}")

    def chance(self, question: str) -> random.Random:
        """Chance that is the same for the same question."""
        return random.Random(f"{self.seed}/{question}")

    def profile(self, _: random.Random, __: object) -> object:
        """What is remembered of the sender, under each of its keys the same."""
        return profile(self.chance("profile"))

    def explode(self, _: random.Random, file: object) -> object:
        """The files in a file."""
        return tuple(exploded(file)) if isinstance(file, Attachment) else ()

    def expand(self, _: random.Random, file: object) -> object:
        """The members of an archive."""
        return Archive(files=tuple(members(file)) if isinstance(file, Attachment) else ())

    def visit(self, chance: random.Random, link: object) -> object:
        """The page behind a link."""
        return visit(chance, link) if isinstance(link, Link) else None

    def codes(self, chance: random.Random, _: object) -> object:
        """The codes in an image."""
        return codes(chance, self.message.body.links)

    def language(self, chance: random.Random, text: object) -> object:
        """What a text says."""
        return language(chance, text if isinstance(text, str) else "")


Answer = Callable[[Plausible, random.Random, object], object]


def _office(_: Plausible, __: random.Random, ___: object) -> OfficeDocument:
    indicators = OfficeIndicators(encryption=_NOTHING, file_format=_NOTHING, vba_macros=_NOTHING)
    return OfficeDocument(indicators=indicators, macros=Macros(keywords=()), relationships=())


def _exif(_: Plausible, __: random.Random, file: object) -> Exif:
    title = file.file_name if isinstance(file, Attachment) else None
    return Exif(title=title, page_count=1, image_height=600, image_width=800, fields=())


_ANSWERS: Mapping[str, Answer] = {
    "profile.by_sender": Plausible.profile,
    "profile.by_sender_email": Plausible.profile,
    "profile.by_sender_domain": Plausible.profile,
    "beta.profile.by_reply_to": Plausible.profile,
    "file.explode": Plausible.explode,
    "file.expand_archives": Plausible.expand,
    "file.message_screenshot": lambda *_: picture("message.png"),
    "beta.message_screenshot": lambda *_: picture("message.png"),
    "file.html_screenshot": lambda *_: picture("page.png"),
    "file.oletools": _office,
    "beta.ocr": lambda *_: ReadText(text="", success=True, page_results=()),
    "beta.parse_exif": _exif,
    "beta.scan_qr": Plausible.codes,
    "ml.nlu_classifier": Plausible.language,
    "ml.logo_detect": lambda _, chance, __: logos(chance),
    "ml.macro_classifier": lambda _, chance, __: macros(chance),
    "ml.attack_score": lambda _, chance, __: attack(chance),
    "beta.fuzzy_attack_score": lambda _, chance, __: attack(chance),
    "beta.ml_topic": lambda _, chance, __: topics(chance),
    "beta.ml_translate": lambda _, __, text: Text(text=text if isinstance(text, str) else ""),
    "beta.ml_extract_sensitive_information": lambda *_: SensitiveInformation(elements=()),
    "ml.link_analysis": Plausible.visit,
    "beta.linkanalysis": Plausible.visit,
    "network.whois": lambda _, chance, __: registration(chance),
}

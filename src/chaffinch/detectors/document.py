"""Rule documents: one YAML file is one rule, in the public feeds' schema plus our examples.

Beside the feed's keys a document of ours carries ``labels`` (what the attack is, in our words) and
``fires_on`` / ``quiet_on`` (messages that must and must not match; ``docs/rules.md``).
"""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Literal

import msgspec

from chaffinch.core.plain_words import place_in, plainly, words_at
from chaffinch.core.vocabulary import Cause, Goal, Impersonated, Severity, Vector
from chaffinch.detectors.finding import Labels
from chaffinch.detectors.yaml_file import DOCUMENT_BYTES, PlacedError, YamlFile, read_yaml

__all__ = ["DOCUMENT_BYTES", "Example", "RuleDocument", "RuleType", "read_document"]

RuleType = Literal["rule", "dlp", "query", "exclusion", "triage_rule"]
NOT_READ = frozenset(  # keys of the feeds' own service that say nothing to us
    [
        "action_ids",
        "auto_review_classification",
        "label",
        "maturity",
        "passive",
        "run_triage_on_excluded_messages",
        "user_provided_tags",
    ]
)
_PLACE = re.compile(r"[^.\[]+")

_GOALS = {
    "Credential Phishing": Goal.CREDENTIALS,
    "BEC/Fraud": Goal.PAYMENT,
    "Malware/Ransomware": Goal.MALWARE,
    "Callback Phishing": Goal.PAYMENT,
    "Extortion": Goal.EXTORTION,
    "Reconnaissance": Goal.RECONNAISSANCE,
}
_FACES = {
    "Impersonation: Brand": Impersonated.BRAND,
    "Impersonation: VIP": Impersonated.VIP,
    "Impersonation: Employee": Impersonated.EMPLOYEE,
    "Impersonation: Domain": Impersonated.OWN_DOMAIN,
    "Spoofing": Impersonated.OWN_DOMAIN,
}
_VECTORS = {
    "QR code analysis": Vector.QR,
    "URL analysis": Vector.LINK,
    "URL screenshot": Vector.LINK,
    "File analysis": Vector.ATTACHMENT,
    "Archive analysis": Vector.ATTACHMENT,
    "Macro analysis": Vector.ATTACHMENT,
}
_CAUSES = {
    "URL analysis": Cause.LINK,
    "URL screenshot": Cause.LINK,
    "File analysis": Cause.ATTACHMENT,
    "Archive analysis": Cause.ATTACHMENT,
    "Header analysis": Cause.AUTHENTICATION,
    "Sender analysis": Cause.IDENTITY,
}


class Example(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A message a rule must (or must not) match, with the organisation and history around it."""

    what: str
    message: str
    tenant: Mapping[str, object] = {}
    history: tuple[str, ...] = ()
    just_before: tuple[str, ...] = ()


class RuleDocument(msgspec.Struct, frozen=True, kw_only=True):
    """One rule as written; ``path`` says where."""

    name: str
    source: str
    path: str
    id: str = ""
    type: RuleType = "rule"
    severity: Severity = Severity.MEDIUM
    description: str = ""
    attack_types: tuple[str, ...] = ()
    tactics_and_techniques: tuple[str, ...] = ()
    detection_methods: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    authors: tuple[Mapping[str, str], ...] = ()
    false_positives: tuple[str, ...] = ()
    active: bool = True
    internal_type: str = ""
    default_actions: tuple[str, ...] = ()
    triage_abuse_reports: bool = False
    triage_ade_complete: bool = False
    triage_asa_complete: bool = False
    triage_classification_changes: bool = False
    triage_dlp_rule_matched: bool = False
    triage_email_bomb: bool = False
    triage_flagged_messages: bool = False
    labels: Labels | None = None
    fires_on: tuple[Example, ...] = ()
    quiet_on: tuple[Example, ...] = ()

    @property
    def meaning(self) -> Labels:
        """Its labels, or those its feed's vocabulary stands for."""
        return self.labels or _labels_of(self)

    @property
    def must_be_bool(self) -> bool:
        """Whether its source has to be true or false; a query may have any value."""
        return self.type != "query"


KEYS = tuple(name for name in RuleDocument.__struct_fields__ if name != "path")


def read_document(data: bytes, path: str) -> RuleDocument:
    """One YAML document as a rule.

    Raises:
        PlacedError: it is not YAML, not a mapping, or a key is wrong (codes D001 to D004).
    """
    return document_of(read_yaml(data), path)


def document_of(file: YamlFile, path: str) -> RuleDocument:
    """The mapping of a YAML file as a rule.

    Raises:
        PlacedError: a key is missing, misspelt or has a wrong value (code D004).
    """
    written = dict(file.values)
    for key in written:
        _refuse_slip(key, file)
    if isinstance(written.get("source"), bool):
        written["source"] = str(written["source"]).lower()
    try:
        return msgspec.convert({**written, "path": path}, RuleDocument, strict=False)
    except msgspec.ValidationError as error:
        at = _PLACE.match(place_in(str(error)))
        place = file.place_of(at.group() if at else "")
        raise PlacedError("D004", _plain(error), place) from error


def unknown_keys(file: YamlFile) -> Iterator[PlacedError]:
    """A warning for every key that means nothing here, maybe a newer feed's."""
    for key in file.values:
        if key not in KEYS and key not in NOT_READ:
            said = f"`{key}` is no key of a rule and is not read"
            hint = f"known keys: {', '.join(sorted(KEYS))}"
            yield PlacedError("L202", said, file.place_of(key), hint)


def _refuse_slip(key: str, file: YamlFile) -> None:
    """A key that is nearly one of ours was meant to be that one."""
    if key in KEYS or key in NOT_READ:
        return
    near = difflib.get_close_matches(key, KEYS, n=1, cutoff=0.7)
    if near and near[0] not in file.values:
        said = f"unknown key `{key}`; did you mean `{near[0]}`?"
        raise PlacedError("D004", said, file.place_of(key), f"write `{near[0]}`")


def _plain(error: msgspec.ValidationError) -> str:
    place = place_in(str(error))
    said = plainly(str(error), words_at(RuleDocument, place))
    return f"`{place}`: {said}" if place else said


def _labels_of(document: RuleDocument) -> Labels:
    goals = [_GOALS[one] for one in document.attack_types if one in _GOALS]
    vectors = [_VECTORS[one] for one in document.detection_methods if one in _VECTORS]
    if "Callback Phishing" in document.attack_types:
        vectors.insert(0, Vector.CALLBACK)
    faces = [_FACES[one] for one in document.tactics_and_techniques if one in _FACES]
    causes = [_CAUSES[one] for one in document.detection_methods if one in _CAUSES]
    is_spam = document.attack_types == ("Spam",)
    return Labels(
        cause=causes[0] if causes else Cause.REQUEST,
        goal=goals[0] if goals else Goal.NONE,
        vector=vectors[0] if vectors else None,
        impersonated=faces[0] if faces else Impersonated.NOBODY,
        kind="spam" if is_spam else "attack",
    )

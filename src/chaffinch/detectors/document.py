"""Rule documents: one YAML file is one rule, in the public feeds' schema plus our examples.

Beside the feed's keys a document of ours carries ``labels`` (what the attack is, in our words) and
``fires_on`` / ``quiet_on`` (messages that must and must not match; ``docs/rules.md``).
"""

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec
import yaml

from chaffinch.core.errors import RuleError
from chaffinch.core.plain_words import place_in, plainly, words_at
from chaffinch.core.vocabulary import Cause, Goal, Impersonated, Severity, Vector
from chaffinch.detectors.finding import Labels

DOCUMENT_BYTES = 2_000_000
RuleType = Literal["rule", "dlp", "query", "exclusion", "triage_rule"]
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

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
    false_positives: tuple[str, ...] = ()
    labels: Labels | None = None
    fires_on: tuple[Example, ...] = ()
    quiet_on: tuple[Example, ...] = ()

    @property
    def meaning(self) -> Labels:
        """Its labels, or those its feed's vocabulary stands for."""
        return self.labels or _labels_of(self)


def read_documents(folder: Path) -> Iterator[tuple[RuleDocument | None, str]]:
    """Every ``*.yml`` below the folder, as a document or as an error that names place and mend."""
    for path in sorted(folder.rglob("*.y*ml")):
        if path.suffix in (".yml", ".yaml") and path.is_file():
            name = str(path.relative_to(folder))
            try:
                yield read_document(path.read_bytes(), name), ""
            except RuleError as error:
                yield None, f"{path}: {error.message}"
            except OSError as error:
                yield None, f"{path}: cannot be read: {error.strerror}"


def read_document(data: bytes, path: str) -> RuleDocument:
    """One YAML document as a rule.

    Raises:
        RuleError: it is not YAML, not a mapping, or a key is wrong (codes D001 to D004).
    """
    if len(data) > DOCUMENT_BYTES:
        raise RuleError("D001", f"the file is larger than {DOCUMENT_BYTES} bytes")
    try:
        loaded = _safely_loaded(data)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise RuleError("D002", f"not YAML: {' '.join(str(error).split())}") from error
    if not isinstance(loaded, dict):
        raise RuleError("D003", "a rule is a mapping with at least `name` and `source`")
    written = {str(key): value for key, value in loaded.items() if value is not None}
    if isinstance(written.get("source"), bool):
        written["source"] = str(written["source"]).lower()
    try:
        return msgspec.convert({**written, "path": path}, RuleDocument, strict=False)
    except msgspec.ValidationError as error:
        raise RuleError("D004", f"{_plain(error)}{_nearest(written)}") from error


def _plain(error: msgspec.ValidationError) -> str:
    place = place_in(str(error))
    said = plainly(str(error), words_at(RuleDocument, place))
    return f"`{place}`: {said}" if place else said


def _safely_loaded(data: bytes) -> object:
    loader = _Loader(data)
    try:
        node = loader.get_single_node()
        _refuse_aliases(node)
        return None if node is None else loader.construct_document(node)
    finally:
        loader.dispose()


def _refuse_aliases(top: yaml.Node | None) -> None:
    """A rule needs no aliases, and what they stand for can multiply without end."""
    seen: set[int] = set()
    waiting: list[yaml.Node | None] = [top]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            raise yaml.YAMLError("aliases are not allowed in a rule document")
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            waiting += [one for pair in node.value for one in pair]


def _nearest(written: Mapping[str, object]) -> str:
    known = [one.name for one in msgspec.structs.fields(RuleDocument)]
    for key in written:
        near = difflib.get_close_matches(key, known, n=1, cutoff=0.7)
        if near and near[0] != key:
            return f"; did you mean `{near[0]}` instead of `{key}`?"
    return ""


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

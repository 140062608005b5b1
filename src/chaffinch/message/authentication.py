"""What receivers write about authentication: Authentication-Results and kin, SPF, DKIM."""

import re
from collections.abc import Sequence
from typing import TypeAlias

from chaffinch.message.domain import domain
from chaffinch.message.model import (
    AuthenticationResults,
    Compauth,
    DmarcDetails,
    Signature,
    SpfDetails,
)
from chaffinch.message.received import canonical_ip

LONGEST_RESULT = 16_384
MOST_SIGNATURES = 50
MOST_TAGS = 100

RESULT_FIELDS = frozenset(
    (
        "authentication-results",
        "arc-authentication-results",
        "x-ms-exchange-authentication-results",
        "x-original-authentication-results",
        "authentication-results-original",
        "x-authentication-results",
    )
)
# Copies of what another receiver said; they never speak for the one who stands above them.
QUOTED_RESULTS = frozenset(("x-original-authentication-results", "authentication-results-original"))
SIGNATURE_FIELDS = ("dkim-signature", "arc-message-signature")

# What stands between two semicolons: the word or the pair in front (``method=verdict``), the other
# pairs by their names, of equal names the first, and the comments.
_Segment: TypeAlias = tuple[str, str | None, dict[str, str], str]

# A segment as nearly everybody writes it, in lower case: the first word or pair, at most one
# comment right behind it, and other pairs. The last group is all that is written otherwise.
_USUAL_SEGMENT = re.compile(
    r"\s*+([^\s;()\"=]++)(?:=([^\s;()\"=]++))?\s*+(?:\(([^()]*+)\)\s*+)?([^;()\"]*+)(?:;|\Z)|(.++)",
    re.DOTALL,
)
# One token of a text in lower case: name=value, a bare word, the comment in parentheses, or the
# semicolon.
_TOKEN = re.compile(
    r"([a-z][a-z0-9.-]*+)\s*+=\s*+(\"[^\"]*+\"|[^\s;()\"]++)"
    r"|([^\s;()\"]++)"
    r"|\(([^()]*+(?>(?:\([^()]*+\)[^()]*+)*))\)"
    r"|(;)"
    r"|\"[^\"]*+\""
)
_END = ("", "", "", "", ";")
_PAIR = re.compile(r"([a-z][a-z0-9.-]*+)=([^\s;()]++)")
_LETTERS = re.compile(r"[a-z]*+")
_DIGITS = re.compile(r"[0-9]{1,4}")
_JUDGED = frozenset(("spf", "dkim", "dmarc", "compauth", "arc"))
_BEFORE_IP = ("sender ip is ", "client-ip=", "designates ", "not designate ", "use of ")


def _segments(value: str) -> list[_Segment]:
    """What stands between the semicolons of a value in lower case."""
    found = []
    for word, text, comment, others, rest in _USUAL_SEGMENT.findall(value.rstrip("; ")):
        properties = _properties(others)
        if rest or properties is None:
            return _tokenised(value)
        found.append((word, text or None, properties, comment))
    return found


def _properties(text: str) -> dict[str, str] | None:
    """The pairs of a text by name, the first of a name counts; None where a sign stands apart."""
    found: dict[str, str] = {}
    for word in text.split():
        name, equals, value = word.partition("=")
        if equals:
            if not name or not value:
                return None
            found.setdefault(name, value)
    return found


def _tokenised(value: str) -> list[_Segment]:
    """The segments of any value at all, quotation marks and comments in comments undone."""
    found: list[_Segment] = []
    word = comment = ""
    pairs: list[tuple[str, str]] = []
    for name, text, bare, note, semicolon in (*_TOKEN.findall(value), _END):
        if name:
            pairs.append((name, text.strip('"') if text[0] == '"' else text))
        elif semicolon:
            first = (word, None) if word or not pairs else pairs.pop(0)
            found.append((*first, dict(reversed(pairs)), comment))
            word, pairs, comment = "", [], ""
        elif note:
            comment += note
        elif bare and not word and not pairs:
            word = bare
    return found


def authentication_results(name: str, value: str) -> AuthenticationResults:
    """One results header, whatever server wrote it.

    >>> found = authentication_results("Authentication-Results", "spf=pass (sender IP is 192.0.2.1)"
    ...     " smtp.mailfrom=acme.example; dkim=none header.d=none;dmarc=bestguesspass action=none"
    ...     " header.from=acme.example;compauth=pass reason=109")
    >>> found.server, found.spf, found.dkim, found.dmarc, found.spf_details.client_ip
    (None, 'pass', 'none', 'bestguesspass', '192.0.2.1')
    """
    said: dict[str, tuple[str, dict[str, str], str]] = {}
    signatures: list[Signature] = []
    instance = server = None
    for word, text, properties, comment in _segments(value[:LONGEST_RESULT].lower()):
        if text is None:
            server = server or ("" if "=" in word else word[:255]) or None
        elif word == "i":
            instance = _number(text)
        elif word in _JUDGED and (verdict := _letters(text)):
            if word != "dkim":
                said.setdefault(word, (verdict, properties, comment))
            elif len(signatures) < MOST_SIGNATURES:
                signatures.append(_judged_signature(verdict, properties))
    spf, dmarc, compauth, arc = map(said.get, ("spf", "dmarc", "compauth", "arc"))
    return AuthenticationResults(
        name.lower(),
        server,
        instance,
        spf[0] if spf else None,
        _spf(*spf) if spf else None,
        _dkim_verdict(signatures),
        tuple(signatures),
        dmarc[0] if dmarc else None,
        _dmarc(*dmarc) if dmarc else None,
        Compauth(compauth[0], compauth[1].get("reason")) if compauth else None,
        arc[0] if arc else None,
    )


def _letters(text: str) -> str:
    """The small letters a text begins with."""
    if text.isalpha() and text.isascii():
        return text
    found = _LETTERS.match(text)
    return found[0] if found else ""


def _number(text: str) -> int | None:
    """A small number in front of a text."""
    digits = _DIGITS.match(text)
    return int(digits[0]) if digits else None


def _spf(verdict: str, properties: dict[str, str], comment: str) -> SpfDetails:
    get = properties.get
    designator = get("smtp.mailfrom") or get("smtp.mail") or get("smtp.helo")
    client = canonical_ip(remote) if (remote := get("smtp.remote-ip")) else None
    return SpfDetails(
        verdict, designator or _designator(comment) or None, client or _client_ip(comment)
    )


def _dmarc(verdict: str, properties: dict[str, str], comment: str) -> DmarcDetails:
    get = properties.get
    inner = dict(_PAIR.findall(comment)) if "=" in comment else {}
    host = get("header.from", "").rpartition("@")[2].strip("<>")
    return DmarcDetails(
        verdict,
        get("action") or inner.get("dis"),
        get("p") or inner.get("p") or get("policy.published-domain-policy"),
        domain(host) if host else None,
    )


def _judged_signature(verdict: str, properties: dict[str, str]) -> Signature:
    get = properties.get
    host = get("header.d") or get("header.i", "").rpartition("@")[2]
    return Signature(
        host if host and host != "none" else None,
        get("header.s"),
        None,
        verdict,
        get("header.a"),
    )


def _dkim_verdict(signatures: Sequence[Signature]) -> str | None:
    """One passing signature is a pass."""
    verdicts = [signature.verdict for signature in signatures]
    return "pass" if "pass" in verdicts else next(iter(verdicts), None)


def received_spf(value: str) -> SpfDetails:
    """A Received-SPF header.

    >>> received_spf("Pass (mx.example: domain of a.example designates 192.0.2.1 as permitted"
    ...              " sender) client-ip=192.0.2.1").designator
    'a.example'
    """
    text = value[:LONGEST_RESULT].lower()
    verdict = _letters(text.lstrip()[:100])
    _, _, behind = text.partition("(")
    comment, closing, tail = behind.partition(")")
    while comment.count("(") > comment.count(")") and closing:
        more, closing, tail = tail.partition(")")
        comment = f"{comment}){more}"
    get = dict(reversed(_PAIR.findall(tail if closing else text))).get
    designator = _designator(comment) or get("envelope-from", "")
    return SpfDetails(
        verdict or None,
        designator.strip('<>"') or None,
        canonical_ip(get("client-ip", "")) or _client_ip(comment),
    )


def signature(value: str) -> Signature:
    """A DKIM-Signature (or ARC-Message-Signature) header.

    >>> signature("v=1; d=acme.example; s=k1; h=from:subject; l=20; b=x").has_length_limit
    True
    """
    tags = tags_of(value)
    host, algorithm = _tag(tags, "d"), _tag(tags, "a")
    return Signature(
        domain=host.lower() if host else None,
        selector=_tag(tags, "s"),
        headers=_tag(tags, "h"),
        algorithm=algorithm.lower() if algorithm else None,
        instance=_number(tags.get("i", "").strip()),
        has_length_limit="l" in tags,
    )


def tags_of(value: str) -> dict[str, str]:
    """The ``name=value`` tags of a signature or seal; the first of a name counts.

    >>> tags_of("i=1; CV=none")
    {'i': '1', 'cv': 'none'}
    """
    tags: dict[str, str] = {}
    for piece in value[:LONGEST_RESULT].split(";")[:MOST_TAGS]:
        name, equals, text = piece.partition("=")
        if equals:
            tags.setdefault(name.strip().lower(), text)
    return tags


def _tag(tags: dict[str, str], name: str) -> str | None:
    """The value of a tag, white space within taken out; None where it is missing."""
    return "".join(tags[name].split()) if name in tags else None


def merged(results: list[AuthenticationResults]) -> AuthenticationResults | None:
    """The results one server spread over several headers, as one; None of none.

    >>> spf = authentication_results("Authentication-Results", "mx.example; spf=pass")
    >>> dmarc = authentication_results("Authentication-Results", "mx.example; dmarc=fail")
    >>> both = merged([spf, dmarc])
    >>> both.spf, both.dmarc
    ('pass', 'fail')
    """
    if len(results) <= 1:
        return results[0] if results else None
    first = results[0]
    kin = [result for result in results if _author(result) == _author(first)]
    signatures = [signature for result in kin for signature in result.dkim_details]
    spf = next((r.spf_details for r in kin if r.spf_details), None)
    dmarc = next((r.dmarc_details for r in kin if r.dmarc_details), None)
    return AuthenticationResults(
        type=first.type,
        server=first.server,
        instance=first.instance,
        spf=spf.verdict if spf else None,
        spf_details=spf,
        dkim=_dkim_verdict(signatures),
        dkim_details=tuple(signatures[:MOST_SIGNATURES]),
        dmarc=dmarc.verdict if dmarc else None,
        dmarc_details=dmarc,
        compauth=next((r.compauth for r in kin if r.compauth), None),
        arc=next((r.arc for r in kin if r.arc), None),
    )


def _author(result: AuthenticationResults) -> tuple[str, str | None, int | None]:
    return result.type, result.server, result.instance


def _designator(comment: str) -> str | None:
    """Whom the comment of an SPF result speaks of; the comment is in lower case."""
    _, found, rest = comment.partition("domain of ")
    if found:
        return _first_word(rest.removeprefix("transitioning "))
    before, found, _ = comment.partition(" does not designate")
    return _first_word(before.rpartition(": ")[2]) if found else None


def _first_word(text: str) -> str | None:
    words = text[:400].split(None, 1)
    return words[0].strip("()")[:320] or None if words else None


def _client_ip(comment: str) -> str | None:
    """The address the comment of an SPF result speaks of; the comment is in lower case."""
    for mark in _BEFORE_IP:
        if mark in comment:
            word = _first_word(comment.partition(mark)[2])
            ip = canonical_ip(word.strip('".:;,')) if word else None
            if ip is not None:
                return ip
    return None

"""What receivers write about authentication: Authentication-Results and kin, SPF, DKIM."""

import re
from functools import lru_cache

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

_SEGMENT = re.compile(r"(?>(?:[^;()\"]|\"[^\"]*+\"|\((?>(?:[^()]|\([^()]*+\))*)\)|[()\"])+)")
_METHOD = re.compile(
    r"\s*+(spf|dkim|dmarc|compauth|arc|iprev|auth|dkim-atps)\s*+=\s*+([a-z]++)", re.IGNORECASE
)
_COMMENT = re.compile(r"\((?>(?:[^()]|\([^()]*+\))*)\)")
_PROPERTY = re.compile(
    r"(?<![a-z0-9.-])([a-z][a-z0-9.-]*+)\s*+=\s*+(\"[^\"]*+\"|[^\s;()\"]++)", re.IGNORECASE
)
_SENDER_IP = re.compile(
    r"(?:sender ip is|client-ip=|designates|use of|smtp\.remote-ip=)\s*+\"?\[?([0-9a-f.:]{3,45})",
    re.IGNORECASE,
)
_DOMAIN_OF = re.compile(r"domain of (?:transitioning )?([^\s()]{1,320})", re.IGNORECASE)
_BARE_DESIGNATOR = re.compile(r":\s([^\s()]{1,320}) does not designate", re.IGNORECASE)
_TAG = re.compile(r"([a-z]{1,20})\s*+=\s*+([^;]*+)", re.IGNORECASE)
_WHITE = re.compile(r"\s++")


def authentication_results(name: str, value: str) -> AuthenticationResults:
    """One results header, whatever server wrote it.

    >>> found = authentication_results("Authentication-Results", "spf=pass (sender IP is 192.0.2.1)"
    ...     " smtp.mailfrom=acme.example; dkim=none header.d=none;dmarc=bestguesspass action=none"
    ...     " header.from=acme.example;compauth=pass reason=109")
    >>> found.server, found.spf, found.dkim, found.dmarc, found.spf_details.client_ip
    (None, 'pass', 'none', 'bestguesspass', '192.0.2.1')
    """
    return _results(name.lower(), value[:LONGEST_RESULT])


@lru_cache(maxsize=64)  # the hops and what our side wrote hold the same headers
def _results(name: str, value: str) -> AuthenticationResults:
    spf, dmarc, compauth = None, None, None
    signatures: list[Signature] = []
    server, instance = None, None
    for segment in _segments(value):
        method = _METHOD.match(segment)
        if method is None:
            instance, server = _head(segment, instance, server)
            continue
        kind, verdict = method[1].lower(), method[2].lower()
        if kind == "spf" and spf is None:
            spf = _spf(verdict, segment)
        elif kind == "dkim" and len(signatures) < MOST_SIGNATURES:
            signatures.append(_signature(verdict, segment))
        elif kind == "dmarc" and dmarc is None:
            dmarc = _dmarc(verdict, segment)
        elif kind == "compauth" and compauth is None:
            compauth = Compauth(verdict=verdict, reason=_properties(segment).get("reason"))
    return AuthenticationResults(
        type=name,
        server=server,
        instance=instance,
        spf=spf.verdict if spf else None,
        spf_details=spf,
        dkim=_dkim_verdict(signatures),
        dkim_details=tuple(signatures),
        dmarc=dmarc.verdict if dmarc else None,
        dmarc_details=dmarc,
        compauth=compauth,
    )


def _segments(value: str) -> list[str]:
    """The parts between semicolons that stand outside quotes and comments."""
    return [segment for segment in _SEGMENT.findall(value) if segment.strip()]


def _head(segment: str, instance: int | None, server: str | None) -> tuple[int | None, str | None]:
    word = _COMMENT.sub("", segment).strip().split(None, 1)
    if not word:
        return instance, server
    if word[0].lower().startswith("i=") and word[0][2:6].isdecimal() and word[0].isascii():
        return int(word[0][2:6]), server
    if server is None and "=" not in word[0]:
        return instance, word[0].lower()[:255]
    return instance, server


def _properties(segment: str) -> dict[str, str]:
    """``ptype.property=value`` pairs, outside comments; the first of a name counts."""
    found: dict[str, str] = {}
    for name, value in _PROPERTY.findall(_COMMENT.sub(" ", segment)):
        found.setdefault(name.lower(), value.strip('"'))
    return found


def _spf(verdict: str, segment: str) -> SpfDetails:
    properties = _properties(segment)
    designator = (
        properties.get("smtp.mailfrom")
        or properties.get("smtp.mail")
        or properties.get("smtp.helo")
        or _designator(segment)
    )
    return SpfDetails(verdict=verdict, designator=_lower(designator), client_ip=_client_ip(segment))


def _dmarc(verdict: str, segment: str) -> DmarcDetails:
    properties = _properties(segment)
    inner = {name.lower(): value for name, value in _PROPERTY.findall(segment)}
    from_host = properties.get("header.from", "").rpartition("@")[2].strip("<>")
    return DmarcDetails(
        verdict=verdict,
        action=_lower(properties.get("action") or inner.get("dis")),
        policy=_lower(inner.get("p") or properties.get("policy.published-domain-policy")),
        from_=domain(from_host) if from_host else None,
    )


def _signature(verdict: str, segment: str) -> Signature:
    properties = _properties(segment)
    host = properties.get("header.d") or properties.get("header.i", "").rpartition("@")[2]
    return Signature(
        domain=_lower(host) if host and host.lower() != "none" else None,
        selector=properties.get("header.s"),
        verdict=verdict,
    )


def _dkim_verdict(signatures: list[Signature]) -> str | None:
    """One passing signature is a pass."""
    verdicts = [signature.verdict for signature in signatures]
    return "pass" if "pass" in verdicts else next(iter(verdicts), None)


def received_spf(value: str) -> SpfDetails:
    """A Received-SPF header.

    >>> received_spf("Pass (mx.example: domain of a.example designates 192.0.2.1 as permitted"
    ...              " sender) client-ip=192.0.2.1").designator
    'a.example'
    """
    text = value[:LONGEST_RESULT]
    verdict = text.split(None, 1)[0].strip(":;(").lower() if text.strip() else None
    properties = _properties(text)
    designator = _designator(text) or properties.get("envelope-from")
    client = properties.get("client-ip")
    return SpfDetails(
        verdict=verdict,
        designator=_lower(designator.strip("<>") if designator else None),
        client_ip=(canonical_ip(client) if client else None) or _client_ip(text),
    )


def signature(value: str) -> Signature:
    """A DKIM-Signature (or ARC-Message-Signature) header.

    >>> signature("v=1; d=acme.example; s=k1; h=from:subject; l=20; b=x").has_length_limit
    True
    """
    tags: dict[str, str] = {}
    for piece in value[:LONGEST_RESULT].split(";")[:100]:
        tag = _TAG.match(piece.strip())
        if tag is not None:
            tags.setdefault(tag[1].lower(), _WHITE.sub("", tag[2]))
    return Signature(
        domain=_lower(tags.get("d")),
        selector=tags.get("s"),
        headers=tags.get("h"),
        has_length_limit="l" in tags,
    )


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
    )


def _author(result: AuthenticationResults) -> tuple[str, str | None, int | None]:
    return result.type, result.server, result.instance


def _designator(text: str) -> str | None:
    match = _DOMAIN_OF.search(text) or _BARE_DESIGNATOR.search(text)
    return match[1] if match else None


def _client_ip(text: str) -> str | None:
    match = _SENDER_IP.search(text)
    return canonical_ip(match[1].rstrip(".:")) if match else None


def _lower(text: str | None) -> str | None:
    return text.lower() if text else None

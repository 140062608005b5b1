"""What the results our side stands by say about the From domain."""

from chaffinch.message.authentication import QUOTED_RESULTS
from chaffinch.message.domain import organisation
from chaffinch.message.model import (
    AuthenticationResults,
    AuthSummary,
    DmarcSummary,
    Domain,
    SpfDetails,
    SpfSummary,
    Value,
)

ERRORS = frozenset(("temperror", "permerror", "error"))
_NOT_JUDGED = frozenset(("temperror", "timeout"))  # a signature whose key could not be fetched


class Trusted(Value):
    """A result that stands above our boundary, and the hop it stands in."""

    hop_index: int
    results: AuthenticationResults


def believable(found: list[Trusted]) -> tuple[Trusted, ...]:
    """The results that speak for our side, nearest to the boundary first, plain ones before ARC."""
    own = [one for one in found if one.results.type not in QUOTED_RESULTS]
    ranked = sorted(own, key=lambda one: one.results.type.startswith("arc-"))
    return tuple(ranked)


def auth_summary(
    trusted: tuple[Trusted, ...], spf_line: tuple[int, SpfDetails] | None
) -> AuthSummary:
    """The message-level summary; ``spf_line`` is a trusted Received-SPF with its hop."""
    spf = next((one for one in trusted if one.results.spf), None)
    dmarc = next((one for one in trusted if one.results.dmarc), None)
    return AuthSummary(
        spf=_spf_summary(spf, spf_line),
        dmarc=None
        if dmarc is None
        else DmarcSummary(
            pass_=dmarc.results.dmarc == "pass",
            error=dmarc.results.dmarc in ERRORS,
            details=dmarc.results.dmarc_details,
            received_hop=dmarc.hop_index,
        ),
    )


def _spf_summary(
    found: Trusted | None, spf_line: tuple[int, SpfDetails] | None
) -> SpfSummary | None:
    if found is not None and found.results.spf_details is not None:
        index, details = found.hop_index, found.results.spf_details
    elif spf_line is not None and spf_line[1].verdict:
        index, details = spf_line
    else:
        return None
    return SpfSummary(
        pass_=details.verdict == "pass",
        error=details.verdict in ERRORS,
        details=details,
        received_hop=index,
    )


def is_spf_aligned(summary: AuthSummary, author: Domain | None) -> bool | None:
    """SPF passed for the organisation of the From address; None where nobody trusted judged it."""
    if summary.spf is None or summary.spf.error or author is None:
        return None
    details = summary.spf.details
    host = details.designator.rpartition("@")[2] if details and details.designator else None
    return bool(summary.spf.pass_) and organisation(host) == author.organisational


def is_dkim_aligned(trusted: tuple[Trusted, ...], author: Domain | None) -> bool | None:
    """A signature of the From address's organisation verified; None where nobody trusted judged."""
    judged = [one.results for one in trusted if one.results.dkim]
    if not judged or author is None:
        return None
    nearest = [result for result in judged if result.type == judged[0].type]
    signatures = [signature for result in nearest for signature in result.dkim_details]
    if any(
        signature.verdict == "pass" and organisation(signature.domain) == author.organisational
        for signature in signatures
    ):
        return True
    return None if any(signature.verdict in _NOT_JUDGED for signature in signatures) else False


def fails_dmarc(summary: AuthSummary) -> bool:
    """Whether DMARC failed, which is more than that it did not pass."""
    dmarc = summary.dmarc
    return dmarc is not None and dmarc.details is not None and dmarc.details.verdict == "fail"


def is_authenticated(
    summary: AuthSummary, spf_aligned: bool | None, dkim_aligned: bool | None, author: Domain | None
) -> bool | None:
    """The From domain is proven, as DMARC would have it; None where nobody trusted judged.

    ``bestguesspass`` is no pass: it counts only through an aligned SPF or DKIM pass.
    """
    dmarc = summary.dmarc
    if dmarc is not None and author is not None:
        judged = dmarc.details.from_ if dmarc.details else None
        names_author = judged is None or judged.organisational == author.organisational
        if dmarc.pass_ and names_author:
            return True
        if dmarc.details and dmarc.details.verdict == "fail" and names_author:
            return False
    if spf_aligned or dkim_aligned:
        return True
    return None if spf_aligned is None and dkim_aligned is None else False

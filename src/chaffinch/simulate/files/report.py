"""Reports that machines send: DMARC aggregates, TLS reports, notices of failed delivery."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime

from chaffinch.simulate.files.archive import archive
from chaffinch.simulate.files.office import said, xml
from chaffinch.simulate.files.stored import gzip_stream

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Source:
    """A host that sent mail in the domain's name, and how its mail fared."""

    ip: str
    count: int
    dkim: str = "pass"
    spf: str = "pass"
    disposition: str = "none"


@dataclass(frozen=True, slots=True)
class Period:
    """Who reports to whom about which day."""

    submitter: str
    domain: str
    begins: datetime
    contact: str = ""

    @property
    def first(self) -> int:
        """The period's first second, counted from 1970."""
        return int(self.begins.timestamp())

    @property
    def last(self) -> int:
        """Its last second."""
        return int((self.begins + _DAY).timestamp()) - 1

    @property
    def name(self) -> str:
        """The name a report's file has, without its ending."""
        return f"{self.submitter}!{self.domain}!{self.first}!{self.last}"


def aggregate(period: Period, sources: Sequence[Source], policy: str = "reject") -> bytes:
    """The DMARC report of a day, as XML."""
    contact = period.contact or f"postmaster@{period.submitter}"
    head = (
        f"<report_metadata><org_name>{said(period.submitter)}</org_name>"
        f"<email>{said(contact)}</email><report_id>{period.first}.{len(sources)}</report_id>"
        f"<date_range><begin>{period.first}</begin><end>{period.last}</end></date_range>"
        f"</report_metadata><policy_published><domain>{said(period.domain)}</domain><adkim>r</adkim>"
        f"<aspf>r</aspf><p>{policy}</p><sp>{policy}</sp><pct>100</pct></policy_published>"
    )
    records = "".join(_record(source, said(period.domain)) for source in sources)
    return xml(f"<feedback><version>1.0</version>{head}{records}</feedback>\n")


def _record(source: Source, domain: str) -> str:
    return (
        f"<record><row><source_ip>{source.ip}</source_ip><count>{source.count}</count>"
        f"<policy_evaluated><disposition>{source.disposition}</disposition><dkim>{source.dkim}</dkim>"
        f"<spf>{source.spf}</spf></policy_evaluated></row><identifiers><header_from>{domain}"
        f"</header_from></identifiers><auth_results><dkim><domain>{domain}</domain>"
        f"<result>{source.dkim}</result></dkim><spf><domain>{domain}</domain>"
        f"<result>{source.spf}</result></spf></auth_results></record>"
    )


def zipped(period: Period, report: bytes) -> bytes:
    """The report in a ZIP archive, under the name it has to have."""
    return archive({f"{period.name}.xml": report}, made=period.begins + _DAY)


def gzipped(period: Period, report: bytes, ending: str = "xml") -> bytes:
    """The report as a gzip file."""
    return gzip_stream(report, f"{period.name}.{ending}", period.last + 1)


def tls_report(period: Period, succeeded: int, failed: int = 0) -> bytes:
    """The report of a day's encrypted sessions, as JSON; failures are expired certificates."""
    failures = {
        "result-type": "certificate-expired",
        "receiving-mx-hostname": f"mx1.{period.domain}",
        "failed-session-count": failed,
    }
    policy = {
        "policy": {"policy-type": "sts", "policy-domain": period.domain},
        "summary": {
            "total-successful-session-count": succeeded,
            "total-failure-session-count": failed,
        },
        "failure-details": [failures] if failed else [],
    }
    days = {
        "start-datetime": f"{period.begins:%Y-%m-%dT%H:%M:%SZ}",
        "end-datetime": f"{period.begins + _DAY - timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}",
    }
    report = {
        "organization-name": period.submitter,
        "date-range": days,
        "contact-info": period.contact or f"tlsrpt@{period.submitter}",
        "report-id": f"{period.first}_{period.domain}",
        "policies": [policy],
    }
    return json.dumps(report, separators=(",", ":")).encode()


def delivery_status(
    reporter: str, recipient: str, arrived: datetime, status: str = "5.1.1", said_by: str = ""
) -> str:
    """The fields of a ``message/delivery-status`` part: a message that could not be delivered.

    >>> from datetime import UTC
    >>> at = datetime(2025, 3, 4, 10, tzinfo=UTC)
    >>> delivery_status("mx.acme.example", "bo@acme.example", at).count("Action: failed")
    1
    """
    action = "delayed" if status.startswith("4") else "failed"
    diagnosis = said_by or f"550 {status} The recipient does not exist"
    when = format_datetime(arrived)
    return (
        f"Reporting-MTA: dns; {reporter}\r\nArrival-Date: {when}\r\n\r\n"
        f"Final-Recipient: rfc822; {recipient}\r\nAction: {action}\r\nStatus: {status}\r\n"
        f"Diagnostic-Code: smtp; {diagnosis}\r\n"
    )

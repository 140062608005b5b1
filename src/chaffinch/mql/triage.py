"""What an automation may name beside the message: ``triage.*``, the case it is asked about."""

from chaffinch.message.model import Value


class Classification(Value, frozen=True):
    """What somebody or something said the message is."""

    classification: str | None = None


class AgentOpinion(Value, frozen=True):
    """What an analysing agent concluded."""

    verdict: str | None = None


class Agents(Value, frozen=True):
    """The agents that looked at the message."""

    asa: AgentOpinion | None = None


class UserReports(Value, frozen=True):
    """What users reported."""

    count: int = 0


class FlaggedRule(Value, frozen=True):
    """A rule that flagged the message."""

    id: str = ""
    name: str = ""


class Triage(Value, frozen=True):
    """The case: what set the automation off, and what is known of the message by then."""

    trigger: str | None = None
    classification: Classification | None = None
    agents: Agents | None = None
    user_reports: UserReports | None = None
    flagged_rules: tuple[FlaggedRule, ...] = ()


CONTEXT = (("triage", Triage),)

"""Rules that decide from a recording, and recordings made of what rules were answered."""

from chaffinch.detectors.capabilities import EvidenceCapabilities
from chaffinch.mql.capabilities import Capabilities
from chaffinch.mql.recorded import Recorded
from chaffinch.mql.recorder import Journal, Recorder
from chaffinch.mql.recording import Recording
from chaffinch.signals.evidence import Evidence


def recorded_capabilities(
    evidence: Evidence, recording: Recording, beneath: Capabilities | None = None
) -> Capabilities:
    """Answers from the recording of this message; what it lacks from the evidence."""
    answers = EvidenceCapabilities(evidence) if beneath is None else beneath
    return Recorded(recording, evidence.message.content_id, answers)


def recording_capabilities(
    evidence: Evidence, journal: Journal, live: Capabilities | None = None
) -> Capabilities:
    """Answers of a live provider (the evidence alone, where none is named), written down."""
    answers = EvidenceCapabilities(evidence) if live is None else live
    return Recorder(answers, evidence.message.content_id, journal)

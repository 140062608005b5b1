"""What decides over what: one order, the same for every message and scope."""

from typing import NamedTuple


class Rank(NamedTuple):
    """One thing that decides, over all that come after it."""

    name: str
    what: str


ORDER = (
    Rank("simulation", "phishing that was ordered is a simulation, whatever else is true of it"),
    Rank("exclusion", "what is only watched is delivered, whatever its verdict"),
    Rank("deny", "what an entry denies is malicious, and no brake softens what is done"),
    Rank("allow", "allow entries and trusted services silence findings of the causes they name"),
    Rank("detectors", "findings that are not silenced are summed, cause by cause"),
    Rank("model", "what a model says is one part more of that sum (none ships yet)"),
    Rank("thresholds", "where the sum lies says which verdict, the verdict what is done"),
)

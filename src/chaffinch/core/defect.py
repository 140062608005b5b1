"""What was wrong with the bytes of a message, and where."""

import msgspec


class Defect(msgspec.Struct, frozen=True):
    """One thing wrong with a message: a stable ``code`` (kebab case) and where it was seen."""

    code: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.code}: {self.detail}" if self.detail else self.code

"""What is wrong with a rule file: place, code, what to do, and how a person reads it."""

from pathlib import Path

import msgspec

from chaffinch.core.errors import RuleError
from chaffinch.detectors.yaml_file import Place, PlacedError, YamlFile

WARNING = "L"


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """One error or warning about a file; ``text`` shows it with the line it stands on."""

    path: str
    code: str
    line: int
    column: int
    message: str
    hint: str = ""
    text: str = ""

    @property
    def is_warning(self) -> bool:
        """Whether the rule can be used all the same."""
        return self.code.startswith(WARNING)

    def __str__(self) -> str:
        return self.text or f"{self.path}: {self.message}"


def of_file(path: Path | str, error: RuleError) -> Problem:
    """What is wrong with a file as a whole, or with one of its keys."""
    place = error.place if isinstance(error, PlacedError) else Place()
    level = "warning: " if error.is_warning else ""
    hint = f"; {error.hint}" if error.hint else ""
    return _problem(path, error, place, f"{path}:{place.line}: {level}{error.message}{hint}")


def of_source(path: Path | str, error: RuleError, file: YamlFile, source: str) -> Problem:
    """What is wrong in the source of a file."""
    place = file.source_place(source, error.start)
    first = place.line - source.count("\n", 0, error.start)
    return _problem(path, error, place, error.render(source, str(path), first_line=first))


def _problem(path: Path | str, error: RuleError, place: Place, text: str) -> Problem:
    return Problem(
        path=str(path),
        code=error.code,
        line=place.line,
        column=place.column,
        message=error.message,
        hint=error.hint,
        text=text,
    )

"""Every error this project raises on purpose; mail never raises, it becomes ``message.defects``.

ChaffinchError
├── UsageError          what the caller asked cannot be done as asked
│   ├── SettingsError   a settings or tenant file is wrong; names file, line and the mend
│   ├── RecordingError  a recording is wrong; names file, line and place
│   └── UnreadableError a file or folder cannot be read as mail; names it and says why
├── RuleError           a rule cannot be used; carries code, span and hint
├── DeclarationError    a signal or detector is declared against its contract
└── StoreError          a profile store or ledger cannot be opened or read
"""

_LINE, _BEFORE = 120, 60  # characters of a long source line that are shown; of them before a caret


class ChaffinchError(Exception):
    """The root: catching it catches everything raised here on purpose."""


class UsageError(ChaffinchError):
    """What the caller asked for cannot be done as asked."""


class SettingsError(UsageError):
    """A settings or tenant file is wrong; the text names file, line and the mend."""


class RecordingError(UsageError):
    """A recording is wrong; the text names file, line and place."""


class UnreadableError(UsageError):
    """A path cannot be read as mail; the text names it and says why."""


class DeclarationError(ChaffinchError):
    """A signal or detector is declared against its contract."""


class StoreError(ChaffinchError):
    """A profile store or a ledger cannot be opened or read."""


class RuleError(ChaffinchError):
    """A rule cannot be used: ``code``, ``message``, ``start``/``end`` in its source, ``hint``.

    A code that begins with L is a warning: the rule can be used, but hardly means what it says.
    """

    def __init__(
        self, code: str, message: str, *, start: int = 0, end: int = 0, hint: str = ""
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.start = start
        self.end = end
        self.hint = hint

    @property
    def is_warning(self) -> bool:
        """Whether the rule can be used all the same."""
        return self.code.startswith("L")

    def render(self, source: str, where: str = "", first_line: int = 1) -> str:
        """The error as a person reads it: place, source line, caret, hint.

        ``first_line`` is the line of ``where`` on which the source begins.

        >>> hint = "did you mean `address`?"
        >>> error = RuleError("M103", "unknown field", start=7, end=13, hint=hint)
        >>> print(error.render("sender.adress.domain"))
        error[M103]: unknown field
          |
        1 | sender.adress.domain
          |        ^^^^^^ did you mean `address`?
        """
        line_number = source.count("\n", 0, self.start) + first_line
        line_start = source.rfind("\n", 0, self.start) + 1
        line_end = source.find("\n", self.start)
        line = source[line_start : line_end if line_end >= 0 else len(source)]
        shown, caret = _underlined(line, self.start - line_start, self.end - line_start)
        gutter = " " * len(str(line_number))
        level = "warning" if self.is_warning else "error"
        rows = [
            f"{level}[{self.code}]: {self.message}",
            *([f"{gutter}--> {where}:{line_number}"] if where else []),
            f"{gutter} |",
            f"{line_number} | {shown}",
            f"{gutter} | {caret} {self.hint}".rstrip(),
        ]
        return "\n".join(rows)


def _underlined(line: str, start: int, end: int) -> tuple[str, str]:
    """A line, or what stands around the place meant in a long one, and the carets beneath.

    >>> shown, caret = _underlined("a" * 500 + "bc" + "d" * 500, 500, 502)
    >>> len(shown), shown[caret.index("^") : len(caret)]
    (120, 'bc')
    """
    first, last = 0, len(line)
    if last > _LINE:
        first = max(0, min(start - _BEFORE, last - _LINE))
        last = first + _LINE
    before, after = "…" * (first > 0), "…" * (last < len(line))
    first, last = first + len(before), last - len(after)
    width = max(1, min(end, last) - start)
    return f"{before}{line[first:last]}{after}", " " * (start - first + len(before)) + "^" * width

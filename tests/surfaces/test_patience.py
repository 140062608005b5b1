"""What is said at a terminal while something takes long."""

from io import StringIO
from threading import Event

from chaffinch.surfaces.cli.patience import said_if_long


class Terminal(StringIO):
    """A terminal that says when something was written."""

    def __init__(self) -> None:
        super().__init__()
        self.written = Event()

    def isatty(self) -> bool:
        """Whether it is one."""
        return True

    def flush(self) -> None:
        """Note that a line is out."""
        self.written.set()


def test_what_takes_long_is_said_at_a_terminal() -> None:
    terminal = Terminal()
    with said_if_long("compiling", after_seconds=0.0, stream=terminal):
        assert terminal.written.wait(10)
    assert terminal.getvalue() == "chaffinch: compiling\n"


def test_what_is_quick_is_not_said() -> None:
    terminal = Terminal()
    with said_if_long("compiling", after_seconds=600.0, stream=terminal):
        pass
    assert not terminal.written.wait(0.05)


def test_nothing_is_said_into_a_file() -> None:
    file = StringIO()
    with said_if_long("compiling", after_seconds=0.0, stream=file):
        pass
    assert file.getvalue() == ""

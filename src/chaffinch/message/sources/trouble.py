"""What goes wrong while reading, in a sentence that names the cause and the mend."""

import errno

from chaffinch.core.errors import UnreadableError

READ_ERRORS = (UnreadableError, OSError, ValueError, OverflowError, MemoryError)
_MENDS = {
    errno.ENOENT: "no such file or folder; check the spelling",
    errno.ENOTDIR: "no such file or folder; check the spelling",
    errno.EACCES: "not allowed to read it; check its permissions",
    errno.EPERM: "not allowed to read it; check its permissions",
    errno.ELOOP: "a symbolic link that leads back to itself",
    errno.EIO: "the disk or device failed while reading it",
    errno.ENAMETOOLONG: "the name is too long for a file; check the spelling",
    errno.ENOSPC: "no room left for temporary files; free some, or point TMPDIR elsewhere",
}


def sentence(error: BaseException) -> str:
    """The cause of a failed read for a person.

    >>> sentence(FileNotFoundError(2, "No such file or directory"))
    'no such file or folder; check the spelling'
    """
    if isinstance(error, OSError) and error.errno is not None:
        return _MENDS.get(error.errno, f"it cannot be read ({error.strerror})")
    if isinstance(error, MemoryError):
        return "not enough memory to read it"
    if isinstance(error, ValueError) and "null" in str(error):
        return "no path holds a null character; check the spelling"
    return str(error) or "it cannot be read"

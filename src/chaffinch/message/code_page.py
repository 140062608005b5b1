"""Windows code pages, by which Outlook says what its texts are written in."""

_CHARSETS = {
    874: "cp874", 932: "shift_jis", 936: "gb18030", 949: "cp949", 950: "big5", 1200: "utf-16-le",
    20127: "us-ascii", 20866: "koi8-r", 21866: "koi8-u", 50220: "iso-2022-jp",
    50221: "iso-2022-jp", 50222: "iso-2022-jp", 51932: "euc-jp", 51936: "gb18030",
    51949: "euc-kr", 52936: "hz", 54936: "gb18030", 65000: "utf-7", 65001: "utf-8",
}  # fmt: skip


def charset_of(code_page: int | None) -> str | None:
    """The charset name of a Windows code page.

    >>> charset_of(65001), charset_of(1251), charset_of(28592), charset_of(7)
    ('utf-8', 'windows-1251', 'iso-8859-2', None)
    """
    if code_page is None:
        return None
    if code_page in range(1250, 1259):
        return f"windows-{code_page}"
    if code_page in range(28591, 28606):
        return f"iso-8859-{code_page - 28590}"
    return _CHARSETS.get(code_page)

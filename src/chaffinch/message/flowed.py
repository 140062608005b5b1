"""Paragraphs that were wrapped for transport (format=flowed, RFC 3676), put together again."""


def unfold(text: str, *, drops_space: bool = False) -> str:
    r"""The text with its soft line breaks undone; quoting and signature marks stay.

    >>> unfold("Please pay the \ninvoice.\n> How \n> much?\n-- \nAda")
    'Please pay the invoice.\n> How much?\n-- \nAda'
    >>> unfold("http://evil.example/a \nb", drops_space=True)
    'http://evil.example/ab'
    """
    pieces: list[str] = []
    open_depth = -1  # of the paragraph that goes on in the next line; -1: none does
    for line in text.split("\n"):
        bare = line.removesuffix("\r")
        content = bare.lstrip(">")
        depth = len(bare) - len(content)
        content = content.removeprefix(" ")
        is_mark = content == "-- "
        if open_depth != depth or is_mark:
            pieces.append(f"\n{'>' * depth} " if depth else "\n")
        goes_on = content.endswith(" ") and not is_mark
        pieces.append(content[:-1] if goes_on and drops_space else content)
        open_depth = depth if goes_on else -1
    return "".join(pieces).removeprefix("\n")

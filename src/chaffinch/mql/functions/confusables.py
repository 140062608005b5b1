"""Letters drawn like Latin ones, and the Latin ones they pass for."""

# ruff: noqa: RUF001, RUF002 - the look-alikes are the data
import unicodedata

_LOOK_ALIKES = {
    "A": "АΑᎪ", "B": "ВΒᏴ", "C": "СϹᏟ", "D": "Ꭰ", "E": "ЕΕᎬ", "F": "Ϝ", "G": "ԌᏀ", "H": "НΗᎻ",
    "I": "ІΙӀ", "J": "ЈᎫ", "K": "КΚᏦ", "L": "Ꮮ", "M": "МΜᎷ", "N": "Ν", "O": "ОΟՕ", "P": "РΡᏢ",
    "Q": "Ԛ", "R": "Ꭱ", "S": "ЅՏᏚ", "T": "ТΤᎢ", "U": "Սሀ", "V": "ѴᏙ", "W": "ԜᎳ", "X": "ХΧ",
    "Y": "ҮΥ", "Z": "ΖᏃ",
    "a": "аαɑ", "b": "ЬƄ", "c": "сϲᴄ", "d": "ԁժ", "e": "еєҽ", "f": "ϝք", "g": "ɡց", "h": "һհ",
    "i": "іιɩı", "j": "јϳ", "k": "кκ", "l": "ӏǀ", "m": "мᴍ", "n": "ոռп", "o": "оοօᴏ", "p": "рρ",
    "q": "ԛզ", "r": "гᴦ", "s": "ѕꜱ", "t": "тτ", "u": "υսᴜ", "v": "ѵνᴠ", "w": "ԝωᴡ", "x": "хχ",
    "y": "уγүყ", "z": "ᴢ",
    "-": "‐‑‒–—−", "'": "‘’‛ʼ′", '"': "“”‟″", " ": "\u00a0\u2002\u2003\u2009\u202f\u3000",
}  # fmt: skip
_TABLE = {ord(alike): latin for latin, alikes in _LOOK_ALIKES.items() for alike in alikes}


class _Plain(dict[int, str]):
    """Code point → plain letter, worked out when first asked for."""

    def __missing__(self, point: int) -> str:
        compatible = unicodedata.normalize("NFKC", chr(point))
        self[point] = compatible if compatible.isascii() else chr(point)
        return self[point]


_PLAIN = _Plain(_TABLE)


def plain(text: str) -> str:
    """The text with look-alikes replaced; ASCII and accents stay as they are.

    >>> plain("Раураl 𝗽𝗮𝘆 ＡＢ café 0Ilm")
    'Paypal pay AB café 0Ilm'
    """
    return text if text.isascii() else text.translate(_PLAIN)

"""Random RE2 patterns, each with a text it is meant to match."""

# ruff: noqa: RUF001 - letters that look alike are the data
import random
from collections.abc import Callable

LETTERS = "abkKsSiIßẞKſİıσςΣéÉйЙ旅ﬅﬆΐΐ?-_ .:/1µ\n"
Made = tuple[str, str]
_ALIKE = {
    "k": "K",
    "K": "kK",
    "s": "ſ",
    "S": "sſ",
    "ß": "ẞ",
    "ΐ": "ΐ",
    "ﬅ": "ﬆ",
    "µ": "μ",
    "σ": "ς",
}
_KINDS = {
    r"\d": "0123456789",
    r"\w": "aZ_7",
    r"\s": " \t\n",
    r"\W": "-é ",
    r"\pL": "aKй旅",
    r"\p{Greek}": "σΣ",
    r"\PL": "1- ",
    "[[:alpha:]]": "xYz",
    "[^[:space:]]": "é-A",
    "[^a]": "bK?\n",
    ".": "aé旅?",
}


def made(chance: random.Random, depth: int = 4) -> Made:
    """A pattern and a text it matches, unless an anchor in it is in the way."""
    if depth == 0 or chance.random() < 0.2:
        return chance.choice(_LEAVES)(chance)
    return chance.choice(_BRANCHES)(chance, depth - 1)


def _letter(chance: random.Random) -> Made:
    one = chance.choice(LETTERS)
    written = [rf"\x{{{ord(one):x}}}", rf"\Q{one}\E", "\\" + one if _is_mark(one) else one]
    if ord(one) < 256:
        written.append(rf"\x{ord(one):02x}")
    if ord(one) < 64:
        written.append(rf"\{ord(one):03o}")
    return chance.choice(written), one


def _is_mark(one: str) -> bool:
    return one.isascii() and not one.isalnum() and one != "_"


def _word(chance: random.Random) -> Made:
    word = "".join(chance.choices("abkKsSiIßKſéй旅", k=chance.randint(2, 6)))
    return (rf"\Q{word}\E" if chance.random() < 0.2 else word), word


def _kind(chance: random.Random) -> Made:
    pattern, texts = chance.choice(list(_KINDS.items()))
    return pattern, chance.choice(texts)


def _class(chance: random.Random) -> Made:
    members = chance.sample("abkKsſKßİ-]^?1é", k=chance.randint(1, 5))
    written = "".join("\\" + one if one in "-]^" else one for one in members)
    if chance.random() < 0.3:
        return f"[{written}h-k]", chance.choice([*members, *"hijk"])
    return f"[{written}]", chance.choice(members)


def _place(chance: random.Random) -> Made:
    return chance.choice(["^", "$", r"\b", r"\B", r"\A", r"\z", "(?m)", ""]), ""


def _sequence(chance: random.Random, depth: int) -> Made:
    parts = [made(chance, depth) for _ in range(chance.randint(2, 5))]
    return "".join(part for part, _ in parts), "".join(text for _, text in parts)


def _choice(chance: random.Random, depth: int) -> Made:
    parts = [made(chance, depth) for _ in range(chance.randint(2, 4))]
    opening = chance.choice(["(", "(?:", "(?P<n>", "(?s:", "(?U:"])
    return f"{opening}{'|'.join(part for part, _ in parts)})", chance.choice(parts)[1]


def _repeat(chance: random.Random, depth: int) -> Made:
    pattern, text = made(chance, depth)
    least, most = sorted((chance.randint(0, 3), chance.randint(0, 3)))
    written = {
        "*": (0, 3),
        "+": (1, 3),
        "?": (0, 1),
        f"{{{least}}}": (least, least),
        f"{{{least},}}": (least, least + 2),
        f"{{{least},{most}}}": (least, most),
    }
    sign, bounds = chance.choice(list(written.items()))
    lazy = chance.choice(["", "?"])
    return f"(?:{pattern}){sign}{lazy}", text * chance.randint(*bounds)


def _any_case(chance: random.Random, depth: int) -> Made:
    pattern, text = made(chance, depth)
    swapped = "".join(chance.choice(["", *_ALIKE.get(one, one.swapcase())]) or one for one in text)
    return f"(?i:{pattern})", swapped


def _any_case_from_here(chance: random.Random, depth: int) -> Made:
    before, pattern = made(chance, depth), made(chance, depth)
    opening = chance.choice(["(?i)", "(?i-s)", "(?-i)"])
    return f"(?:{before[0]}{opening}{pattern[0]})", before[1] + pattern[1]


_LEAVES: list[Callable[[random.Random], Made]] = [_letter, _word, _word, _kind, _class, _place]
_BRANCHES: list[Callable[[random.Random, int], Made]] = [
    _sequence,
    _sequence,
    _choice,
    _repeat,
    _any_case,
    _any_case_from_here,
]


def surrounded(chance: random.Random, text: str) -> str:
    """The text with others around it, now and then with half a surrogate pair for a ``?``."""
    noise = ["", " ", "x", "\n", "K", "旅"]
    text = text.replace("?", chance.choice("?\ud800"))
    return chance.choice(noise) + text + chance.choice(noise)

"""Answers invented by chance, the same for the same question: values of the declared shapes."""

import random
from collections.abc import Iterator, Mapping

from chaffinch.message.content import Content
from chaffinch.message.model import Attachment
from chaffinch.mql.digest import question_digest
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.schema import list_shape
from chaffinch.mql.shapes import Absence, Kind, Shape, attributes, field_absence, field_shape
from chaffinch.mql.values import Unknown, unknown

MAIL = b"""From: Eve Example <eve@evil.example>
To: jane@acme.example
Subject: Re: Invoice 4711
Content-Type: text/html

<p>Please <a href="https://login.evil.example/pay?a=b">pay now</a></p>
"""
ANY_ABSENCE, PRESENT = Absence(null=True, unknown=True), Absence()
TEXTS = ("high", "evil.example", "new", "", "\ud800 pay", "zip", "bec", "phishing", "Login now")


class Invented:
    """Answers every question, now and then with null or Unknown; equal questions equally."""

    def __init__(self, seed: int, absent_share: float = 0.1) -> None:
        self.seed = seed
        self.absent_share = absent_share

    def reference_list(self, name: str) -> frozenset[str] | tuple[object, ...] | None:
        shape = list_shape(name)
        entries = self._inventor(f"${name}").value(shape)
        if not isinstance(entries, tuple):
            return None
        return entries if shape.inner.struct else frozenset(map(str, entries))

    def is_listed(self, name: str, text: str) -> bool | Unknown:
        if self.absent_share == 0:
            return unknown(f"${name}")
        chance = random.Random(f"{self.seed}/{name}/{text!r}")
        options: list[bool | Unknown] = [True, False, unknown(f"${name}")]
        return chance.choice(options)

    def call(
        self, function: str, arguments: tuple[object, ...], keywords: Mapping[str, object]
    ) -> object:
        digest = question_digest(arguments, keywords)
        return self._inventor(f"{function}/{digest}").value(FUNCTIONS[function].result, function)

    def signal(self, name: str) -> bool | float | str | None:
        return self._inventor(name).chance.choice([True, 3, 0.5, "x", None])

    def element_signal(self, element: object, name: str) -> bool | float | str | None:
        return self.signal(f"{name} of {element!r}")

    def _inventor(self, question: str) -> "Inventor":
        return Inventor(random.Random(f"{self.seed}/{question}"), self.absent_share)


class Inventor:
    """Invents values of a shape."""

    def __init__(self, chance: random.Random, absent_share: float = 0.1) -> None:
        self.chance = chance
        self.absent_share = absent_share

    def value(
        self, shape: Shape, cause: str = "invention", depth: int = 0, absence: Absence = ANY_ABSENCE
    ) -> object:
        """A value of a shape, or null or Unknown where it may be that."""
        absent = [None] * 2 * absence.null + [unknown(cause)] * absence.unknown
        if absent and (self.chance.random() < self.absent_share or depth > 8):
            return self.chance.choice(absent)
        if shape.kind is Kind.ARRAY:
            return tuple(self.elements(shape.inner, cause, depth + 1))
        if shape.kind is Kind.MAP:
            return {key: self.value(shape.inner, cause, depth + 1) for key in ("a", "url")}
        if shape.struct is not None:
            return self.struct(shape.struct, cause, depth)
        return self.scalar(shape)

    def elements(self, shape: Shape, cause: str, depth: int) -> Iterator[object]:
        """A few values of a shape."""
        for _ in range(self.chance.randrange(4)):
            yield self.value(shape, cause, depth, PRESENT)

    def scalar(self, shape: Shape) -> object:
        """A value without parts; JSON where anything will do."""
        return {
            Kind.BOOL: self.chance.choice([True, False]),
            Kind.INT: self.chance.randrange(100),
            Kind.FLOAT: self.chance.random() * 100,
            Kind.STRING: self.chance.choice(TEXTS),
            Kind.BYTES: self.chance.choice([b"", MAIL, b"\xff\x00"]),
        }.get(shape.kind, {"a": [1, {"b": None}]})

    def struct(self, cls: type, cause: str, depth: int) -> object:
        """A struct with invented fields."""
        public = {attribute: name for name, attribute in attributes(cls).items()}
        found = {}
        for attribute in cls.__struct_fields__:  # type: ignore[attr-defined]  # a Struct's own
            shape = field_shape(cls, public[attribute]) if attribute in public else None
            if shape is not None:
                absence = field_absence(cls, public[attribute])
                found[attribute] = self.value(shape, cause, depth + 1, absence)
        if cls is Attachment:
            data = self.chance.choice([b"", MAIL, b"%PDF-1.7\n"])
            found["content"] = Content(data, 0, len(data), "8bit")
        return cls(**found)

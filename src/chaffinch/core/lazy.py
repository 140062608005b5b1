"""A property that is read once, on first use, and kept."""

from functools import cached_property
from typing import Any, Self, TypeVar, overload

Read = TypeVar("Read")


class lazy(cached_property[Read]):  # noqa: N801 - a decorator is written in lower case
    """What ``functools.cached_property`` is, without the lock that its older releases take.

    Two threads may both compute the value; values are frozen, so either is right.

    >>> class Word:
    ...     @lazy
    ...     def letters(self) -> list[str]:
    ...         return list("ab")
    >>> word = Word()
    >>> word.letters is word.letters
    True
    """

    name: str

    def __set_name__(self, owner: type[Any], name: str) -> None:
        """Learn the name the property stands under."""
        super().__set_name__(owner, name)
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> Read: ...

    def __get__(self, instance: object | None, owner: type[Any] | None = None) -> Self | Read:
        """Compute the value and keep it where the next look-up finds it first."""
        if instance is None:
            return self
        value = self.func(instance)
        instance.__dict__[self.name] = value
        return value

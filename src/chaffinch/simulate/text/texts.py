"""Texts in two partitions that share no template: one to train on, one to judge by."""

from typing import Literal, get_args

import msgspec

from chaffinch.core.errors import UsageError

Partition = Literal["train", "judge"]
PARTITIONS: tuple[Partition, ...] = get_args(Partition)


class Texts(msgspec.Struct, frozen=True, kw_only=True):
    """Templates for one purpose; ``abroad`` holds the same purpose in other languages."""

    train: tuple[str, ...]
    judge: tuple[str, ...]
    abroad: dict[str, "Texts"] = {}

    def of(self, partition: Partition) -> tuple[str, ...]:
        """The templates of the partition."""
        return self.train if partition == "train" else self.judge

    def speaking(self, language: str) -> "Texts":
        """The texts in the language, or in English where nobody translated them."""
        return self.abroad.get(language, self)


def texts(*, train: tuple[str, ...], judge: tuple[str, ...], **abroad: Texts) -> Texts:
    """Templates for one purpose in English, and by language code in others.

    Raises:
        UsageError: a partition is empty, or both hold the same template.

    >>> texts(train=("See you [soon|later].",), judge=("Until then.",)).of("judge")
    ('Until then.',)
    """
    if not train or not judge:
        raise UsageError("both partitions need a template")
    if shared := set(train) & set(judge):
        raise UsageError(f"both partitions hold {min(shared)!r}; write one of them anew")
    return Texts(train=train, judge=judge, abroad=abroad)

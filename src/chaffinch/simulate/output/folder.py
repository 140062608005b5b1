"""A folder of simulated mail: the messages, the labels, and the tenant file."""

import csv
from collections.abc import Iterable
from pathlib import Path

from chaffinch.simulate.organisation import Company, tenant_toml
from chaffinch.simulate.output.boxes import box_in
from chaffinch.simulate.output.labels import COLUMNS, label_row
from chaffinch.simulate.simulated import Simulated


def write(
    folder: Path,
    messages: Iterable[Simulated],
    company: Company | None = None,
    form: str = "eml",
) -> int:
    """Write the mail in order, ``labels.csv`` and, for a given company, ``tenant.toml``.

    Returns how many messages were written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    with (
        (folder / "labels.csv").open("w", encoding="utf-8", newline="") as opened,
        box_in(folder, form) as box,
    ):
        rows = csv.writer(opened, lineterminator="\n")
        rows.writerow(COLUMNS)
        for count, message in enumerate(messages, 1):  # noqa: B007 - counted for the caller
            rows.writerow(label_row(box.put(message), message))
    if company is not None:
        (folder / "tenant.toml").write_text(tenant_toml(company), encoding="utf-8")
    return count

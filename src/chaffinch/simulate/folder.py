"""Simulated mail written to a folder: one file per message, the labels, and the tenant file."""

import csv
from collections.abc import Iterable
from pathlib import Path

from chaffinch.simulate.organisation import Company, tenant_toml
from chaffinch.simulate.simulated import Simulated


def write(folder: Path, messages: Iterable[Simulated], company: Company | None = None) -> None:
    """Write ``mail/*.eml`` in order, ``labels.csv`` and, for a given company, ``tenant.toml``."""
    mail = folder / "mail"
    mail.mkdir(parents=True, exist_ok=True)
    with (folder / "labels.csv").open("w", encoding="utf-8", newline="") as opened:
        rows = csv.writer(opened, lineterminator="\n")
        rows.writerow(("path", "label", "kind"))
        for number, message in enumerate(messages, 1):
            path = mail / f"{number:05d}.eml"
            path.write_bytes(message.raw)
            rows.writerow((path.relative_to(folder).as_posix(), message.label, message.family))
    if company is not None:
        (folder / "tenant.toml").write_text(tenant_toml(company), encoding="utf-8")

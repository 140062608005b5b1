"""Fail where a test that needs a service was skipped: CI has to start every one of them."""

import sys
from pathlib import Path
from xml.etree import ElementTree

SERVICE = "needs a service"


def main(report: Path) -> int:
    """Name the service-backed tests that were skipped; 1 where there is one."""
    tree = ElementTree.parse(report)  # noqa: S314 - our own report, written a moment ago
    skipped = [
        f"{case.get('classname')}.{case.get('name')}: {skip.get('message')}"
        for case in tree.iter("testcase")
        for skip in case.iter("skipped")
        if SERVICE in (skip.get("message") or "")
    ]
    for line in skipped:
        print(f"skipped in CI: {line}", file=sys.stderr)
    return 1 if skipped else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

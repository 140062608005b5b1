"""Compares the link targets of HTML bodies with those html5lib finds, and the time both take."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import process_time
from xml.etree.ElementTree import Element

import html5lib  # type: ignore[import-untyped]  # it ships no types

from chaffinch.message.html import read_html
from chaffinch.message.parse import parse
from shared.measuring import options, report, sample_of, times_ms

_TARGETS = ("href", "{http://www.w3.org/1999/xlink}href")


def bodies(corpora: list[str], count: int, seed: int) -> list[str]:
    """The HTML bodies of a sample, as many of each corpus."""
    found: list[str] = []
    for corpus in corpora or [""]:
        drawn = sample_of([corpus] if corpus else [], count * 20, seed)
        found += list(_bodies(drawn))[:count]
    return found


def _bodies(messages: list[bytes]) -> Iterator[str]:
    for raw in messages:
        html = parse(raw).body.html
        if html is not None:
            yield html.raw


def reference_hrefs(html: str) -> list[str]:
    """What a browser would open, by html5lib: anchors and areas that do not jump in the page."""
    tree: Element = html5lib.parse(html, namespaceHTMLElements=False)
    found = []
    for element in tree.iter():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        href = next((element.attrib[key] for key in _TARGETS if element.attrib.get(key)), None)
        if name in {"a", "area"} and href and href.strip() and href.strip()[0] != "#":
            found.append(href)
    return found


def hrefs(html: str) -> list[str]:
    """The same, by our reader."""
    return [anchor.href for anchor in read_html(html).anchors if anchor.element in {"a", "area"}]


def main() -> None:
    """Print the comparison."""
    parser = options("Link targets of HTML bodies, ours and html5lib's.", sample=125)
    asked = parser.parse_args()
    documents = bodies([str(Path(corpus)) for corpus in asked.corpus], asked.sample, asked.seed)
    missing: list[tuple[int, str]] = []
    extra: list[tuple[int, str]] = []
    ours, theirs, equal, total = [], [], 0, 0
    for number, html in enumerate(documents):
        started = process_time()
        found = hrefs(html)
        ours.append(process_time() - started)
        started = process_time()
        expected = reference_hrefs(html)
        theirs.append(process_time() - started)
        total += len(expected)
        equal += found == expected
        missing += [(number, href) for href in (Counter(expected) - Counter(found)).elements()]
        extra += [(number, href) for href in (Counter(found) - Counter(expected)).elements()]
    report(
        {
            "documents": len(documents),
            "hrefs": total,
            "equal_documents": equal,
            "missing": missing,
            "extra": extra,
            **times_ms(ours),
            "html5lib_median_ms": times_ms(theirs)["median_ms"],
        },
        as_json=asked.json,
    )


if __name__ == "__main__":
    main()

"""What documents, archives and pages among the files hold, and that no bytes are too odd for it."""

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from chaffinch.lists.reference import shipped
from chaffinch.message.parse import parse
from chaffinch.signals.attachment.document import pdf
from chaffinch.signals.evidence import Evidence
from chaffinch.simulate.files.bitmap import squares, written
from chaffinch.simulate.files.qr import qr

PIECES = st.sampled_from(
    [b"%PDF-1.4 ", b"1 0 obj ", b"<< /Subtype /Image ", b"/Width 90 ", b"/Height 90 ",
     b"/Length 9 ", b"/Length 99999999999 ", b"/BitsPerComponent 1 ", b">> ", b"stream ",
     b"/Type /Page ", b"/URI (", b"/OpenAction ", b"endobj ", b"\xff\x00", b"/Encrypt "]
)  # fmt: skip
HEAD = (
    b"From: a@b.example\nTo: ben.okoye@acme.example\nMIME-Version: 1.0\n"
    b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b\n"
)


@given(st.lists(PIECES, max_size=30).map(b"".join))
def test_any_source_of_a_pdf_is_read(data: bytes) -> None:
    found = pdf(data)
    assert found.pages == data.count(b"/Type /Page ")
    assert found.links <= data.count(b"/URI")
    assert found.is_locked is (b"/Encrypt" in data)
    if b"/Subtype /Image" not in data:
        assert not found.has_code


def test_a_pdf_with_a_code_is_told_from_one_with_a_scan() -> None:
    for bitmap, is_code in ((squares(qr("https://a.example/x")), True), (written(["Pay"]), False)):
        size = f"/Width {bitmap.width} /Height {bitmap.height} /BitsPerComponent 1 /Length 900"
        source = f"%PDF-1.4\n1 0 obj\n<< /Type /XObject /Subtype /Image {size} >>\nstream\nx"
        assert pdf(source.encode()).has_code is is_code


@given(
    st.dictionaries(
        st.sampled_from(["a.pdf", "b.zip", "c.html", "d.lnk", "e.xlsm"]), st.just("x"), min_size=1
    )
)
def test_what_an_archive_holds_is_read_off_its_names(files: dict[str, str]) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    found = _measured("x.zip", "application/zip", buffer.getvalue())
    assert found["attachment.archive.members_count"] == len(files)
    assert found["attachment.archive.holds_one_file"] is (len(files) == 1)
    assert found["attachment.archive.holds_an_archive"] is ("b.zip" in files)
    assert found["attachment.archive.holds_a_page"] is ("c.html" in files)
    assert found["attachment.archive.holds_a_shortcut_or_script"] is ("d.lnk" in files)
    assert found["attachment.archive.holds_what_may_run_macros"] is ("e.xlsm" in files)
    assert found["attachment.archive.is_locked"] is False


def test_what_an_archive_holds_is_unknown_where_its_table_is_damaged() -> None:
    found = _measured("x.zip", "application/zip", b"PK\x03\x04\x14\x00" + b"\x00" * 40)
    for name in ("members_count", "holds_one_file", "holds_an_archive", "holds_a_page"):
        assert found[f"attachment.archive.{name}"] is None


def test_of_a_packed_pdf_only_what_can_be_read_is_known() -> None:
    plain, packed = b"%PDF-1.4\n<< /Type /Page >>\n", b"%PDF-1.5\n<< /Type /ObjStm >>\n"
    names = ("pages_count", "pdf_has_no_letters", "pdf_acts_when_opened")
    for source, expected in ((plain, [1, True, False]), (packed, [None, None, None])):
        found = _measured("x.pdf", "application/pdf", source)
        assert [found[f"attachment.document.{one}"] for one in names] == expected
    found = _measured("x.pdf", "application/pdf", packed + b"<< /OpenAction 3 0 R /F /Font >>")
    assert [found[f"attachment.document.{one}"] for one in names] == [None, False, True]


def test_bytes_that_only_look_like_an_action_are_none() -> None:
    assert not pdf(b"%PDF-1.4 << /AAPL:Keywords [ (x) ] /ProcSet [ /PDF /ImageB ] >> /JS\xff").acts
    assert not pdf(b"%PDF-1.4 << /ProcSet [ /PDF /ImageB ] >>").has_picture
    for source in (b"/AA << /O 3 0 R >>", b"/JS (app.alert)", b"/S /Launch /F (x)", b"/JS 4 0 R"):
        assert pdf(b"%PDF-1.4 << " + source).acts


def test_an_attached_page_is_told_by_what_acts_in_it() -> None:
    page = (
        b'<form action="https://x.test/a"><input value="ben.okoye@acme.example">'
        b'<input type="password"></form><script>eval(atob("x")); new Blob([])</script>'
    )
    found = _measured("Overdue invoice.html", "text/html", page)
    acting = ("has_form", "asks_for_password", "has_link", "is_tangled", "saves_a_file",
              "names_the_recipient")  # fmt: skip
    assert all(found[f"attachment.page.{name}"] is True for name in acting)
    assert found["attachment.name.speaks_of_money_or_work"] is True
    plain = _measured("minutes.html", "text/html", b"<p>Minutes of our meeting</p>")
    assert not any(plain[f"attachment.page.{name}"] for name in acting)


def test_a_page_says_how_it_hides_and_what_it_fetches() -> None:
    body = (
        b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: text/html\n\n"
        b'<p>Read this</p><p style="display:none">a</p><p style="font-size:0">b</p>'
        b'<p style="color:#fff">c</p><img src="https://x.test/p.gif" width="1" height="1">'
        b'<img src="data:image/png;base64,AAAA">'
    )
    found = Evidence(parse(body), None, shipped()).measure_all()
    hidden = ("removed_places_count", "tiny_places_count", "faint_places_count")
    assert [found[f"message.page.{name}"] for name in hidden] == [1, 1, 1]
    assert found["message.page.tracking_pixels_count"] == 1
    assert found["message.page.remote_images_ratio"] == 0.5


def _measured(name: str, kind: str, data: bytes) -> dict[str, object]:
    head = f'Content-Type: {kind}; name="{name}"\nContent-Disposition: attachment; '.encode()
    raw = HEAD + head + f'filename="{name}"\n'.encode() + b"Content-Transfer-Encoding: binary\n\n"
    message = parse(raw + data + b"\n--b--\n")
    return dict(Evidence(message, None, shipped()).measure_all())

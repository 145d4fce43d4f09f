"""Bytes to characters: the right encoding first, then the few repairs that web texts need."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata

from extract.errors import ParseError

MOST_CHARACTERS = 20_000_000
"""Of one document's text: some 3 million words, ten times the longest report that we know of."""

_MARKUP = 10  # times as many characters with a web page's markup
_BOMS = (  # the longest first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NEWLINE = re.compile(r"\r\n?|\x85|\u2028|\u2029|\v")
# cp1252 punctuation that was decoded as Latin-1 somewhere upstream stands as C1 controls: ‘ ’ “ ” – — …
_C1 = {code: bytes([code]).decode("cp1252", "ignore") or None for code in range(0x80, 0xA0) if code != 0x85}
_CONTROLS = {code: None for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n\f"}
# characters without width or sound: joiners, marks of direction, soft hyphens, stray byte order marks
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF, *range(0x200C, 0x2010), *range(0x202A, 0x202F),
                            *range(0x2066, 0x206A)])  # fmt: skip
# bullets of Word's symbol fonts, which keep their private code points when text is copied out
_SYMBOLS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0xF0E0: "→", 0xF02D: "-", 0xF076: "▪", 0xF0A8: "▪"}
_STRAY = str.maketrans({**_CONTROLS, **_C1, **_INVISIBLE, **_SYMBOLS})
_WRITTEN = re.compile(r"[\t\r\n -~\u00a0-\u017f\u2010-\u203a\u20a9\u20ac\u3000-\u3030\uac00-\ud7a3\uff01-\uff5e]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\ufffe\uffff]")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_LATIN_1 = (b"iso-8859-1", b"latin-1", b"latin1", b"windows-1252", b"cp1252")
_STRAY_SIGN = re.compile(f"[{re.escape(''.join(map(chr, sorted(_STRAY))))}]")
_UNICODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_SPACE_ESCAPE = re.compile(r" ?(?:\\[_ ])+ ?")
_ADDRESS = re.compile(r"@|://|www\.|/")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});")


def decode(data: bytes, *, name: str, markup: bool = False) -> str:
    """Turn the bytes of a text file into characters: byte order mark, then UTF-8, then a guess by frequency.

    ``markup`` reads the encoding that a web page declares before guessing.
    Raises ``ParseError`` for binary content (``wrong_kind``), for bytes in no known encoding, and for far too many.
    """
    text = _decode(data, name=name, markup=markup)
    if len(text) > MOST_CHARACTERS * (_MARKUP if markup else 1):
        raise ParseError(
            name, "too_large", f"its text has {len(text):,} characters.", "Split it, or leave out what is no document."
        )
    return text


def _decode(data: bytes, *, name: str, markup: bool) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strict(data, encoding, name)
    zeros = data[:4096].count(0)
    if zeros:
        return _strict(data, _wide(data, name), name)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = (_declared(data) if markup else None) or _guess(data, name)
    if len(_CONTROL.findall(text[:4096])) * 20 > len(text[:4096]):
        raise _binary(name)
    return _CONTROL.sub("", text) if markup else text


def clean(text: str) -> str:
    """Make one kind of line break, compose accents (NFC), repair or drop what no reader sees.

    No-break spaces stay: they hold sums together.
    """
    text = _NEWLINE.sub("\n", text)
    if "\\" in text:
        text = _unescape(text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    if _STRAY_SIGN.search(text):
        text = text.translate(_STRAY)
    return unicodedata.normalize("NFC", text)


def _unescape(text: str) -> str:
    """Undo the escapes that a title carries out of a page's YAML: ``America\\u2019s``, ``White\\_House``."""
    text = _UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return _SPACE_ESCAPE.sub(_spaced, text)


def _spaced(match: re.Match[str]) -> str:
    around = match.string[max(0, match.start() - 40) : match.start()].rsplit(" ", 1)[-1]
    around += match.string[match.end() : match.end() + 40].split(" ", 1)[0]
    # a mail or web address escapes its real underscores in the same way
    return match[0].replace("\\_", "_") if _ADDRESS.search(around) else " "


def _strict(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ParseError(
            name, "unreadable_encoding", f"the text is not valid {encoding}.", "Save it again as UTF-8."
        ) from error


def _wide(data: bytes, name: str) -> str:
    """Tell which half of each pair of bytes is mostly zero, as in UTF-16 without a mark."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.2 and even < odd / 10:
        return "utf-16-le"
    if even > len(head) * 0.2 and odd < even / 10:
        return "utf-16-be"
    for encoding in ("utf-16-le", "utf-16-be"):
        # Korean has few zeros: most of what it decodes to must be letters that our languages are written in
        text = head[: len(head) // 2 * 2].decode(encoding, "replace")
        if " " in text and len(_WRITTEN.findall(text)) >= 0.98 * len(text):
            return encoding
    raise _binary(name)


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(data[:4096])
    try:
        # browsers read Latin-1 as its superset, and so must we: pages declare one and use the other
        return data.decode("cp1252" if match[1].lower() in _LATIN_1 else match[1].decode()) if match else None
    except (LookupError, UnicodeDecodeError):
        return None


def _mended(data: bytes) -> str | None:
    """Read UTF-8 in which a few bytes are broken; each shows as U+FFFD rather than cost us the document."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(char > "\x7f" for char in text) - broken
    return text if broken * 4 <= whole else None


def _guess(data: bytes, name: str) -> str:
    import charset_normalizer

    mended = _mended(data)
    if mended is not None:
        return mended
    best = charset_normalizer.from_bytes(data, cp_isolation=["cp1252", "cp949", "mac_roman"], threshold=0.3).best()
    if best is not None:
        return str(best)
    if sum(byte > 0x7F for byte in data) * 10 < len(data):
        return data.decode("cp1252", "replace")  # a few odd bytes in plain English
    raise ParseError(
        name, "unreadable_encoding", "its characters are in no encoding we know.", "Save it again as UTF-8."
    )


def _binary(name: str) -> ParseError:
    return ParseError(
        name, "wrong_kind", "this is no text: it holds binary data.", "Give it the ending of its real format."
    )

"""E-mail to blocks: the letter itself. What is attached are documents of their own (``extract.parse.members``)."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from extract.errors import ParseError
from extract.parse.blocks import Block
from extract.parse.decode import clean, decode
from extract.parse.formats import Stated
from extract.parse.plain import plain_blocks

_FORWARDED = re.compile(r"^\s*(?:(?:re|fw|fwd|tr|réf|회신|전달)\s*:\s*)+", re.IGNORECASE)
_MORE_WORDS = 2  # times as many words in the page than in the plain text: the text is a mere remark to use the page
_PICTURES = ("image/", "audio/", "video/")


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail: what it says (as text and as a page, either may be empty) and the files with it, by name."""

    subject: str
    sent_on: str | None
    text: str
    page: bytes
    attached: tuple[tuple[str, bytes], ...]


def eml_blocks(data: bytes, name: str) -> tuple[list[Block], Stated]:
    """Read a letter as mail programs save it."""
    return _letter_blocks(read_eml(data, name=name), name)


def msg_blocks(data: bytes, name: str) -> tuple[list[Block], Stated]:
    """Read a letter as Outlook saves it."""
    return _letter_blocks(read_msg(data, name=name), name)


def read_eml(data: bytes, *, name: str) -> Letter:
    """Take a letter in MIME apart."""
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = list(_parts(message))
        sent = message.get("date")
        return Letter(
            subject=str(message.get("subject") or ""),
            sent_on=parsedate_to_datetime(str(sent)).date().isoformat() if sent else None,
            text="\n\n".join(_text(part, name) for part in parts if _shown(part, "text/plain")),
            page=next((_content(part) for part in parts if _shown(part, "text/html")), b""),
            attached=tuple(_attached(parts)),
        )
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError) as error:
        # the standard library's own slips on headers that no program would write
        raise ParseError(name, "damaged", "the letter's own parts are broken.", "Save the message again.") from error


def read_msg(data: bytes, *, name: str) -> Letter:
    """Take an Outlook message apart, through python-oxmsg."""
    from oxmsg import Message

    try:
        message = Message.load(io.BytesIO(data))
        sent = message.sent_date
        return Letter(
            subject=message.subject or "",
            sent_on=sent.date().isoformat() if sent else None,
            text=message.body or "",
            page=(message.html_body or "").encode(),
            attached=tuple(
                (attachment.file_name or f"attachment {number}", attachment.file_bytes or b"")
                for number, attachment in enumerate(message.attachments, 1)
                if not (attachment.mime_type or "").startswith(_PICTURES) or not attachment.attached_by_value
            ),
        )
    except (OSError, LookupError, ValueError, TypeError, AttributeError, AssertionError) as error:
        raise ParseError(name, "damaged", "Outlook's own parts in it are broken.", "Save the message again.") from error


def _letter_blocks(letter: Letter, name: str) -> tuple[list[Block], Stated]:
    from extract.parse.partition import html_blocks

    blocks = plain_blocks(clean(letter.text))
    if letter.page and len(letter.page.strip()) > 0:
        paged, _ = html_blocks(letter.page, name) if letter.page.strip() else ([], None)
        if _words(paged) > _MORE_WORDS * _words(blocks):
            blocks = paged
    subject = _FORWARDED.sub("", clean(letter.subject)).strip()
    if subject and blocks and not any(subject.casefold() in block.text.casefold() for block in blocks[:3]):
        blocks.insert(0, Block("title", " ".join(subject.split()), 1))
    return blocks, Stated(title=subject or None, published_on=letter.sent_on)


def _words(blocks: list[Block]) -> int:
    return sum(len(block.text.split()) for block in blocks)


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """Give a letter's parts; a letter within the letter is one part, so that its own parts don't speak for this one."""
    if message.get_content_type() == "message/rfc822" or not message.is_multipart():
        yield message
        return
    for part in message.iter_parts():
        yield from _parts(part)  # type: ignore[arg-type]


def _shown(part: EmailMessage, kind: str) -> bool:
    return part.get_content_type() == kind and not part.get_filename() and not part.is_attachment()


def _content(part: EmailMessage) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _text(part: EmailMessage, name: str) -> str:
    data = _content(part)
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(data, name=name)  # it states an encoding that it isn't in


def _attached(parts: list[EmailMessage]) -> Iterator[tuple[str, bytes]]:
    for number, part in enumerate(parts, 1):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            if isinstance(inner, EmailMessage):
                yield f"message {number}.eml", inner.as_bytes()
        elif (part.get_filename() or part.is_attachment()) and not (kind.startswith(_PICTURES)):
            yield part.get_filename() or f"attachment {number}", _content(part)

"""Finds the page in a file in which a browser saved it with everything around it (MHTML, RFC 2557)."""

from dataclasses import dataclass

from corpus.errors import CorpusError


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The page itself.

    Attributes:
        raw: its bytes.
        charset: of the bytes, as the file says; None where it says none.
        address: where it was saved from.
    """

    raw: bytes
    charset: str | None
    address: str | None


def saved_page(raw: bytes, file: str) -> SavedPage:
    """The first page of a saved one; pictures, styles and frames beside it are left out.

    Raises:
        CorpusError: no page is in it.
    """
    from email import message_from_bytes
    from email.errors import MessageError

    try:
        message = message_from_bytes(raw)
        for part in message.walk():
            if part.get_content_type() in ("text/html", "application/xhtml+xml"):
                payload = part.get_payload(decode=True)
                address = part.get("Content-Location") or message.get("Snapshot-Content-Location")
                if isinstance(payload, bytes) and payload.strip():
                    return SavedPage(payload, part.get_content_charset(), str(address) if address else None)
    except (MessageError, RecursionError, ValueError, LookupError) as error:
        raise CorpusError(f"{file}: a damaged saved page; save the page again, as .html") from error
    raise CorpusError(f"{file}: no page is in this saved page; save it again, as .html")

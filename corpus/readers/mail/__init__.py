"""Read mails (.eml, .msg)."""

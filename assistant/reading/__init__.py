"""Select the sentences that answer, and the short answer in them."""

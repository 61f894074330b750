"""Web page of Rapporteur: a chat whose citations open their source; `serve` in `server` begins it."""

"""Serve a language model that costs nothing, in the protocol of Ollama: it answers every chat at once with one word."""

import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODEL, WORD = "instant", "Instantly"


class Handler(BaseHTTPRequestHandler):
    """Lists one model, and answers each chat with one word."""

    def log_message(self, format: str, *words: object) -> None:
        """Print nothing."""

    def do_GET(self) -> None:
        """List the one model."""
        self._reply({"models": [{"name": MODEL, "model": MODEL}], "version": "0"})

    def do_POST(self) -> None:
        """Answer a chat; any other request gets the description of the model."""
        self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.path.endswith("/chat"):
            self._reply(_part(WORD, False), _part("", True))
        else:
            self._reply({"details": {}, "model_info": {}, "capabilities": []})

    def _reply(self, *values: object) -> None:
        body = b"".join(json.dumps(value).encode() + b"\n" for value in values)
        self.send_response(200)
        self.send_header("content-type", "application/x-ndjson")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _part(words: str, is_last: bool) -> dict[str, object]:
    return {"model": MODEL, "message": {"role": "assistant", "content": words}, "done": is_last}


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()

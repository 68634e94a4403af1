"""A chat server that writes slowly, as a large model on a small machine does; it knows one reading and one reply."""

from __future__ import annotations

import json
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENTENCE = "There is more to say of these, and it goes on word after word. "
"""States no fact, so no check takes it away."""
_READING = {"act": "recommend", "query": "boots", "phrases": [], "references": []}


@contextmanager
def slow_writer(words: int, a_second: float) -> Iterator[str]:
    """Serve while the block lasts, and give the address; each reply has that many words, at that pace."""

    class Handler(_Handler):
        reply = (_SENTENCE * (words // len(_SENTENCE.split()) + 1)).split(" ")[:words]
        pause = 1.0 / a_second

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1#slow-writer"
        finally:
            server.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    reply: list[str]
    pause: float

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        streamed = bool(body.get("stream"))
        self.send_header("Content-Type", "text/event-stream" if streamed else "application/json")
        self.end_headers()
        with suppress(BrokenPipeError, ConnectionResetError):
            if streamed:
                self._stream()
            else:
                self._write({"choices": [{"message": {"content": json.dumps(_READING)}}]})

    def _stream(self) -> None:
        for word in self.reply:
            time.sleep(self.pause)
            self._write({"choices": [{"delta": {"content": f"{word} "}}]}, event=True)
        self.wfile.write(b"data: [DONE]\n\n")

    def _write(self, answer: dict[str, Any], *, event: bool = False) -> None:
        text = json.dumps(answer)
        self.wfile.write(f"data: {text}\n\n".encode() if event else text.encode())
        self.wfile.flush()

    def log_message(self, format: str, *words: object) -> None:  # noqa: A002 - its base names it so
        """Say nothing."""

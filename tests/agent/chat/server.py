"""A chat server on this machine that speaks the OpenAI protocol over HTTP, with the habits of real ones."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.fakes.serving import running

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

Body = dict[str, Any]


class ChatServer(ThreadingHTTPServer):
    """Answers with what it was given, and keeps what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.content = "{}"
        """What the model says."""
        self.status = 200
        self.error: Body | str = {"error": {"message": "no such model"}}
        """The body of an answer that is not 200."""
        self.refuses: Callable[[Body], bool] = lambda body: False
        """Whether a request has a field that this server does not know."""
        self.asked: list[Body] = []
        self.keys: list[str | None] = []
        self.raw: bytes | None = None
        """Sent instead of a stream of events."""
        self.gate: threading.Event | None = None
        """Where set, a stream waits for it behind its first piece."""
        self.broken = threading.Event()
        """Set when a client went away in the middle of a stream."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: ChatServer

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def do_GET(self) -> None:
        self._send(200, json.dumps({"data": [{"id": "tiny-chat"}]}).encode())

    def do_POST(self) -> None:
        body: Body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"path": self.path, **body})
        self.server.keys.append(self.headers.get("Authorization"))
        if self.server.status != 200 or self.server.refuses(body):
            status = self.server.status if self.server.status != 200 else 400
            error = self.server.error
            self._send(status, (error if isinstance(error, str) else json.dumps(error)).encode())
        elif body.get("stream"):
            self._stream()
        else:
            answer = {"choices": [{"message": {"role": "assistant", "content": self.server.content}}]}
            self._send(200, self.server.raw or json.dumps(answer).encode())

    def _send(self, status: int, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        if self.server.raw is not None:
            self.wfile.write(self.server.raw)
            return
        try:
            self.wfile.write(b": a comment\n\nevent: message\n")
            self._event({"choices": [{"delta": {"role": "assistant", "content": ""}}]})
            for position, word in enumerate(self.server.content.split(" ")):
                self._event({"choices": [{"delta": {"content": f" {word}" if position else word}}]})
                if self.server.gate is not None:
                    self.server.gate.wait(5)
            self._event({"choices": [{"delta": {}, "finish_reason": "stop"}]})
            self._event({"choices": [], "usage": {"total_tokens": 9}})
            self.wfile.write(b"data: [DONE]\n\n")
        except (BrokenPipeError, ConnectionResetError):
            self.server.broken.set()

    def _event(self, event: Body) -> None:
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        self.wfile.flush()


def serving() -> AbstractContextManager[ChatServer]:
    return running(ChatServer())

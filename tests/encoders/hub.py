"""A model hub on this machine: the four requests that a pull makes, answered over HTTP."""

from __future__ import annotations

import hashlib
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from tests.fakes.serving import running

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

COMMIT = "f" * 40


class Hub(ThreadingHTTPServer):
    """Serves repositories held in memory."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.repositories: dict[str, dict[str, bytes]] = {}
        self.sent: list[str] = []
        """Files whose contents were asked for, in order."""
        self.corrupt: set[str] = set()
        """Files that arrive with a flipped byte."""

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_HEAD(self) -> None:
        self._answer(send=False)

    def do_GET(self) -> None:
        self._answer(send=True)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""

    def _answer(self, *, send: bool) -> None:
        parts = unquote(urlsplit(self.path).path).strip("/").split("/")
        if parts[:2] == ["api", "models"]:
            files = self.server.repositories.get("/".join(parts[2:4]))
            if files is None:
                self._send(404, b"{}", {"X-Error-Code": "RepoNotFound"})
                return
            self._send(200, json.dumps(_info("/".join(parts[2:4]), files)).encode(), {})
            return
        repository, name = "/".join(parts[:2]), "/".join(parts[4:])
        content = self.server.repositories[repository][name]
        headers = {"ETag": f'"{hashlib.sha256(content).hexdigest()}"', "X-Repo-Commit": COMMIT}
        if send:
            self.server.sent.append(name)
            if name in self.server.corrupt:
                content = bytes([content[0] ^ 1]) + content[1:]
        self._send(200, content, headers, send=send)

    def _send(self, status: int, content: bytes, headers: dict[str, str], *, send: bool = True) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        if send:
            self.wfile.write(content)


def _info(repository: str, files: dict[str, bytes]) -> dict[str, object]:
    siblings = []
    for name, content in files.items():
        sibling: dict[str, object] = {"rfilename": name, "size": len(content), "blobId": "0" * 40}
        if name.endswith((".safetensors", ".bin")):
            digest = hashlib.sha256(content).hexdigest()
            sibling["lfs"] = {"size": len(content), "sha256": digest, "pointerSize": 100}
        siblings.append(sibling)
    return {"id": repository, "sha": COMMIT, "siblings": siblings}


def serving() -> AbstractContextManager[Hub]:
    return running(Hub())

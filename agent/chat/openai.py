"""A chat model at an OpenAI-compatible address: vLLM, Ollama, llama-server or a hosted one.

What a server does not know is left out and remembered: first the switch that turns reasoning off, then the
JSON schema, which is asked for in words instead. Only what a request needs is sent, and a key only when
VITRINE_API_KEY is set.
"""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpx

from agent.chat.grammar import READING_SCHEMA, parse_reading
from agent.chat.pieces import whole_slots, without_reasoning
from agent.chat.prompts import reading_messages, writing_messages
from encoders.errors import ModelError, UsageError
from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping

    from agent.chat.prompts import Message
    from agent.types import Brief, Reading, Scene

KEY_VARIABLE = "VITRINE_API_KEY"
READ_TOKENS, WRITE_TOKENS = 400, 300

_LONGEST_ANSWER = 1 << 20
"""Bytes of an answer that are read; a reply has about 2,000."""
_REFUSALS = frozenset({400, 415, 422, 501})
"""Status codes of servers that don't know a field."""
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_NO_REASONING: dict[str, Any] = {"chat_template_kwargs": {"enable_thinking": False}}
_HELD_TO_SCHEMA: dict[str, Any] = {
    "response_format": {
        "type": "json_schema",
        "json_schema": {"name": "reading", "strict": True, "schema": READING_SCHEMA},
    }
}
_EXTRAS: tuple[dict[str, Any], ...] = (
    {**_HELD_TO_SCHEMA, **_NO_REASONING},
    _HELD_TO_SCHEMA,
    {"response_format": {"type": "json_object"}},
    {},
)
"""Fields asked for beyond the plain request, tried in this order until the server takes one."""


class OpenAIChat:
    """A ChatModel served over HTTP."""

    def __init__(
        self,
        address: str,
        model: str | None = None,
        *,
        environ: Mapping[str, str] | None = None,
        timeout: float = 60.0,
    ) -> None:
        """Prepare to talk to `address` ('http://localhost:8000/v1'); nothing is sent yet.

        `model` names one of the server's models, as does '#name' behind the address; by default its first.

        Raises UsageError when the address is none.
        """
        self._base, named = _address(address)
        self._model = model or named
        environ = os.environ if environ is None else environ
        key = environ.get(KEY_VARIABLE)
        self._client = httpx.Client(
            base_url=self._base,
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=httpx.Timeout(timeout, connect=5.0),
            # A proxy of the environment can't reach this machine's own servers.
            trust_env=self._base.host not in _LOOPBACK,
            follow_redirects=False,
        )
        self._level = 0
        self._switch = True

    @property
    def id(self) -> str:
        """The model's name and the server's address."""
        return f"{self._model or 'model'}@{self._where}"

    @property
    def _where(self) -> str:
        return str(self._base.copy_with(userinfo=b"", query=None, fragment=None)).rstrip("/")

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def read(self, scene: Scene) -> Reading:
        """Read a turn, held to the schema where the server can do that.

        Raises ModelError when the server can't be reached, refuses or answers with something else.
        """
        messages = reading_messages(scene)
        for level in range(self._level, len(_EXTRAS)):
            body = self._body(messages, READ_TOKENS, _EXTRAS[level])
            with self._plainly():
                answer = self._client.post("chat/completions", json=body)
            if answer.status_code not in _REFUSALS:
                # Remembered only now: a request may be refused for another reason than these fields.
                self._level = level
                break
        self._check(answer)
        return parse_reading(self._content(answer), self.id)

    def write(self, brief: Brief) -> Iterator[str]:
        """Write the reply in pieces as the server sends them; closing it closes the connection.

        Raises ModelError when the server can't be reached, refuses or answers with something else.
        """
        messages = writing_messages(brief)
        return whole_slots(without_reasoning(self._stream(messages)))

    def _stream(self, messages: list[Message]) -> Generator[str]:
        for switch in (True, False) if self._switch else (False,):
            extras = _NO_REASONING if switch else {}
            body = {**self._body(messages, WRITE_TOKENS, extras), "stream": True}
            with self._plainly(), self._client.stream("POST", "chat/completions", json=body) as answer:
                if answer.status_code in _REFUSALS and switch:
                    continue
                if answer.status_code != httpx.codes.OK:
                    answer.read()
                self._check(answer)
                self._switch = switch
                yield from self._events(answer)
                return

    def _body(self, messages: list[Message], most: int, extras: Mapping[str, Any]) -> dict[str, Any]:
        if self._model is None:
            self._model = self._first_model()
        return {
            "model": self._model,
            "messages": messages,
            "temperature": 0.0,
            "max_tokens": most,
            **extras,
        }

    def _first_model(self) -> str:
        with self._plainly():
            answer = self._client.get("models")
        self._check(answer)
        try:
            return sanitise_line(str(answer.json()["data"][0]["id"]), 200)
        except (ValueError, LookupError, TypeError) as error:
            raise ModelError(
                f"The server at {self._where} lists no model; name one as {self._where}#NAME."
            ) from error

    def _content(self, answer: httpx.Response) -> str:
        try:
            content = answer.json()["choices"][0]["message"]["content"]
        except (ValueError, LookupError, TypeError) as error:
            raise self._strange() from error
        if not isinstance(content, str):
            raise self._strange()
        return content[:_LONGEST_ANSWER]

    def _events(self, answer: httpx.Response) -> Iterator[str]:
        """Yield the text of server-sent events (WHATWG HTML, section 9.2); what is no data is passed over."""
        size = 0
        for line in answer.iter_lines():
            size += len(line)
            if size > _LONGEST_ANSWER:
                raise self._strange()
            if not line.startswith("data:"):
                continue
            data = line.removeprefix("data:").strip()
            if data == "[DONE]":
                return
            try:
                event = json.loads(data)
                if "error" in event:
                    raise self._refused(_reason(event))
                choices = event["choices"]
                piece = choices[0]["delta"].get("content") if choices else None
            except (ValueError, LookupError, TypeError, AttributeError) as error:
                raise self._strange() from error
            if isinstance(piece, str) and piece:
                yield piece

    def _check(self, answer: httpx.Response) -> None:
        if answer.status_code == httpx.codes.OK:
            return
        if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
            raise ModelError(
                f"The server at {self._where} asks for a key; set {KEY_VARIABLE} to one it knows."
            )
        try:
            reason = _reason(answer.json())
        except ValueError:
            reason = ""
        raise self._refused(reason or f"HTTP {answer.status_code}")

    def _refused(self, reason: str) -> ModelError:
        return ModelError(
            f"The server at {self._where} refused ({reason}); check its log and the model's name."
        )

    def _strange(self) -> ModelError:
        return ModelError(
            f"The server at {self._where} answered with something that is no chat completion; check the address."
        )

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """Turn httpx's errors into one sentence that names the address."""
        try:
            yield
        except httpx.ConnectError as error:
            raise ModelError(
                f"No chat server answers at {self._where}; start it, or name another address or model."
            ) from error
        except httpx.TimeoutException as error:
            raise ModelError(
                f"The server at {self._where} took too long; try again or use a smaller model."
            ) from error
        except httpx.HTTPError as error:
            raise ModelError(
                f"The connection to {self._where} broke ({type(error).__name__}); try again."
            ) from error


def _address(text: str) -> tuple[httpx.URL, str | None]:
    """Return the base address, '/v1' where no path is given, and the model named behind '#'."""
    try:
        url = httpx.URL(text.strip())
    except (httpx.InvalidURL, TypeError) as error:
        raise UsageError(
            f"'{sanitise_line(text, 100)}' is not an address; write http://HOST:PORT/v1."
        ) from error
    if url.scheme not in ("http", "https") or not url.host:
        raise UsageError(f"'{sanitise_line(text, 100)}' is not an address; write http://HOST:PORT/v1.")
    path = url.path.rstrip("/").removesuffix("/chat/completions") or "/v1"
    return url.copy_with(path=f"{path}/", fragment=None), url.fragment or None


def _reason(body: Any) -> str:  # noqa: ANN401
    """Return what a server says of an error, in a line."""
    error = body.get("error") if isinstance(body, dict) else None
    said = error.get("message") if isinstance(error, dict) else error
    return sanitise_line(said, 160).rstrip(".") if isinstance(said, str) else ""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from agent.chat.grammar import reading_json
from agent.chat.openai import OpenAIChat
from agent.chat.prompts import READINGS, REPLIES
from agent.chat.protocol import ChatModel
from agent.types import ActName, Scene
from encoders.errors import ModelError, UsageError
from tests.agent.chat.server import Body, ChatServer, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

SCENE, READING = READINGS[0]
BRIEF, REPLY = REPLIES[0]


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with serving() as running:
        running.content = reading_json(READING)
        yield running


@pytest.fixture
def chat(server: ChatServer) -> Iterator[OpenAIChat]:
    model = OpenAIChat(server.address, environ={}, timeout=5)
    yield model
    model.close()


def test_a_turn_is_read_under_the_schema(server: ChatServer, chat: OpenAIChat) -> None:
    assert isinstance(chat, ChatModel)
    assert chat.read(SCENE) == READING
    (asked,) = server.asked
    assert asked["path"] == "/v1/chat/completions" and asked["model"] == "tiny-chat"
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert chat.id == f"tiny-chat@{server.address}/v1"


@pytest.mark.parametrize("unknown", ["chat_template_kwargs", "json_schema", "response_format"])
def test_a_field_the_server_does_not_know_is_left_out_from_then_on(
    unknown: str, server: ChatServer, chat: OpenAIChat
) -> None:
    def refuses(body: Body) -> bool:
        return unknown in body or body.get("response_format", {}).get("type") == unknown

    server.refuses = refuses
    assert chat.read(SCENE) == READING
    tries = len(server.asked)
    assert tries > 1
    assert chat.read(SCENE) == READING
    assert len(server.asked) == tries + 1


def test_a_refusal_for_another_reason_is_not_remembered(server: ChatServer, chat: OpenAIChat) -> None:
    server.status = 400
    with pytest.raises(ModelError, match="no such model"):
        chat.read(SCENE)
    server.status = 200
    chat.read(SCENE)
    assert "response_format" in server.asked[-1]


def test_a_fenced_answer_in_prose_is_read(server: ChatServer, chat: OpenAIChat) -> None:
    server.content = f"Of course!\n```json\n{server.content}\n```"
    assert chat.read(SCENE) == READING


def test_a_reply_streams_in_pieces(server: ChatServer, chat: OpenAIChat) -> None:
    server.content = REPLY
    pieces = list(chat.write(BRIEF))
    assert "".join(pieces) == REPLY and len(pieces) > 5
    assert server.asked[-1]["stream"] is True


def test_the_first_piece_comes_before_the_last_is_made(server: ChatServer, chat: OpenAIChat) -> None:
    server.content, server.gate = "one two three", threading.Event()
    running = chat.write(BRIEF)
    assert next(running) == "one"
    server.gate.set()
    assert "".join(running) == " two three"


def test_closing_a_reply_closes_the_connection(server: ChatServer, chat: OpenAIChat) -> None:
    server.content, server.gate = "word " * 20_000, threading.Event()
    running = chat.write(BRIEF)
    next(running)
    running.close()  # type: ignore[attr-defined]
    server.gate.set()
    assert server.broken.wait(5)


def test_reasoning_is_left_out_of_a_reply(server: ChatServer, chat: OpenAIChat) -> None:
    server.content = "<think>\nthe user wants a fan </think>\n\nHere is {1.title}."
    assert "".join(chat.write(BRIEF)) == "Here is {1.title}."


def test_escape_sequences_do_not_pass(server: ChatServer, chat: OpenAIChat) -> None:
    server.content = "a\x1bb \x9bc"
    assert "\x1b" not in "".join(chat.write(BRIEF)) and "\x9b" not in "".join(chat.write(BRIEF))


def test_a_key_is_sent_only_when_the_environment_has_one(server: ChatServer, chat: OpenAIChat) -> None:
    chat.read(SCENE)
    keyed = OpenAIChat(server.address, environ={"VITRINE_API_KEY": "secret"})
    keyed.read(SCENE)
    keyed.close()
    assert server.keys == [None, "Bearer secret"]


def test_a_missing_key_is_told_by_the_variables_name(server: ChatServer, chat: OpenAIChat) -> None:
    server.status = 401
    with pytest.raises(ModelError, match="set VITRINE_API_KEY"):
        chat.read(SCENE)


@pytest.mark.parametrize(
    "error", ['{"error": {"message": "model \\u001b[31mx not found"}}', "<html>oops</html>", "[]"]
)
def test_a_refusal_names_the_address_and_the_reason(error: str, server: ChatServer, chat: OpenAIChat) -> None:
    server.status, server.error = 404, error
    for ask in (lambda: chat.read(SCENE), lambda: list(chat.write(BRIEF))):
        with pytest.raises(
            ModelError, match=rf"{server.address}/v1 refused \((model x not found|HTTP 404)\)"
        ):
            ask()


@pytest.mark.parametrize(
    "raw", [b"<html>", b"{}", b'{"choices": []}', b'{"choices": [{"message": {}}]}', b"[1]"]
)
def test_what_is_no_completion_is_told_in_a_sentence(
    raw: bytes, server: ChatServer, chat: OpenAIChat
) -> None:
    server.raw = raw
    with pytest.raises(ModelError, match="no chat completion"):
        chat.read(SCENE)


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"data: {broken\n\n", "no chat completion"),
        (b'data: {"choices": [{}]}\n\n', "no chat completion"),
        (b'data: {"error": {"message": "out of memory"}}\n\n', r"refused \(out of memory\)"),
    ],
)
def test_a_stream_that_goes_wrong_is_told_in_a_sentence(
    raw: bytes, said: str, server: ChatServer, chat: OpenAIChat
) -> None:
    server.raw = raw
    with pytest.raises(ModelError, match=said):
        list(chat.write(BRIEF))


def test_no_server_is_told_with_the_address_and_without_a_password() -> None:
    chat = OpenAIChat("http://me:secret@127.0.0.1:9/v1#any", environ={})
    with pytest.raises(ModelError, match=r"No chat server answers at http://127.0.0.1:9/v1;") as caught:
        chat.read(Scene("boots"))
    assert "secret" not in str(caught.value) and "secret" not in chat.id
    chat.close()


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("", "/v1"),
        ("/", "/v1"),
        ("/v1/", "/v1"),
        ("/v1/chat/completions", "/v1"),
        ("/api/openai", "/api/openai"),
    ],
)
def test_the_path_of_an_address_may_be_written_in_many_ways(
    address: str, path: str, server: ChatServer
) -> None:
    chat = OpenAIChat(f"{server.address}{address}#mine", environ={})
    assert chat.read(SCENE).act is ActName.RECOMMEND
    assert server.asked[-1]["path"] == f"{path}/chat/completions" and server.asked[-1]["model"] == "mine"
    chat.close()


@pytest.mark.parametrize("address", ["", "localhost:8000", "ftp://host", "http://", "http://[::1"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(UsageError, match="is not an address"):
        OpenAIChat(address, environ={})

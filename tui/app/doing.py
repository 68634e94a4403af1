"""What the screen itself does: the actions of the registry that the engine doesn't play."""

from __future__ import annotations

from typing import TYPE_CHECKING

from encoders.errors import UsageError
from tui.app.enlarge import Enlarged
from tui.app.help import Help

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from tui.app.card import CardView
    from tui.app.chat import Chat


def _enlarge(chat: Chat, words: Sequence[str]) -> None:
    view = card_of(chat, words, "enlarge N")
    if view.card.image is None:
        raise UsageError(f"{view.card.title} has no picture in the catalogue.")
    chat.app.push_screen(Enlarged(view.card.image, view.card.title, chat.setting.pictures))


def _help(chat: Chat, words: Sequence[str]) -> None:
    focused = chat.focused
    here = next((node.HELP for node in focused.ancestors_with_self if node.HELP), "") if focused else ""
    chat.app.push_screen(Help(here or "", chat.keymap))


def _new(chat: Chat, words: Sequence[str]) -> None:
    chat.engine.cancel_all()
    chat.engine.ask("new", lambda conversation: conversation.new())


def _panel(chat: Chat, words: Sequence[str]) -> None:
    wide = chat.has_class("-wide")
    chat.side.toggle_class("-hidden" if wide else "-shown")


def _quit(chat: Chat, words: Sequence[str]) -> None:
    chat.app.exit(0)


def _send(chat: Chat, words: Sequence[str]) -> None:
    if not chat.composer.staged:
        raise UsageError("Nothing is staged: /image PATH, /sound PATH or /voice PATH first.")
    chat.composer.send()


def _theme(chat: Chat, words: Sequence[str]) -> None:
    chat.status.timings = f"theme: {chat.app.next_theme()}"


def _profile(chat: Chat, words: Sequence[str]) -> None:
    chat.engine.ask("profile", lambda conversation: conversation.people.export(conversation.user))


def _stage(kind: str) -> Callable[[Chat, Sequence[str]], None]:
    def stage(chat: Chat, words: Sequence[str]) -> None:
        chat.composer.stage(chat.composer.staged.with_file(kind, " ".join(words)))

    return stage


def card_of(chat: Chat, words: Sequence[str], usage: str) -> CardView:
    """Return the card that a command names, or the one that is selected."""
    row = chat.talk.row
    views = row.views if row is not None else ()
    number = words[0] if words else next((str(view.card.rank) for view in views if view.has_focus), "")
    found = next((view for view in views if str(view.card.rank) == number.lstrip("#")), None)
    if found is None:
        raise UsageError(f"Write it as /{usage}, with the number of a card on screen.")
    return found


DOING: Mapping[str, Callable[[Chat, Sequence[str]], None]] = {
    "enlarge": _enlarge,
    "help": _help,
    "image": _stage("image"),
    "new": _new,
    "panel": _panel,
    "profile": _profile,
    "quit": _quit,
    "send": _send,
    "sound": _stage("sound"),
    "theme": _theme,
    "voice": _stage("voice"),
}
"""By their names in the registry; a test holds both to the same names."""

"""What the screen itself does: the actions of the registry that the engine doesn't play.

Other screens are imported when they open: the first paint does not wait for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.actions import Place
from encoders.errors import UsageError
from tui.app.card import CardRow, CardView
from tui.app.themes import THEMES
from tui.plain.attaching import place_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from agent.conversation import Conversation
    from retrieval.index.progress import Progress
    from tui.app.chat import Chat
    from tui.sessions.listing import SessionInfo
    from tui.sessions.recorder import Recorder

    Doing = Callable[[Chat, Sequence[str]], None]


def _enlarge(chat: Chat, words: Sequence[str]) -> None:
    from tui.app.enlarge import Enlarged

    view = _card_of(chat, words)
    if view.card.image is None:
        raise UsageError(f"{view.card.title} has no picture in the catalogue.")
    if not chat.setting.pictures.draws:
        raise UsageError(f"Pictures are not drawn here: {chat.setting.pictures.reason}. Try --images half.")
    chat.app.push_screen(Enlarged(view.card.image, view.card.title, chat.setting.pictures))


def _card_of(chat: Chat, words: Sequence[str]) -> CardView:
    """Return the card that a command names."""
    row = chat.talk.row
    number = words[0].lstrip("#") if words else ""
    found = next((view for view in row.views if str(view.card.rank) == number), None) if row else None
    if found is None:
        raise UsageError("Write it as /enlarge N, with the number of a card on screen.")
    return found


def _export(chat: Chat, words: Sequence[str]) -> None:
    _with_session(chat, "export", words)


def _help(chat: Chat, words: Sequence[str]) -> None:
    from tui.app.help import Help

    focused = chat.focused
    here = next((node.HELP for node in focused.ancestors_with_self if node.HELP), "") if focused else ""
    on_card = isinstance(focused, CardView | CardRow)
    chat.app.push_screen(Help(here or "", chat.keymap, Place.CARD if on_card else Place.ANYWHERE))


def _image(chat: Chat, words: Sequence[str]) -> None:
    if words:
        chat.composer.stage_files([" ".join(words)], "image")
        return

    from tui.app.pick import Picker

    def picked(path: Path | None) -> None:
        if path is not None:
            chat.picked_in = path.parent
            chat.composer.stage_files([path])
            chat.composer.prompt.focus()

    chat.app.push_screen(Picker(chat.setting.pictures, chat.picked_in), picked)


def _models(chat: Chat, words: Sequence[str]) -> None:
    from encoders.places import data_dir
    from tui.pulling import list_sets, pull_told

    data = chat.setting.data_dir or data_dir(None)

    def pull(progress: Progress) -> list[str]:
        pull_told(words[1], data, progress, chat.setting.hub)
        return [f"The set {words[1]} is here: `vitrine --profile {words[1]}` talks with it."]

    if not words:
        chat.engine.work(lambda progress: list_sets(data), "lines", beside=True)
    elif len(words) == 2 and words[0] == "pull":
        chat.engine.work(pull, "lines", beside=True)
    else:
        raise UsageError("Write it as /models, or as /models pull SET with a set that /models lists.")


def _new(chat: Chat, words: Sequence[str]) -> None:
    def begin(conversation: Conversation) -> None:
        conversation.new()

    chat.composer.recorder.discard()
    chat.engine.cancel_all()
    chat.engine.ask("nothing", begin)
    chat.engine.remember(lambda recorder: recorder.anew(), "new")


def _panel(chat: Chat, words: Sequence[str]) -> None:
    chat.side.toggle()


def _paste(chat: Chat, words: Sequence[str]) -> None:
    chat.composer.paste_picture()


def _profile(chat: Chat, words: Sequence[str]) -> None:
    chat.engine.ask("profile", lambda conversation: conversation.people.export(conversation.user))


def _quit(chat: Chat, words: Sequence[str]) -> None:
    chat.app.exit(0)


def _rename(chat: Chat, words: Sequence[str]) -> None:
    _with_session(chat, "rename", words)


def _with_session(chat: Chat, command: str, words: Sequence[str]) -> None:
    from tui.sessions.commands import do_with_session

    chat.engine.remember(lambda recorder: list(do_with_session(command, " ".join(words), recorder)), "lines")


def _send(chat: Chat, words: Sequence[str]) -> None:
    if not chat.composer.staged:
        raise UsageError("Nothing is staged: /image PATH, /sound PATH or /voice PATH first.")
    chat.composer.call_later(chat.composer.send)


def _sessions(chat: Chat, words: Sequence[str]) -> None:
    def listed(recorder: Recorder) -> tuple[Sequence[SessionInfo], str | None]:
        return recorder.listed(), recorder.session.id if recorder.session else None

    chat.engine.remember(listed, "sessions")


def _sound(chat: Chat, words: Sequence[str]) -> None:
    if not words:
        raise UsageError("Name a file: /sound PATH.")
    chat.composer.stage_files([" ".join(words)], "sound")


def _theme(chat: Chat, words: Sequence[str]) -> None:
    names = [theme.name for theme in THEMES]
    place = names.index(chat.app.theme) if chat.app.theme in names else -1
    chat.app.theme = names[(place + 1) % len(names)]
    chat.status.timings = f"theme: {chat.app.theme}"


def _unstage(chat: Chat, words: Sequence[str]) -> None:
    staged = chat.composer.staged
    chat.composer.stage(staged.without(place_of(staged, words)))


def _voice(chat: Chat, words: Sequence[str]) -> None:
    recorder = chat.composer.recorder
    if words:
        chat.composer.stage_files([" ".join(words)], "voice")
    elif recorder.listening:
        recorder.stop()
    elif chat.conversation is None:
        raise UsageError("The models are still loading: speak when the first line says that they are ready.")
    elif not recorder.waiting:
        # Loaded before anything is recorded: a set without a speech model says so at once.
        recorder.wait()
        chat.engine.ask("speech", lambda conversation: bool(conversation.models.speech.get()))


DOING: Mapping[str, Doing] = {
    "enlarge": _enlarge,
    "export": _export,
    "help": _help,
    "image": _image,
    "models": _models,
    "new": _new,
    "panel": _panel,
    "paste": _paste,
    "profile": _profile,
    "quit": _quit,
    "rename": _rename,
    "send": _send,
    "sessions": _sessions,
    "sound": _sound,
    "theme": _theme,
    "unstage": _unstage,
    "voice": _voice,
}
"""By their names in the registry; a test holds both to the same names."""

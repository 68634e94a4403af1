"""Pick a picture or a sound from the folders of this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import DirectoryTree, Static

from encoders.sanitise import sanitise_line
from tui.app.picture import Picture
from tui.app.text import plain
from tui.attachments.complete import kind_by_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.text import Text, TextType
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widgets.directory_tree import DirEntry

    from tui.pictures.choose import Choice

_PREVIEW = 32, 16
MOST = 2_000
"""Files of a folder that are listed: 10,000 hold the screen up for a second, and nobody looks through so many."""


class Files(DirectoryTree):
    """Folders, pictures and sounds; hidden files stay hidden."""

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Leave out what can't be staged, and of a folder that has too much what comes last."""
        found: list[Path] = []
        for path in paths:
            if not path.name.startswith(".") and (kind_by_name(path.name) or self._safe_is_dir(path)):
                found.append(path)
        if len(found) <= MOST:
            return found
        found.sort(key=lambda path: (not self._safe_is_dir(path), path.name.casefold()))
        self.post_message(self.TooMany(len(found)))
        return found[:MOST]

    class TooMany(Message):
        """A folder has more than are listed."""

        def __init__(self, count: int) -> None:
            self.count = count
            super().__init__()

    def process_label(self, label: TextType) -> Text:
        """Show a name as it is: Textual would read '[…]' as markup, and a terminal obey its escapes."""
        from rich.text import Text

        return Text(sanitise_line(str(label)) or "?")


class Picker(ModalScreen[Path | None]):
    """A tree of files beside the picture that is pointed at; Enter takes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f3", "dismiss", "close"),
        Binding("backspace,left", "up", "folder above"),
    ]

    def __init__(self, choice: Choice, folder: Path | None = None) -> None:
        """Begin in `folder`, or where Vitrine was started."""
        super().__init__()
        self._choice = choice
        self._folder = folder or Path.cwd()

    def compose(self) -> ComposeResult:
        """Lay out the tree, the preview and the keys."""
        with Vertical(id="picker"):
            yield Static(plain(sanitise_line(str(self._folder)), "bold"), id="folder", markup=False)
            with Horizontal():
                yield Files(self._folder)
                yield Vertical(id="preview")
            yield Static(
                plain("Enter takes a file, Backspace goes to the folder above, Esc closes", "$muted"),
                markup=False,
            )

    def on_mount(self) -> None:
        """Give the tree the keys."""
        self.query_one(Files).focus()

    def action_up(self) -> None:
        """Go to the folder above."""
        self._folder = self._folder.parent
        self.query_one(Files).path = self._folder
        self._tell()

    def _tell(self, note: str = "") -> None:
        told = plain(sanitise_line(str(self._folder)), "bold")
        self.query_one("#folder", Static).update(told + plain(f"  {note}", "$warning") if note else told)

    def on_files_too_many(self, event: Files.TooMany) -> None:
        """Say that not all is listed."""
        self._tell(f"the first {MOST:,} of {event.count:,}: name others with @ or /image")

    def on_tree_node_expanded(self, event: Files.NodeExpanded[DirEntry]) -> None:
        """Say why a folder shows nothing."""
        if event.node.data is not None:
            self._tell(_unreadable(event.node.data.path))

    async def on_tree_node_highlighted(self, event: Files.NodeHighlighted[DirEntry]) -> None:
        """Show the picture that is pointed at."""
        preview = self.query_one("#preview", Vertical)
        await preview.remove_children()
        path = event.node.data.path if event.node.data is not None else None
        if path is not None and kind_by_name(path.name) == "image":
            await preview.mount(Picture(str(path), self._choice, *_PREVIEW))

    def on_directory_tree_file_selected(self, event: Files.FileSelected) -> None:
        """Take a file."""
        self.dismiss(event.path)


def _unreadable(folder: Path) -> str:
    try:
        with os.scandir(folder):
            return ""
    except OSError as error:
        return f"{sanitise_line(folder.name, 40)} can't be read: {(error.strerror or str(error)).lower()}"

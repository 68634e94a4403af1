"""Pick a picture or a sound from the folders of this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import DirectoryTree, Static

from encoders.sanitise import sanitise_line
from tui.app.picture import Picture
from tui.app.text import plain
from tui.attachments.complete import kind_by_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.pictures.choose import Choice

_PREVIEW = 32, 16


class Files(DirectoryTree):
    """Folders, pictures and sounds; hidden files stay hidden."""

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """Leave out what can't be staged."""
        return [
            path
            for path in paths
            if not path.name.startswith(".") and (path.is_dir() or kind_by_name(path.name))
        ]


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
        self.query_one("#folder", Static).update(plain(sanitise_line(str(self._folder)), "bold"))

    async def on_tree_node_highlighted(self, event: Files.NodeHighlighted[object]) -> None:
        """Show the picture that is pointed at."""
        preview = self.query_one("#preview", Vertical)
        await preview.remove_children()
        path = getattr(event.node.data, "path", None)
        if path is not None and kind_by_name(path.name) == "image":
            await preview.mount(Picture(str(path), self._choice, *_PREVIEW))

    def on_directory_tree_file_selected(self, event: Files.FileSelected) -> None:
        """Take a file."""
        self.dismiss(event.path)

"""Options that several commands share."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from encoders.layout import Slot
from encoders.places import data_dir
from tui.pictures.choose import WAYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent.conversation import Conversation
    from retrieval.index.progress import Progress

Function = TypeVar("Function", bound="Callable[..., Any]")


@dataclass(frozen=True, slots=True)
class Session:
    """What the shared options say."""

    catalog: str
    profile: str
    user: str
    data_dir: Path
    overrides: dict[Slot, str]
    chroma: str | None

    def open(self, *, bars: bool = True, progress: Progress | None = None) -> Conversation:
        """Open the conversation, telling `progress` what takes time, or stderr: with bars, or in words."""
        from agent.assembly import open_conversation

        if progress is None:
            from tui.progress import Bars

            with Bars(moving=bars) as shown:
                return self.open(progress=shown)
        return open_conversation(
            self.catalog,
            self.data_dir,
            profile=self.profile,
            overrides=self.overrides,
            user=self.user,
            progress=progress,
            chroma=self.chroma,
        )

    def check(self) -> None:
        """Raise CatalogueError or StoreError when the catalogue can't be opened; never indexes."""
        from retrieval.opening import check_catalogue

        check_catalogue(self.catalog, self.data_dir, self.chroma)


def data_option(function: Function) -> Function:
    """Add --data-dir."""
    return click.option(
        "--data-dir",
        type=click.Path(path_type=Path),
        help="Where indexes, profiles and models are kept (default: the system's place for data).",
    )(function)


def profile_option(function: Function) -> Function:
    """Add --profile, the model set."""
    return click.option(
        "--profile", default="auto", metavar="SET", help="Model set: auto, bundled, laptop or gpu."
    )(function)


def user_option(function: Function) -> Function:
    """Add --user."""
    return click.option("--user", default="me", metavar="NAME", help="Whose profile (default: me).")(function)


def chroma_option(function: Function) -> Function:
    """Add --chroma."""
    return click.option("--chroma", metavar="URL", help="A Chroma server instead of the index on this disk.")(
        function
    )


def model_option(slot: Slot) -> Callable[[Function], Function]:
    """Return what adds the option that names a single model."""
    return click.option(f"--{slot}-model", metavar="MODEL", help=f"Another {slot} model: a folder or hub id.")


def plain_option(function: Function) -> Function:
    """Add --plain."""
    return click.option(
        "--plain",
        is_flag=True,
        envvar="VITRINE_PLAIN",
        help="Lines of text only: for pipes and screen readers.",
    )(function)


def images_option(function: Function) -> Function:
    """Add --images."""
    return click.option(
        "--images",
        type=click.Choice([str(way) for way in WAYS]),
        envvar="VITRINE_IMAGES",
        help="How pictures are drawn in a terminal (default: auto, by what it can do; with --plain not at all).",
    )(function)


def record_option(function: Function) -> Function:
    """Add --no-record."""
    return click.option(
        "--no-record",
        is_flag=True,
        envvar="VITRINE_NO_RECORD",
        help="Don't keep this conversation; one in a pipe is not kept anyway.",
    )(function)


def session_options(function: Function) -> Function:
    """Add the options that open a conversation; the command gets them as `session`."""

    @functools.wraps(function)
    def wrapper(**arguments: Any) -> object:  # noqa: ANN401 - click hands over whatever the options hold
        overrides = {slot: arguments.pop(f"{slot}_model") for slot in Slot}
        session = Session(
            catalog=arguments.pop("catalog"),
            profile=arguments.pop("profile"),
            user=arguments.pop("user"),
            data_dir=data_dir(arguments.pop("data_dir")),
            overrides={slot: source for slot, source in overrides.items() if source},
            chroma=arguments.pop("chroma"),
        )
        return function(session=session, **arguments)

    wrapped: Any = wrapper
    for option in (
        data_option,
        *(model_option(slot) for slot in reversed(Slot)),
        chroma_option,
        user_option,
        profile_option,
        click.option(
            "--catalog", default="demo", metavar="NAME|PATH", help="What to talk about (default: demo)."
        ),
    ):
        wrapped = option(wrapped)
    result: Function = wrapped
    return result

"""The `vitrine` command; every subcommand is imported when it is called, so that `--help` answers at once."""

from __future__ import annotations

import importlib
import os
import sys
import threading
from contextlib import suppress

import click

from encoders.errors import VitrineError
from encoders.sanitise import sanitise_line
from tui.echo import accept_any_text, narrate

_COMMANDS = {
    "chat": "Talk to a catalogue.",
    "ask": "Ask one thing and get one answer.",
    "index": "Import and index a catalogue.",
    "eval": "Play scripts and run benchmarks.",
    "sessions": "List, show, export or forget recorded conversations.",
    "replay": "Play a recorded conversation.",
    "models": "List, verify and pull models.",
    "profile": "Show, export or forget what is known of you.",
    "doctor": "Say what was detected here, and whether store and index are sound.",
}


class LazyGroup(click.Group):
    """A group whose commands live in `tui.commands.<name>` as `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order a newcomer meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and return its command."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"tui.commands.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take options without a command ('vitrine --catalog demo') as those of `chat`."""
        if args and args[0].startswith("-"):
            args = ["chat", *args]
        return super().resolve_command(ctx, args)


@click.command(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "ignore_unknown_options": True},
)
@click.version_option(package_name="vitrine", prog_name="vitrine")
@click.pass_context
def vitrine(context: click.Context) -> None:
    """Ask, say or show what you are after; Vitrine finds it in a catalogue, shows it, and tells you why.

    Without a command it starts `vitrine chat`, which takes the same options.
    """
    if context.invoked_subcommand is None:
        chat: click.Command = importlib.import_module("tui.commands.chat").command
        chat.main(args=[], prog_name="vitrine chat", standalone_mode=False)


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    code = run(arguments)
    if any(thread.daemon and thread.is_alive() for thread in threading.enumerate()):
        # A model that is still loading in the background would be torn down in the middle, and abort the process.
        with suppress(OSError, ValueError, AttributeError):
            sys.stdout.flush()
        os._exit(code)
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code; every error is one sentence on stderr."""
    # One process, one model at a time: a fork after tokenizers' threads started would warn on stderr.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    accept_any_text()
    try:
        result = vitrine.main(args=arguments, prog_name="vitrine", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except VitrineError as error:
        return _failed(str(error), error.exit_code)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        narrate(error.format_message())
        return error.exit_code
    except click.ClickException as error:
        return _failed(_usage(error), error.exit_code)
    except click.Abort:  # Ctrl-C inside a command; click has ended the line
        return _failed("interrupted.", 130)
    except KeyboardInterrupt:
        narrate()
        return _failed("interrupted.", 130)
    except BrokenPipeError:
        _abandon_stdout()
        return 1
    except OSError as error:
        _abandon_stdout()
        where = f" ({error.filename})" if error.filename else ""
        return _failed(
            f"The system refused to read or write{where}: {error.strerror or error}; "
            "check the disk and its permissions, and run the same command again.",
            1,
        )


def _failed(sentence: str, code: int) -> int:
    narrate(f"vitrine: {sanitise_line(sentence)}")
    return code


def _usage(error: click.ClickException) -> str:
    """Say what click found wrong in one sentence, with the command that helps."""
    message = error.format_message().rstrip(".?")
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "vitrine"
    # click's hints are questions of their own: 'No such option '--plan'. Did you mean '--plain'?'
    message = message.replace(". Did you mean", "; did you mean").replace(". (Possible", " (possible")
    return f"{message}; `{command} --help` lists what there is."


def _abandon_stdout() -> None:
    """Point stdout away from a reader that has gone, or Python would complain again when it flushes at exit."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()

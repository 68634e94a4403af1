"""Fetching models from the hub: the only place where Vitrine connects to it, and only when asked to.

Weights come as safetensors (or CTranslate2's arrays), never as pickles or code. What the hub says of a file's
SHA-256 is compared with what arrived; a manifest is written last, so that its presence means a complete
model. A pull that was cut short goes on where it stopped.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from encoders.atomic import write_text
from encoders.checksum import MANIFEST, manifest_of, sha256
from encoders.errors import ModelError, UsageError
from encoders.layout import NEVER_PULLED, PULLED, missing_files
from encoders.places import ensure_writable, model_dir, models_dir
from encoders.profiles import SETS, ModelRef

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the pull of a model is."""

    source: str
    file: str
    """The file that is being fetched."""
    done: int
    """Bytes of the model that are here."""
    total: int
    """Bytes of the model."""


Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _RemoteFile:
    name: str
    size: int
    sha256: str | None
    """None for small files, which git keeps by itself."""


def pull(
    name: str, data: Path, report: Report | None = None, endpoint: str | None = None
) -> tuple[Path, ...]:
    """Fetch every model of the set `name` into the data folder and return their folders.

    `report` is told about each piece that arrives; `endpoint` is another hub than the public one.

    Raises UsageError when there is nothing to fetch by that name, ModelError when a model can't be fetched,
    StoreError when the data folder can't be written.
    """
    if name not in SETS:
        raise UsageError(f"There is no model set '{name}' to pull; use one of laptop, gpu.")
    refs = [ref for ref in SETS[name].refs.values() if ref.hub]
    if not refs:
        raise UsageError(f"The '{name}' set comes with Vitrine; pull one of laptop, gpu.")
    return tuple(pull_model(ref, data, report, endpoint) for ref in refs)


def pull_model(ref: ModelRef, data: Path, report: Report | None = None, endpoint: str | None = None) -> Path:
    """Fetch one model from the hub into the data folder and return its folder; complete files are kept.

    Raises ModelError, in one sentence, when the hub can't be reached or the files are not what it says.
    """
    from filelock import FileLock

    folder = ensure_writable(model_dir(data, ref.source))
    with FileLock(models_dir(data) / f"{folder.name}.lock"):
        with _told_plainly(ref):
            commit, files = _remote_files(ref, endpoint)
            if (manifest_of(folder) or {}).get("commit") == commit and not missing_files(ref.slot, folder):
                return folder
            (folder / MANIFEST).unlink(missing_ok=True)
            _check_space(ref, folder, files)
            digests = _fetch(ref, folder, commit, files, report or (lambda progress: None), endpoint)
        missing = missing_files(ref.slot, folder)
        if missing:
            raise ModelError(
                f"The hub's {ref.source} has no {', '.join(missing)}, so it can't be a {ref.slot} model; "
                "name another."
            )
        _write_manifest(folder, ref, commit, digests)
    return folder


def _remote_files(ref: ModelRef, endpoint: str | None) -> tuple[str, list[_RemoteFile]]:
    """Ask the hub for the commit and the files that a pull takes."""
    from huggingface_hub import HfApi
    from huggingface_hub.utils import filter_repo_objects

    info = HfApi(endpoint=endpoint).model_info(ref.source, revision=ref.revision, files_metadata=True)
    files = {
        each.rfilename: _RemoteFile(each.rfilename, each.size or 0, each.lfs.sha256 if each.lfs else None)
        for each in info.siblings or ()
    }
    wanted = filter_repo_objects(
        sorted(files), allow_patterns=list(PULLED[ref.slot]), ignore_patterns=list(NEVER_PULLED)
    )
    return str(info.sha), [files[name] for name in wanted]


def _check_space(ref: ModelRef, folder: Path, files: list[_RemoteFile]) -> None:
    """Raise ModelError when the disk can't hold what is still to come."""
    needed = sum(file.size for file in files if not (folder / file.name).is_file())
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise ModelError(
            f"{ref.source} needs {needed / 1e9:.1f} GB and {folder} has {free / 1e9:.1f} GB free; "
            "make room or use --data-dir."
        )


def _fetch(
    ref: ModelRef,
    folder: Path,
    commit: str,
    files: list[_RemoteFile],
    report: Report,
    endpoint: str | None,
) -> dict[str, str]:
    """Fetch the files at one commit and return their SHA-256 by name."""
    from huggingface_hub import hf_hub_download

    total = sum(file.size for file in files)
    done = 0
    digests = {}
    for file in files:
        path = folder / file.name
        if not (file.sha256 and path.is_file() and sha256(path) == file.sha256):
            before = done

            def arrived(size: int, before: int = before, file: _RemoteFile = file) -> None:
                report(Progress(ref.source, file.name, min(before + size, total), total))

            hf_hub_download(
                ref.source,
                file.name,
                revision=commit,
                local_dir=folder,
                endpoint=endpoint,
                tqdm_class=_meter(arrived),
            )
        digests[file.name] = sha256(path)
        if file.sha256 and digests[file.name] != file.sha256:
            path.unlink()
            raise ModelError(
                f"The file {file.name} of {ref.source} arrived damaged and was removed; "
                "run the same pull again."
            )
        done += file.size
        report(Progress(ref.source, file.name, done, total))
    return digests


def _meter(arrived: Callable[[int], None]) -> type[Any]:
    """Return a progress bar class for huggingface_hub that draws nothing and counts the bytes."""
    from huggingface_hub.utils import tqdm

    def start(bar: Any, *args: object, **options: object) -> None:  # noqa: ANN401
        bar.here = int(str(options.get("initial") or 0))
        tqdm.__init__(bar, *args, **{**options, "disable": True})

    def update(bar: Any, n: float | None = 1) -> None:  # noqa: ANN401
        bar.here += int(n or 0)
        arrived(bar.here)

    return type("Meter", (tqdm,), {"__init__": start, "update": update})


@contextmanager
def _told_plainly(ref: ModelRef) -> Iterator[None]:
    """Turn the hub library's errors into one sentence each."""
    import httpx2
    from huggingface_hub import errors

    try:
        yield
    except errors.GatedRepoError as error:
        raise ModelError(
            f"{ref.source} asks for its licence to be accepted on the hub; "
            "do so there and set HF_TOKEN, or name another model."
        ) from error
    except (errors.RepositoryNotFoundError, errors.RevisionNotFoundError) as error:
        raise ModelError(
            f"The hub has no {ref.source}{'@' + ref.revision if ref.revision else ''}; check its name."
        ) from error
    except errors.OfflineModeIsEnabled as error:
        raise ModelError(f"{ref.source} can't be pulled while HF_HUB_OFFLINE is set; unset it.") from error
    except (errors.HfHubHTTPError, errors.LocalEntryNotFoundError, errors.FileMetadataError) as error:
        raise ModelError(
            f"{ref.source} can't be fetched from the hub ({type(error).__name__}); "
            "run the same pull again later."
        ) from error
    except (httpx2.HTTPError, ConnectionError, TimeoutError) as error:
        raise ModelError(
            f"The hub can't be reached to fetch {ref.source}; check the network and run the same pull again."
        ) from error
    except OSError as error:
        raise ModelError(
            f"{ref.source} can't be stored ({error.strerror or type(error).__name__}); "
            "make room or use --data-dir."
        ) from error


def _write_manifest(folder: Path, ref: ModelRef, commit: str, digests: dict[str, str]) -> None:
    manifest = {"source": ref.source, "revision": ref.revision, "commit": commit, "files": digests}
    write_text(folder / MANIFEST, json.dumps(manifest, indent=1))

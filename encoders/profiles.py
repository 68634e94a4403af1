"""The model sets: which model fills each slot, which of them are on this disk, and which set to take."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from encoders.errors import ModelMissing, UsageError
from encoders.layout import Slot, missing_files
from encoders.places import cached_snapshot, data_dir, model_dir

if TYPE_CHECKING:
    from collections.abc import Mapping

AUTO = "auto"
BUNDLED_TEXT = "bundled:all-MiniLM-L6-v2"
BUNDLED_CHAT = "bundled:nano"
BUNDLED_IMAGE = "bundled:nano-clip"
BUNDLED_AUDIO = "bundled:log-mel-statistics"

_WHISPER_SIZES = (
    "tiny",
    "tiny.en",
    "base",
    "base.en",
    "small",
    "small.en",
    "medium",
    "medium.en",
    "large-v3",
)


@dataclass(frozen=True, slots=True)
class ModelRef:
    """A model by name."""

    slot: Slot
    source: str
    """A hub id, a local folder, 'bundled:…', or for a chat model the address of an OpenAI-compatible API."""
    revision: str | None = None
    """Commit, tag or branch of a hub id; None is the main branch, whose commit a pull records."""
    size_gb: float | None = None
    """What a pull fetches, in GB, where it is known."""

    @property
    def bundled(self) -> bool:
        """Whether it comes with Vitrine."""
        return self.source.startswith("bundled:")

    @property
    def address(self) -> bool:
        """Whether it is served at an address."""
        return self.source.startswith(("http://", "https://"))

    @property
    def folder(self) -> bool:
        """Whether it is named as a local folder."""
        return self.source.startswith(("/", "./", "../", "~")) or Path(self.source).is_absolute()

    @property
    def hub(self) -> bool:
        """Whether it is a hub id."""
        return not (self.bundled or self.address or self.folder)

    @property
    def name(self) -> str:
        """A short name for people: the last part of the id or path."""
        if self.address:
            return self.source
        return Path(self.source.removeprefix("bundled:")).name

    @classmethod
    def parse(cls, slot: Slot, text: str) -> ModelRef:
        """Read what a person wrote for a model of `slot`.

        Takes a hub id ('org/name', 'hf-hub:org/name', 'org/name@revision'), a folder ('PATH',
        'local-dir:PATH'), 'bundled:…', an address (chat), an open_clip pair
        ('ViT-B-32-256,datacomp_s34b_b86k') or a Whisper size.

        Raises UsageError when `text` is none of these.
        """
        text = text.strip().removeprefix("hf-hub:")
        if text.startswith("local-dir:"):
            return cls(slot, str(Path(text.removeprefix("local-dir:")).expanduser().absolute()))
        if text.startswith("bundled:"):
            if BUNDLED.refs.get(slot) != cls(slot, text):
                there_is = BUNDLED.refs[slot].source if slot in BUNDLED.refs else "none"
                raise UsageError(f"No {slot} model '{text}' comes with Vitrine: there is {there_is}.")
            return cls(slot, text)
        if text.startswith(("http://", "https://")):
            if slot is not Slot.CHAT:
                raise UsageError(
                    f"Only the chat model can be an address; name a hub id or a folder for {slot}."
                )
            return cls(slot, text)
        if cls(slot, text).folder or Path(text).is_dir():
            return cls(slot, str(Path(text).expanduser().absolute()))
        if slot is Slot.IMAGE and "," in text:
            return cls(slot, _open_clip_hub_id(text))
        if slot is Slot.SPEECH and text in _WHISPER_SIZES:
            return cls(slot, f"Systran/faster-whisper-{text}")
        if slot is Slot.SPEECH and text == "turbo":
            return GPU.refs[Slot.SPEECH]
        source, _, revision = text.partition("@")
        if source.count("/") != 1 or not all(source.split("/")):
            raise UsageError(
                f"'{text}' is neither a hub id (org/name), a folder nor an address of a {slot} model."
            )
        return cls(slot, source, revision or None)


@dataclass(frozen=True, slots=True)
class ModelSet:
    """A named set of models."""

    name: str
    refs: Mapping[Slot, ModelRef]
    """Slots that the set fills."""
    needs_gpu: bool = False
    """Whether it is too slow without a GPU to be taken by itself."""


def _set(name: str, *, needs_gpu: bool = False, **sources: tuple[str, float | None]) -> ModelSet:
    refs = {
        Slot(slot): ModelRef(Slot(slot), source, size_gb=size) for slot, (source, size) in sources.items()
    }
    return ModelSet(name, refs, needs_gpu)


BUNDLED = _set(
    "bundled",
    chat=(BUNDLED_CHAT, None),
    text=(BUNDLED_TEXT, None),
    image=(BUNDLED_IMAGE, None),
    audio=(BUNDLED_AUDIO, None),
)
LAPTOP = _set(
    "laptop",
    chat=("Qwen/Qwen3-0.6B", 1.5),
    text=("BAAI/bge-small-en-v1.5", 0.13),
    image=("laion/CLIP-ViT-B-32-256x256-DataComp-s34B-b86K", 0.61),
    speech=("Systran/faster-whisper-base", 0.15),
)
GPU = _set(
    "gpu",
    needs_gpu=True,
    chat=("Qwen/Qwen3-4B-Instruct-2507", 8.1),
    text=("Qwen/Qwen3-Embedding-0.6B", 1.2),
    image=("timm/ViT-B-16-SigLIP2-256", 1.5),
    speech=("mobiuslabsgmbh/faster-whisper-large-v3-turbo", 1.6),
)
SETS: Mapping[str, ModelSet] = {each.name: each for each in (BUNDLED, LAPTOP, GPU)}
"""From the smallest to the best."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """A model and where its files lie."""

    ref: ModelRef
    path: Path | None
    """Folder with its files; None when they are missing, for addresses and for what is code that comes with Vitrine."""
    missing: tuple[str, ...] = ()
    """What its folder lacks; empty when it can be loaded."""

    @property
    def ready(self) -> bool:
        """Whether it can be loaded now."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class ResolvedSet:
    """The models that a session uses."""

    name: str
    """'bundled', 'laptop' or 'gpu'; the overrides are in `reason`."""
    reason: str
    """Which set and why, for people."""
    models: Mapping[Slot, Resolved] = field(default_factory=dict)
    """Slots that are filled; a missing slot has no model."""

    def get(self, slot: Slot) -> Resolved | None:
        """Return the model of `slot` when it can be loaded, else None."""
        model = self.models.get(slot)
        return model if model is not None and model.ready else None

    def require(self, slot: Slot) -> Resolved:
        """Return the model of `slot`.

        Raises ModelMissing, naming the command that gets one, when there is none or its files are not here.
        """
        model = self.models.get(slot)
        if model is None:
            raise ModelMissing(
                f"The '{self.name}' set has no {slot} model; get one with `vitrine models pull laptop`, "
                f"or name one with --{slot}-model PATH."
            )
        if model.ready:
            return model
        ref = model.ref
        if ref.hub and any(ref == each.refs.get(slot) for each in SETS.values()):
            command = next(name for name, each in SETS.items() if each.refs.get(slot) == ref)
            raise ModelMissing(
                f"The {slot} model {ref.source} is not on this disk; "
                f"get it with `vitrine models pull {command}`, or name another with --{slot}-model PATH."
            )
        if ref.hub:
            raise ModelMissing(
                f"The {slot} model {ref.source} is not on this disk; get it with `hf download {ref.source}`, "
                f"or name a folder with --{slot}-model PATH."
            )
        raise ModelMissing(
            f"The {slot} model {ref.source} lacks {', '.join(model.missing)}; name a complete folder with "
            f"--{slot}-model PATH."
        )


def locate(ref: ModelRef, data: Path) -> Resolved:
    """Find a model's files: with Vitrine, in the named folder, in the data folder or in the hub's cache."""
    if ref.address or ref.source in (BUNDLED_CHAT, BUNDLED_AUDIO):
        return Resolved(ref, None)
    if ref.source == BUNDLED_TEXT:
        from encoders.text import bundled_folder

        return Resolved(ref, bundled_folder())
    if ref.source == BUNDLED_IMAGE:
        from encoders.nano.clip import FOLDER

        missing = missing_files(ref.slot, FOLDER)
        return Resolved(ref, FOLDER if not missing else None, missing)
    if ref.folder:
        folder = Path(ref.source)
        missing = missing_files(ref.slot, folder)
        return Resolved(ref, folder if not missing else None, missing)
    pulled = model_dir(data, ref.source)
    # A pulled folder without its manifest is a pull that was cut short; its files may be too.
    candidates = [pulled] if _complete_pull(pulled, ref.revision) else []
    cached = cached_snapshot(ref.source, ref.revision)
    candidates += [cached] if cached else []
    for folder in candidates:
        if not missing_files(ref.slot, folder):
            return Resolved(ref, folder)
    return Resolved(ref, None, ("model files",))


def resolve(
    profile: str = AUTO, data: Path | None = None, overrides: Mapping[Slot, str] | None = None
) -> ResolvedSet:
    """Choose the set named `profile`, or by 'auto' the best one whose files are all on this disk.

    `overrides` names single models instead of the set's, as `ModelRef.parse` reads them. A named set is
    returned even where files are missing: what needs them raises ModelMissing, and the rest works.

    Raises UsageError when the profile or an override makes no sense.
    """
    data = data_dir() if data is None else data
    if profile == AUTO:
        chosen, reason = _best(data)
    elif profile in SETS:
        chosen, reason = SETS[profile], f"{profile} models (asked for)"
    else:
        raise UsageError(f"There is no model set '{profile}'; use one of {AUTO}, {', '.join(SETS)}.")
    # A set without an audio model hears with the bundled statistics, which need no files.
    refs = {Slot.AUDIO: BUNDLED.refs[Slot.AUDIO], **chosen.refs}
    models = {slot: locate(ref, data) for slot, ref in refs.items()}
    for slot, text in (overrides or {}).items():
        models[slot] = locate(ModelRef.parse(slot, text), data)
        reason += f", {slot} {models[slot].ref.name} (asked for)"
    return ResolvedSet(chosen.name, reason, models)


def _best(data: Path) -> tuple[ModelSet, str]:
    """Return the best complete set and a phrase that says why."""
    partial = ""
    for candidate in (GPU, LAPTOP):
        located = {slot: locate(ref, data) for slot, ref in candidate.refs.items()}
        missing = [slot for slot, model in located.items() if not model.ready]
        if missing:
            if len(missing) < len(located):
                partial = f"the {candidate.name} set lacks {', '.join(missing)}"
            continue
        if candidate.needs_gpu and not _has_gpu():
            partial = f"the {candidate.name} set needs a GPU"
            continue
        return candidate, f"{candidate.name} models (the best set on this disk)"
    why = partial or "no larger set on this disk"
    return BUNDLED, f"bundled models ({why}; `vitrine models pull laptop` gets one)"


def _has_gpu() -> bool:
    """Whether torch sees a GPU; asked only when the files of a set that needs one are here."""
    import torch

    return torch.cuda.is_available() or torch.backends.mps.is_available()


def _complete_pull(folder: Path, revision: str | None) -> bool:
    from encoders.checksum import manifest_of

    manifest = manifest_of(folder)
    return manifest is not None and (
        revision is None or revision in (manifest.get("revision"), manifest.get("commit"))
    )


def _open_clip_hub_id(pair: str) -> str:
    """Return the hub id behind open_clip's (name, pretrained) pair.

    Raises UsageError when open_clip knows no such pair or keeps it outside the hub.
    """
    from encoders.quiet import loading

    name, _, pretrained = (part.strip() for part in pair.partition(","))
    with loading():
        from open_clip.pretrained import get_pretrained_cfg

        known = get_pretrained_cfg(name, pretrained) or {}
    hub_id = str(known.get("hf_hub", "")).strip("/")
    if hub_id.count("/") != 1:
        raise UsageError(
            f"open_clip has no '{name}' with '{pretrained}' on the hub; name a hub id or a folder."
        )
    return hub_id

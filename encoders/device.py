"""The device and number format of a model, chosen by what the machine can do, with the reason kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from encoders.errors import UsageError
from encoders.layout import Slot

if TYPE_CHECKING:
    import torch

DEVICES = ("cuda", "mps", "cpu")


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a model runs and in which number format."""

    device: str
    """'cuda', 'mps' or 'cpu'."""
    dtype: str
    """'float32', 'bfloat16', 'float16' or 'int8' (weights only; sums stay in float32)."""
    reason: str
    """Why, for people: 'CPU with AMX and AVX-512 bfloat16'."""

    def __str__(self) -> str:
        """Say it in one line: 'cpu, int8 (…)'."""
        return f"{self.device}, {self.dtype} ({self.reason})"


def choose(slot: Slot, device: str | None = None) -> Placement:
    """Choose for a model of `slot`; `device` forces one of 'cuda', 'mps', 'cpu'.

    A GPU is taken where there is one. On a CPU a chat model is quantised to int8 (4.1 × the speed of float32
    at 0.6 B parameters on two cores), and encoders use bfloat16 only where the CPU computes it itself (3.5 ×
    for MiniLM; without the instructions it can be 100 × slower than float32).

    Raises UsageError when `device` is unknown or not there.
    """
    if device is not None and device not in DEVICES:
        raise UsageError(f"The device '{device}' is not known; use one of {', '.join(DEVICES)}.")
    if slot is Slot.SPEECH:
        return _choose_ctranslate2(device)
    import torch

    if device == "cuda" or (device is None and torch.cuda.is_available()):
        return _cuda(torch.cuda.is_available())
    if device == "mps" or (device is None and torch.backends.mps.is_available()):
        if not torch.backends.mps.is_available():
            raise UsageError("The device 'mps' is not available on this machine; use cpu.")
        return Placement("mps", "float16", "Apple GPU")
    if slot is Slot.CHAT:
        return Placement("cpu", "int8", "no GPU; int8 weights are fastest on a CPU")
    instructions = _bfloat16_instructions()
    if instructions:
        return Placement("cpu", "bfloat16", f"no GPU; CPU with {instructions}")
    return Placement("cpu", "float32", "no GPU; CPU without bfloat16 instructions")


def torch_dtype(placement: Placement) -> torch.dtype:
    """Return the dtype that weights are loaded in; int8 is quantised from float32 afterwards."""
    import torch

    return {"bfloat16": torch.bfloat16, "float16": torch.float16}.get(placement.dtype, torch.float32)


def _cuda(available: bool) -> Placement:
    import torch

    if not available:
        raise UsageError("The device 'cuda' is not available on this machine; use cpu.")
    name = torch.cuda.get_device_name()
    if torch.cuda.is_bf16_supported(including_emulation=False):
        return Placement("cuda", "bfloat16", f"{name} computes bfloat16")
    return Placement("cuda", "float16", f"{name} has no bfloat16")


def _bfloat16_instructions() -> str:
    """Name the CPU's own bfloat16 instructions, '' where it has none or torch can't tell."""
    import torch

    capabilities: dict[str, object] = getattr(torch.cpu, "get_capabilities", dict)()
    names = {"amx_bf16": "AMX", "avx512_bf16": "AVX-512 bfloat16"}
    return " and ".join(name for flag, name in names.items() if capabilities.get(flag))


def _choose_ctranslate2(device: str | None) -> Placement:
    """Choose for faster-whisper, whose engine asks the driver itself and needs no torch."""
    import ctranslate2

    gpus = ctranslate2.get_cuda_device_count()
    if device == "mps":
        raise UsageError("The recogniser can't run on 'mps'; use cpu.")
    if device == "cuda" and not gpus:
        raise UsageError("The device 'cuda' is not available on this machine; use cpu.")
    if gpus and device != "cpu":
        kinds = ctranslate2.get_supported_compute_types("cuda")
        dtype = "float16" if "float16" in kinds else "float32"
        return Placement("cuda", dtype, f"{gpus} CUDA device(s)")
    kinds = ctranslate2.get_supported_compute_types("cpu")
    if "int8" in kinds:
        return Placement("cpu", "int8", "no GPU; the CPU computes int8")
    return Placement("cpu", "float32", "no GPU; the CPU has no int8 kernels")

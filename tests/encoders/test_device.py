from __future__ import annotations

import pytest

from encoders.device import Placement, choose, torch_dtype
from encoders.errors import UsageError
from encoders.layout import Slot


@pytest.mark.parametrize("slot", list(Slot))
def test_every_slot_gets_a_place_and_a_reason(slot: Slot) -> None:
    placement = choose(slot)
    assert placement.device in ("cuda", "mps", "cpu")
    assert placement.reason and placement.reason in str(placement)


def test_chat_on_a_cpu_is_int8_and_loads_as_float32() -> None:
    import torch

    placement = (
        choose(Slot.CHAT, "cpu") if not torch.cuda.is_available() else Placement("cpu", "int8", "forced")
    )
    assert placement.dtype == "int8"
    assert torch_dtype(placement) is torch.float32


def test_bfloat16_needs_instructions_of_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    import torch

    if torch.cuda.is_available() or torch.backends.mps.is_available():
        pytest.skip("a GPU is taken first")
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True}, raising=False)
    assert choose(Slot.TEXT).dtype == "float32"
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx512_bf16": True}, raising=False)
    assert choose(Slot.TEXT).dtype == "bfloat16"


def test_a_device_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError, match="use one of cuda, mps, cpu"):
        choose(Slot.TEXT, "tpu")
    with pytest.raises(UsageError, match="mps"):
        choose(Slot.SPEECH, "mps")

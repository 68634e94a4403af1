"""Decoded pictures to the pixels that a model reads: the evaluation transform of open_clip, a batch at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL.Image import Resampling

from encoders.lanes import even

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import torch
    from PIL.Image import Image

    from encoders.lanes import Lanes

_ELONGATED = 2
"""A picture this many times as long as it is wide is cut before it is resized: 1024 × 1 pixels would otherwise
become 262,144 × 256, of which a square of 256 is used."""
_LEAST = 4
"""Pictures that are worth a lane of their own."""


@dataclass(frozen=True, slots=True)
class Pixels:
    """How a model wants its pictures."""

    height: int
    width: int
    mean: tuple[float, float, float]
    """Of red, green and blue, in 0…1."""
    std: tuple[float, float, float]
    """Of red, green and blue, in 0…1."""
    resize: str
    """'shortest' (cut what is over), 'longest' (fill what is missing) or 'squash'."""
    bilinear: bool
    """Bilinear interpolation rather than bicubic."""
    fill: int
    """Grey of what is missing, 0…255."""

    @classmethod
    def of(cls, configuration: Mapping[str, Any]) -> Pixels:
        """Read an open_clip preprocess configuration: size, mean, std, interpolation, resize_mode, fill_color.

        Raises ValueError or TypeError when it is not one.
        """
        size = configuration["size"]
        height, width = (size, size) if isinstance(size, int) else (int(size[0]), int(size[-1]))
        resize = configuration.get("resize_mode") or "shortest"
        interpolation = configuration.get("interpolation") or "bicubic"
        if resize not in ("shortest", "longest", "squash"):
            raise ValueError(f"unknown resize mode {resize!r}")
        if interpolation not in ("bicubic", "bilinear", "random"):
            raise ValueError(f"unknown interpolation {interpolation!r}")
        return cls(
            height,
            width,
            _three(configuration["mean"]),
            _three(configuration["std"]),
            resize,
            # 'random' is for training; open_clip evaluates such a model with bicubic.
            # It resizes to a shape that is not square with bicubic, whatever the configuration says.
            interpolation == "bilinear" and (resize != "shortest" or height == width),
            int(configuration.get("fill_color") or 0),
        )

    def read(self, images: Sequence[Image]) -> torch.Tensor:
        """Resize and cut pictures to one batch, uint8, shape (n, 3, height, width), channels last in memory."""
        import torch

        # In memory as decoders leave them; convolutions in bfloat16 are then 1.7 × as fast (RegNetX-400MF).
        shape = (len(images), self.height, self.width, 3)
        batch = torch.full(shape, self.fill, dtype=torch.uint8).permute(0, 3, 1, 2)
        for into, image in zip(batch, images, strict=True):
            self._read_one(image, into)
        return batch

    def normalise(self, batch: torch.Tensor, dtype: torch.dtype) -> torch.Tensor:
        """Turn what `read` returned into a model's input: less the mean, over the deviation."""
        import torch

        shift, scale = (one.to(batch.device).view(1, 3, 1, 1) for one in self._shift_and_scale())
        # One pass in float32: bfloat16 keeps 8 bits, and rounding twice loses one of them.
        return torch.addcmul(shift, batch.float(), scale).to(dtype)

    def prepare(
        self, images: Sequence[Image], dtype: torch.dtype, lanes: Lanes | None = None
    ) -> torch.Tensor:
        """Do both on the CPU, one picture after the other in each of some `lanes`, in memory that a core's cache holds.

        A batch of 32 at 256 × 256 takes 50 MB between the steps, 0.6 ms a picture of new memory; so it takes 0.06 ms.
        """
        import torch

        out = torch.empty((len(images), self.height, 3 * self.width), dtype=dtype)
        if lanes is None:
            self._prepare_into(images, out)
        else:
            spans = even(range(len(images)), lanes.count, _LEAST)
            lanes.map(
                lambda span: self._prepare_into([images[at] for at in span], out[span[0] : span[-1] + 1]),
                spans,
            )
        return out.view(len(images), self.height, self.width, 3).permute(0, 3, 1, 2)

    def _prepare_into(self, images: Sequence[Image], out: torch.Tensor) -> None:
        import torch

        pixels = torch.full((self.height, self.width, 3), self.fill, dtype=torch.uint8)
        # Lines of red, green, blue, red …: one long run for the processor's vectors instead of runs of three.
        lines = pixels.view(self.height, 3 * self.width)
        exact = torch.empty(lines.shape, dtype=torch.float32)
        shift, scale = (one.repeat(self.width) for one in self._shift_and_scale())
        for into, image in zip(out, images, strict=True):
            if self.resize == "longest":
                pixels.fill_(self.fill)
            self._read_one(image, pixels.permute(2, 0, 1))
            exact.copy_(lines)
            into.copy_(torch.addcmul(shift, exact, scale, out=exact))

    def _shift_and_scale(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Return what is added and what a byte is multiplied by, of red, green and blue."""
        import torch

        mean, std = torch.tensor(self.mean), torch.tensor(self.std)
        return -mean / std, 1 / (255 * std)

    def _read_one(self, image: Image, into: torch.Tensor) -> None:
        image = image if image.mode == "RGB" else image.convert("RGB")
        height, width = self._resized(image.height, image.width)
        # What is over is cut at both ends, what is missing stays filled; rounded as open_clip does.
        down, right = max(round((height - self.height) / 2), 0), max(round((width - self.width) / 2), 0)
        above, before = max(self.height - height, 0) // 2, max(self.width - width, 0) // 2
        rows, columns = min(height, self.height), min(width, self.width)
        if height * width <= _ELONGATED * self.height * self.width:
            # torch's resize of uint8 is within 1 of 255 of Pillow's and takes 0.5 ms for 2.1 (640 × 480 to 256),
            # 0.6 for 1.2 (1024 × 768 to 128).
            part = self._resize_all(image, height, width)[:, down : down + rows, right : right + columns]
        else:
            part = self._resize_part(image, (height, width), (down, right), (rows, columns))
        into[:, above : above + rows, before : before + columns] = part

    def _resized(self, height: int, width: int) -> tuple[int, int]:
        """Size of the whole picture after resizing, as open_clip and torchvision round it."""
        if self.resize == "squash":
            return self.height, self.width
        if self.resize == "shortest" and self.height == self.width:
            long = int(self.height * max(height, width) / min(height, width))
            return (self.height, long) if height <= width else (long, self.width)
        ratios = (height / self.height, width / self.width)
        ratio = max(ratios) if self.resize == "longest" else min(ratios)
        # At least 1: a line of 1000 × 1 would vanish.
        return max(round(height / ratio), 1), max(round(width / ratio), 1)

    def _resize_all(self, image: Image, height: int, width: int) -> torch.Tensor:
        from torch.nn.functional import interpolate

        pixels = _shared(image).permute(2, 0, 1).unsqueeze(0)
        mode = "bilinear" if self.bilinear else "bicubic"
        return interpolate(pixels, size=(height, width), mode=mode, antialias=True)[0, :3]

    def _resize_part(
        self, image: Image, whole: tuple[int, int], corner: tuple[int, int], size: tuple[int, int]
    ) -> torch.Tensor:
        """Return a part of the resized picture without making the rest; each pair is (down, right)."""
        import torch

        y, x = image.height / whole[0], image.width / whole[1]
        box = (
            corner[1] * x,
            corner[0] * y,
            min((corner[1] + size[1]) * x, image.width),
            min((corner[0] + size[0]) * y, image.height),
        )
        kind = Resampling.BILINEAR if self.bilinear else Resampling.BICUBIC
        part = image.resize((size[1], size[0]), kind, box=box, reducing_gap=2.0)
        return torch.from_numpy(np.array(part)).permute(2, 0, 1)


def _shared(image: Image) -> torch.Tensor:
    """Return the memory of an RGB picture itself, uint8, shape (height, width, 4), to be read alone.

    Pillow keeps a fourth byte beside each three; leaving it out takes 0.6 ms of 640 × 480. A picture past Pillow's
    block of 16 MB lies in pieces, and is copied: shape (height, width, 3).
    """
    import pyarrow
    import torch
    from torch.utils.dlpack import from_dlpack

    try:
        bytes_ = pyarrow.array(image).values
    except ValueError:
        return torch.from_numpy(np.array(image))
    return from_dlpack(bytes_).view(image.height, image.width, 4)


def _three(values: object) -> tuple[float, float, float]:
    """Return a value for each colour; one number stands for all three."""
    red, green, blue = values if isinstance(values, (list, tuple)) else (values,) * 3
    return float(red), float(green), float(blue)

"""Pictures as cameras and shops would have them: cropped, turned, tinted, blurred, compressed, on any ground."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import torch
    from numpy.typing import NDArray
    from torch import Tensor


@dataclass(frozen=True, slots=True)
class Strength:
    """How far a picture is taken from what it was."""

    smallest: float = 0.5
    """Least part of its area that a crop keeps."""
    turn: float = 25.0
    """Degrees it is turned by, at most, either way."""
    cast: float = 0.22
    """How far each colour channel is scaled up or down, at most."""
    blur: float = 0.35
    """Share of pictures that are blurred."""
    jpeg: float = 0.2
    """Share of pictures that are compressed, quality 20 to 70."""
    erase: float = 0.25
    """Share of pictures with a rectangle blotted out (Zhong et al., 2020)."""


DRAWN = Strength()
PHOTOGRAPHED = Strength(smallest=0.4, turn=12.0, cast=0.12, blur=0.1, jpeg=0.05, erase=0.25)


def lay(pictures: NDArray[np.uint8], grounds: NDArray[np.uint8], generator: torch.Generator) -> Tensor:
    """Lay RGBA pictures on grounds: plain pale ones mostly, any colour, and crops of `grounds` (photographs).

    Takes shape (n, side, side, 4) and returns (n, 3, side, side) in 0…1.
    """
    import torch
    from torch.nn.functional import interpolate

    whole = torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() / 255
    colour, alpha = whole[:, :3], whole[:, 3:]
    n, side = len(whole), whole.shape[-1]
    pale = 0.72 + 0.28 * torch.rand(n, 1, 1, 1, generator=generator)
    tint = pale + 0.06 * (torch.rand(n, 3, 1, 1, generator=generator) - 0.5)
    any_colour = torch.rand(n, 3, 1, 1, generator=generator)
    kind = torch.rand(n, 1, 1, 1, generator=generator)
    ground = torch.where(kind < 0.6, tint, any_colour).expand(-1, -1, side, side).clamp(0, 1).clone()
    photographed = (kind.flatten() > 0.8).nonzero().flatten()
    if len(grounds) and len(photographed):
        rows = torch.randint(len(grounds), (len(photographed),), generator=generator).numpy()
        crops = torch.from_numpy(grounds[np.sort(rows)][:, :56, :56]).permute(0, 3, 1, 2).float() / 255
        ground[photographed] = interpolate(crops, size=(side, side), mode="bilinear", align_corners=False)
    return colour * alpha + ground * (1 - alpha)


def augment(pictures: Tensor, side: int, strength: Strength, generator: torch.Generator) -> Tensor:
    """Change pictures of shape (n, 3, any, any) in 0…1 at random; returns (n, 3, side, side) in 0…1."""
    import torch
    from torch.nn.functional import affine_grid, grid_sample

    n = len(pictures)

    def uniform(low: float, high: float, *shape: int) -> Tensor:
        return low + (high - low) * torch.rand(*(shape or (n,)), generator=generator)

    area = uniform(strength.smallest, 1.08)
    stretch = torch.exp(uniform(-0.18, 0.18))
    wide, high = torch.sqrt(area) * stretch, torch.sqrt(area) / stretch
    angle = torch.deg2rad(uniform(-strength.turn, strength.turn))
    flip = torch.where(uniform(0, 1) < 0.5, -1.0, 1.0)
    free_x, free_y = (1 - wide).abs(), (1 - high).abs()
    cos, sin = torch.cos(angle), torch.sin(angle)
    matrix = torch.stack(
        [
            torch.stack([flip * wide * cos, -high * sin, uniform(-1, 1) * free_x], -1),
            torch.stack([flip * wide * sin, high * cos, uniform(-1, 1) * free_y], -1),
        ],
        1,
    )
    grid = affine_grid(matrix, [n, 3, side, side], align_corners=False)
    changed = grid_sample(pictures, grid, mode="bilinear", padding_mode="border", align_corners=False)
    changed = _colours(changed, strength, generator)
    changed = _blurred(changed, strength.blur, generator)
    changed = _compressed(changed, strength.jpeg, generator)
    return _erased(changed, strength.erase, generator)


def _colours(pictures: Tensor, strength: Strength, generator: torch.Generator) -> Tensor:
    import torch

    n = len(pictures)

    def around(width: float, channels: int = 1) -> Tensor:
        return 1 + width * (2 * torch.rand(n, channels, 1, 1, generator=generator) - 1)

    changed = pictures * around(strength.cast, 3) * around(0.2)
    mean = changed.mean((1, 2, 3), keepdim=True)
    changed = (changed - mean) * around(0.25) + mean
    grey = changed.mean(1, keepdim=True)
    changed = (changed - grey) * around(0.2) + grey
    noise = 0.02 * torch.randn(changed.shape, generator=generator)
    return (changed + noise).clamp(0, 1)


def _blurred(pictures: Tensor, share: float, generator: torch.Generator) -> Tensor:
    import torch
    from torch.nn.functional import conv2d

    chosen = (torch.rand(len(pictures), generator=generator) < share).nonzero().flatten()
    if not len(chosen):
        return pictures
    groups = chosen.chunk(3)
    for group, sigma in zip(groups, (0.5, 0.9, 1.4), strict=False):
        taps = torch.arange(-3, 4, dtype=torch.float32)
        kernel = torch.exp(-0.5 * (taps / sigma) ** 2)
        kernel = (kernel / kernel.sum()).view(1, 1, 1, 7).repeat(3, 1, 1, 1)
        once = conv2d(pictures[group], kernel, padding=(0, 3), groups=3)
        pictures[group] = conv2d(once, kernel.transpose(2, 3), padding=(3, 0), groups=3)
    return pictures


def _compressed(pictures: Tensor, share: float, generator: torch.Generator) -> Tensor:
    import torch
    from PIL import Image

    for at in (torch.rand(len(pictures), generator=generator) < share).nonzero().flatten().tolist():
        quality = int(torch.randint(20, 70, (1,), generator=generator))
        array = (pictures[at] * 255).byte().permute(1, 2, 0).numpy()
        buffer = io.BytesIO()
        Image.fromarray(array).save(buffer, "JPEG", quality=quality)
        with Image.open(buffer) as again:
            pictures[at] = torch.from_numpy(np.array(again)).permute(2, 0, 1).float() / 255
    return pictures


def _erased(pictures: Tensor, share: float, generator: torch.Generator) -> Tensor:
    import torch

    side = pictures.shape[-1]
    for at in (torch.rand(len(pictures), generator=generator) < share).nonzero().flatten().tolist():
        high, wide = (torch.rand(2, generator=generator) * 0.28 * side + 0.1 * side).int().tolist()
        top = int(torch.randint(side - high, (1,), generator=generator))
        left = int(torch.randint(side - wide, (1,), generator=generator))
        pictures[at, :, top : top + high, left : left + wide] = torch.rand(3, 1, 1, generator=generator)
    return pictures

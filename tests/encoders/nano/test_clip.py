from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from encoders.image import load_image
from encoders.nano.clip.augment import DRAWN, augment, lay
from encoders.nano.clip.lessons import Lessons, caption, table_of
from encoders.nano.clip.loss import aligned, instances
from encoders.nano.clip.score import DAMAGES, damaged, found_at
from encoders.nano.clip.towers import build, save
from encoders.nano.clip.train import Plan, Run, Tokens

if TYPE_CHECKING:
    from pathlib import Path

RED_MUG = {"kind": ["mug", "cup"], "colour": ["red", "scarlet"], "pattern": ["plain"]}
NAVY_COAT = {"kind": ["coat"], "colour": ["navy"], "pattern": ["striped"]}


def lessons() -> Lessons:
    facts = [RED_MUG, NAVY_COAT]
    words, true, left_open = table_of(facts, [{}, {"colour": ["red"], "pattern": ["*"]}])
    return Lessons(np.zeros((2, 8, 8, 4), np.uint8), true, left_open, words, facts, ["a", "b"])


def test_a_caption_claims_only_what_is_true_of_its_picture() -> None:
    both = lessons()
    captions = [both.caption(at % 2, random.Random(at)) for at in range(200)]
    holds, left_open = both.truth([0, 1], captions)
    assert all(holds[at % 2, at] for at in range(200)) and not (holds & left_open).any()
    assert all(word in one.text for one in captions for _, word in one.claims)


def test_a_claim_that_may_be_so_is_open_and_one_that_is_not_is_false() -> None:
    both = lessons()
    red = caption({"kind": ["coat"], "colour": ["red"]}, random.Random(0), whole=True)
    mug = caption({"kind": ["mug"], "colour": ["navy"]}, random.Random(0), whole=True)
    assert red.text == "red coat"
    holds, left_open = both.truth([0, 1], [red, mug])
    assert not holds.any() and left_open.tolist() == [[False, False], [True, False]]


def test_the_loss_is_least_where_true_pairs_score_highest_and_ignores_open_ones() -> None:
    import torch

    holds = torch.eye(3, dtype=torch.bool)
    none = torch.zeros(3, 3, dtype=torch.bool)
    good, bad = torch.eye(3) * 20, (1 - torch.eye(3)) * 20
    assert aligned(good, holds, none) < 0.01 < 10 < aligned(bad, holds, none)
    doubtful = good.clone()
    doubtful[0, 1] = 40
    open_ = none.clone()
    open_[0, 1] = True
    assert aligned(doubtful, holds, none) > 5 > 0.01 > aligned(doubtful, holds, open_)


def test_two_views_of_a_picture_are_each_others_answer() -> None:
    import torch

    rows = torch.nn.functional.normalize(torch.eye(4) + 0.01, dim=1)
    assert instances(rows, rows) < 0.01 < instances(rows, rows.flip(0))


def test_pictures_stay_pictures_whatever_is_done_to_them() -> None:
    import torch

    generator = torch.Generator().manual_seed(0)
    drawn = np.zeros((6, 16, 16, 4), np.uint8)
    drawn[:, 4:12, 4:12] = 255
    laid = lay(drawn, np.full((2, 64, 64, 3), 128, np.uint8), generator)
    changed = augment(laid, 24, DRAWN, generator)
    assert changed.shape == (6, 3, 24, 24)
    assert float(changed.min()) >= 0 and float(changed.max()) <= 1
    again = torch.Generator().manual_seed(0)
    laid_again = lay(drawn, np.full((2, 64, 64, 3), 128, np.uint8), again)
    assert torch.equal(changed, augment(laid_again, 24, DRAWN, again))


def test_damage_is_seen_and_the_same_for_a_seed() -> None:
    picture = Image.effect_noise((96, 96), 60).convert("RGB")
    for damage in DAMAGES.values():
        one, two = (damaged(picture, damage, random.Random(4)) for _ in range(2))
        assert one.tobytes() == two.tobytes() != picture.tobytes()


def test_the_rank_of_the_first_right_answer() -> None:
    gallery = np.eye(3, dtype=np.float32)
    query = np.array([[0.9, 0.5, 0.1]], np.float32)
    right = np.array([[False, True, True]])
    assert found_at(query, gallery, right).tolist() == [2]


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Twelve drawings and six photographs, as the lessons are written."""
    base = tmp_path_factory.mktemp("lessons")
    for name, channels, count in (("drawings", 4, 12), ("photographs", 3, 6)):
        folder = base / name
        folder.mkdir()
        noise = np.random.default_rng(0).integers(0, 255, (count, 144, 144, channels), dtype=np.uint8)
        np.save(folder / "pictures.npy", noise)
        rows = [
            {
                "id": f"{name}-{at}",
                "split": "train",
                "label": ("hat", "skirt")[at % 2],
                "true": (RED_MUG, NAVY_COAT)[at % 2],
                "open": {},
            }
            for at in range(count)
        ]
        (folder / "facts.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return base / "drawings", base / "photographs"


@pytest.mark.slow
def test_a_run_stops_resumes_and_saves_what_open_clip_reads(
    folders: tuple[Path, Path], tmp_path: Path
) -> None:
    drawn, taken = folders
    plan = Plan(drawn, taken, tmp_path / "run", steps=2, drawn=4, photographed=4, threads=1)
    Run(plan).train()
    again = Run(
        Plan(drawn, taken, tmp_path / "run", steps=3, drawn=4, photographed=4, threads=1, resume=True)
    )
    again.train()
    assert again.step == 3
    encoder = load_image(tmp_path / "run" / "model")
    rows = encoder.encode_images([Image.new("RGB", (50, 70), "red")])
    assert rows.shape == (1, 256) and encoder.encode_texts(["a red mug", "a hat"]).shape == (2, 256)


def test_captions_are_cut_as_the_saved_tokenizer_cuts_them(tmp_path: Path) -> None:
    import open_clip

    save(build(), tmp_path)
    saved = open_clip.get_tokenizer(f"local-dir:{tmp_path}")
    texts = ["a red mug", "a picture of handbags " * 9]
    assert saved(texts).tolist() == Tokens(24)(texts).tolist()

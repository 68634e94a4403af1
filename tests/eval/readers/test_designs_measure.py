from __future__ import annotations

from agent.nano.reader import load_tokenizer
from agent.types import ActName, Reading, Scene
from encoders.text import bundled_folder
from eval.readers.designs import make
from eval.readers.designs_measure import measure, row
from eval.readers.generating import GeneratingReader


def test_a_row_says_how_a_design_does() -> None:
    design = make("decoder", {"width": 32, "layers": 1, "heads": 2, "inner": 64})
    reader = GeneratingReader(design, load_tokenizer(bundled_folder()), "tiny", copying=True)
    scenes = [Scene(text=text) for text in ("boots", "a red hat", "thanks")]
    found = measure(reader, [(scene, reader.read(scene)) for scene in scenes])
    assert (found.score.acts, found.score.exact, found.valid) == (1.0, 1.0, 1.0)
    assert 0 < found.p50 <= found.p95
    assert row("own", found, 1.5).startswith("| tiny-copying | own | 3 | 100.0% | 100.0% |")
    wrong = measure(reader, [(scenes[0], Reading(ActName.RECOMMEND, query="bicycle"))])
    assert wrong.score.exact == 0

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoders.errors import StoreBusy, StoreError, StoreTooNew, UsageError
from retrieval.search.vectors import recent
from retrieval.store.people import HALF_LIFE, People

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    ticks = count(1000)
    with People(tmp_path / "data" / "people.sqlite", clock=lambda: float(next(ticks))) as opened:
        yield opened


def test_nothing_is_known_of_a_stranger(people: People) -> None:
    assert people.taste("ann", "dozen").items == {}
    assert people.users() == []
    assert people.export("ann") == {"format": 1, "user": "ann", "ratings": [], "likings": [], "notes": []}


def test_stars_and_likings_become_weights_and_later_ones_count_more(people: People) -> None:
    people.rate("ann", "dozen", "b1", 5, "five stars")
    people.rate("ann", "dozen", "b2", 1)
    people.like("ann", "dozen", "b3")
    people.dislike("ann", "dozen", "b4")
    people.rate("ann", "dozen", "b5", 3)
    people.like("ann", "films", "f1")
    people.like("bob", "dozen", "b1")
    decay = 2 ** (-1 / HALF_LIFE)
    assert people.taste("ann", "dozen").items == pytest.approx(
        {"b1": decay**4, "b2": -(decay**3), "b3": decay**2, "b4": -decay, "b5": 0}
    )
    assert list(people.taste("ann", "films").items) == ["f1"]


def test_the_last_word_on_an_item_counts(people: People) -> None:
    people.rate("ann", "dozen", "b1", 5)
    people.like("ann", "dozen", "b2")
    people.dislike("ann", "dozen", "b1")
    taste = people.taste("ann", "dozen").items
    assert taste["b1"] == -1
    assert taste["b2"] == pytest.approx(2 ** (-1 / HALF_LIFE))
    people.rate("ann", "dozen", "b2", 2)
    people.rate("ann", "dozen", "b2", 4)
    assert people.taste("ann", "dozen").items["b2"] == 0.5
    assert [judgement.value for judgement in people.ratings("ann")] == [5, 4]


def test_what_was_liked_last_weighs_most_in_a_search(people: People) -> None:
    for item in ("b1", "b2", "b3"):
        people.like("ann", "dozen", item)
    weights = recent(people.taste("ann", "dozen"))
    assert sorted(weights, key=lambda item: weights[item]) == ["b1", "b2", "b3"]


def test_a_judgement_after_twenty_others_counts_half(people: People) -> None:
    people.like("ann", "dozen", "first")
    for number in range(HALF_LIFE):
        people.like("ann", "dozen", f"i{number}")
    assert people.taste("ann", "dozen").items["first"] == pytest.approx(0.5)


@pytest.mark.parametrize("stars", [0, 0.5, 5.5, -1, float("nan"), float("inf")])
def test_stars_go_from_one_to_five(people: People, stars: float) -> None:
    with pytest.raises(UsageError, match="from 1 to 5"):
        people.rate("ann", "dozen", "b1", stars)


def test_the_export_holds_the_own_words_and_times(people: People) -> None:
    people.rate("ann", "dozen", "b1", 4, "give it\x1b[2J four")
    people.like("ann", "dozen", "b2", "lovely")
    note = people.remember("ann", "allergic to wool", "I can't wear wool")
    assert people.export("ann") == {
        "format": 1,
        "user": "ann",
        "ratings": [{"catalogue": "dozen", "item": "b1", "value": 4.0, "said": "give it four", "at": 1000.0}],
        "likings": [{"catalogue": "dozen", "item": "b2", "value": 1.0, "said": "lovely", "at": 1001.0}],
        "notes": [{"id": note.id, "text": "allergic to wool", "said": "I can't wear wool", "at": 1002.0}],
    }
    assert people.notes("ann") == [note]


def fill(people: People) -> None:
    for user in ("ann", "bob"):
        for number in range(200):
            people.rate(user, "dozen", f"{user}-item-{number}", 4, f"{user} said quixotic-{number}")
        people.remember(user, f"{user} loves zeppelins", f"{user}: remember zeppelins")


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_an_erased_person_is_in_no_file_any_more(people: People, tmp_path: Path) -> None:
    fill(people)
    assert b"ann said quixotic-7" in bytes_of(tmp_path)
    assert people.erase("ann") == 201
    assert b"ann" not in bytes_of(tmp_path)
    assert b"bob said quixotic-7" in bytes_of(tmp_path)
    assert people.users() == ["bob"]
    people.close()
    assert b"ann" not in bytes_of(tmp_path)


def test_a_forgotten_item_or_note_is_in_no_file_any_more(people: People, tmp_path: Path) -> None:
    fill(people)
    people.like("ann", "dozen", "ann-item-7", "love quixotic-7-likewise")
    assert people.forget("ann", catalogue="dozen", item="ann-item-7") == 2
    (note,) = people.notes("ann")
    assert people.forget("ann", note=note.id) == 1
    left = bytes_of(tmp_path)
    assert b"quixotic-7-likewise" not in left
    assert b"ann said quixotic-7\x00" not in left
    assert b"ann loves zeppelins" not in left
    assert b"ann said quixotic-8" in left
    assert b"bob loves zeppelins" in left


def test_forgetting_is_as_wide_as_it_is_named(people: People) -> None:
    people.like("ann", "dozen", "b1")
    people.like("ann", "films", "b1")
    people.like("ann", "films", "f2")
    assert people.forget("ann", catalogue="films", item="zz") == 0
    assert people.forget("ann", catalogue="films") == 2
    assert [liking.catalogue for liking in people.likings("ann")] == ["dozen"]
    note = people.remember("bob", "likes green")
    assert people.forget("ann", note=note.id) == 0
    assert people.forget("ann") == 1
    assert people.users() == ["bob"]


WRITER = """
import sys
from pathlib import Path
from retrieval.search.vectors import recent
from retrieval.store.people import People
with People(Path(sys.argv[1])) as people:
    for number in range(50):
        people.like(sys.argv[2], "dozen", f"item-{number}")
"""


def test_processes_write_side_by_side_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "people.sqlite"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), user]) for user in ("ann", "bob", "cleo")
    ]
    assert [writer.wait(timeout=60) for writer in writers] == [0, 0, 0]
    with People(path) as people:
        assert {user: len(people.likings(user)) for user in people.users()} == {
            "ann": 50,
            "bob": 50,
            "cleo": 50,
        }


def test_a_killed_writer_loses_nothing_that_it_was_told_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "people.sqlite"
    script = WRITER.replace("range(50)", "range(10**9)").replace(
        'f"item-{number}")', 'f"item-{number}"); print(number)'
    )
    with subprocess.Popen(
        [sys.executable, "-uc", script, str(path), "ann"], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        told = [writer.stdout.readline() for _ in range(30)]
        writer.kill()
        told += writer.stdout.readlines()
    with People(path) as people:
        kept = {liking.item for liking in people.likings("ann")}
    assert {f"item-{line.decode().strip()}" for line in told if line.endswith(b"\n")} <= kept


def test_a_reader_in_the_way_of_forgetting_is_told(people: People, tmp_path: Path) -> None:
    people.like("ann", "dozen", "b1")
    with closing(sqlite3.connect(tmp_path / "data" / "people.sqlite", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM judgements").fetchall()
        people._db.execute("PRAGMA busy_timeout=50")  # type: ignore[union-attr]  # opened above
        with pytest.raises(StoreBusy, match="close that one and forget again"):
            people.forget("ann", item="b1")
    assert people.forget("ann") == 0


@pytest.mark.parametrize(
    "content", [b"not a database at all, but long enough to look like one" * 3, b"SQLite format 3\x00x"]
)
def test_a_damaged_file_is_told_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "people.sqlite"
    path.write_bytes(content)
    with (
        People(path) as people,
        pytest.raises(StoreError, match=r"people\.sqlite can't be used: it is damaged"),
    ):
        people.like("ann", "dozen", "b1")
    assert path.read_bytes() == content


def test_a_later_format_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "people.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version=2")
    before = path.read_bytes()
    with People(path) as people, pytest.raises(StoreTooNew, match="a later version of Vitrine"):
        people.users()
    assert path.read_bytes() == before


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("mine", "utf-8")
    with (
        People(tmp_path / "data" / "people.sqlite") as people,
        pytest.raises(StoreError, match="a file stands where"),
    ):
        people.like("ann", "dozen", "b1")


steps = st.tuples(
    st.sampled_from(["rate", "like", "dislike", "forget"]),
    st.sampled_from(["ann", "bob"]),
    st.sampled_from(["b1", "b2", "b3"]),
    st.integers(1, 5),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(steps, max_size=12))
def test_any_order_of_judging_and_forgetting_equals_a_list(
    tmp_path_factory: pytest.TempPathFactory, taken: list[tuple[str, str, str, int]]
) -> None:
    model: list[tuple[str, str, str, float]] = []
    with People(tmp_path_factory.mktemp("people") / "people.sqlite") as people:
        for step, user, item, stars in taken:
            if step == "forget":
                gone = [entry for entry in model if entry[:2] == (user, item)]
                assert people.forget(user, catalogue="dozen", item=item) == len(gone)
                model = [entry for entry in model if entry not in gone]
                continue
            kind, value = (
                ("stars", float(stars)) if step == "rate" else ("liking", 1.0 if step == "like" else -1.0)
            )
            if step == "rate":
                people.rate(user, "dozen", item, stars)
            else:
                (people.like if step == "like" else people.dislike)(user, "dozen", item)
            model = [entry for entry in model if entry[:3] != (user, item, kind)] + [
                (user, item, kind, value)
            ]
        for user in ("ann", "bob"):
            weights = {
                item: value if kind == "liking" else (value - 3) / 2
                for _, item, kind, value in _of(model, user)
            }
            last = {item: place for place, (_, item, _, _) in enumerate(_of(model, user))}
            order = sorted(last, key=lambda item: -last[item])
            expected = {item: weights[item] * 2 ** (-later / HALF_LIFE) for later, item in enumerate(order)}
            assert people.taste(user, "dozen").items == pytest.approx(expected)


def _of(model: list[tuple[str, str, str, float]], user: str) -> list[tuple[str, str, str, float]]:
    return [entry for entry in model if entry[0] == user]

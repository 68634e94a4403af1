"""The vector index: one Chroma collection a modality, built from the store's vectors and never needed.

Importing chromadb takes about a second and 100 MB, so nothing here does before the first query or build.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlsplit

import numpy as np

from retrieval.index.place import Place, read_mark
from retrieval.store import vectors as vector_files
from retrieval.store.batches import batched

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from encoders.protocols import Vectors

BATCH = 2_000
"""Rows in one call of add; Chroma takes 5,461 at most, and smaller ones let a bar move."""
QUERY_TIMEOUT = 5.0
"""Seconds a server has for a query, after which search scans exactly: 100,000 rows take 25 ms."""
CONFIGURATION = {"hnsw": {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 200}}
"""Denser than Chroma's defaults (16, 100, 100), with which 1–2 % of random vectors do not find themselves."""


class Collection(Protocol):
    """What is used of a chromadb collection."""

    def count(self) -> int:
        """Return the number of rows."""
        ...

    def add(self, ids: list[str], embeddings: Vectors) -> None:
        """Add rows whose ids are new; known ones are silently left as they are."""
        ...

    def get(self, ids: list[str], include: list[str]) -> dict[str, Any]:
        """Return rows by id, in an order of its own."""
        ...

    def query(self, query_embeddings: Vectors, n_results: int, include: list[str]) -> dict[str, Any]:
        """Return the nearest rows of each vector."""
        ...


class Client(Protocol):
    """What is used of a chromadb client."""

    def create_collection(self, name: str, *, embedding_function: None, configuration: object) -> Collection:
        """Make a collection."""
        ...

    def get_collection(self, name: str, *, embedding_function: None) -> Collection:
        """Open a collection."""
        ...

    def delete_collection(self, name: str) -> None:
        """Remove a collection."""
        ...

    def list_collections(self) -> list[Any]:
        """Return the collections, each with a `name`."""
        ...

    def get_max_batch_size(self) -> int:
        """Return how many rows `add` takes."""
        ...

    def close(self) -> None:
        """Let go of the files or the connection."""
        ...


def connect(place: Place, timeout: float = 60.0) -> Client:
    """Open the client of a place; a server gets `timeout` seconds a call. Raises whatever Chroma raises."""
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if place.url is None:
        client: Client = chromadb.PersistentClient(path=str(place.folder.chroma), settings=settings)
        return client
    import httpx

    # Chroma's own calls wait for ever (1.5.9 has no setting for it), from the first one in its constructor on: so a
    # server that does not answer is found out here, and one that stops answering later by the sessions' limits.
    httpx.get(f"{place.url}/api/v2/heartbeat", timeout=timeout).raise_for_status()
    parts = urlsplit(place.url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    server: Client = chromadb.HttpClient(host=parts.hostname or "", port=port, ssl=secure, settings=settings)
    for session in _sessions(server):
        session.timeout = timeout
    return server


def disconnect(client: Client) -> None:
    """Close a client and its connections to a server, which Chroma 1.5.9 leaves open."""
    sessions = _sessions(client)
    client.close()
    for session in sessions:
        session.close()


def _sessions(client: Client) -> list[Any]:
    """Return the httpx.Client of a server's client and of the one inside it; none for a folder."""
    parts = (client, getattr(client, "_admin_client", None))
    sessions = (getattr(getattr(part, "_server", None), "_session", None) for part in parts)
    return [session for session in sessions if session is not None]


def fill(place: Place, modality: str, advance: Callable[[int], None]) -> int:
    """Build the collection of a modality anew from the store; return how many rows it holds.

    Ids are row numbers as text. Zero rows (no picture, no sound) stay out: they have no direction to be near to.
    Run in a child process: Chroma can end the process it runs in.
    """
    vectors = vector_files.read(place.folder.vectors(modality))
    rows = np.flatnonzero(vector_files.filled(vectors))
    client = connect(place)
    try:
        name = place.collection(modality)
        if name in {collection.name for collection in client.list_collections()}:
            client.delete_collection(name)
        collection = client.create_collection(name, embedding_function=None, configuration=CONFIGURATION)
        for batch in batched(rows.tolist(), min(BATCH, client.get_max_batch_size())):
            collection.add(ids=[str(row) for row in batch], embeddings=np.asarray(vectors[list(batch)]))
            advance(len(batch))
    finally:
        disconnect(client)
    return len(rows)


def drop(place: Place, modality: str) -> None:
    """Remove a collection; raises whatever Chroma raises."""
    client = connect(place)
    try:
        client.delete_collection(place.collection(modality))
    finally:
        disconnect(client)


class ChromaIndex:
    """The index of one opened generation; opens on the first query and stops serving at the first failure."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock = Lock()
        self._client: Client | None = None
        self._collections: dict[str, Collection] = {}
        self._counts: dict[str, int] | None = None
        self._why_not = ""

    @property
    def why_not(self) -> str:
        """Why it doesn't serve; empty while it does, or before anyone asked."""
        return self._why_not

    def query(self, modality: str, vector: NDArray[np.float32], count: int) -> list[tuple[int, float]] | None:
        """(row, cosine) of the nearest rows, best first; None when the index can't serve.

        `vector` has shape (dimension,). Rows with equal cosine come in the order of their numbers.
        """
        with self._lock:
            if self._why_not or count < 1:
                return None if self._why_not else []
            try:
                return self._query(modality, vector, count)
            # The engine is Rust: its panics derive from BaseException and must not end a conversation.
            except BaseException as error:
                if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit)):
                    raise
                self._why_not = f"Chroma failed: {type(error).__name__}: {error}"
                return None

    def _query(
        self, modality: str, vector: NDArray[np.float32], count: int
    ) -> list[tuple[int, float]] | None:
        if self._counts is None:
            self._counts = read_mark(self._place)
        if self._counts is None:
            self._why_not = f"the collections at {self._place.label} are not built or not whole"
            return None
        if modality not in self._counts:
            return None
        if modality not in self._collections:
            self._open(modality)
        wanted = min(count, self._counts[modality])
        answer = self._collections[modality].query(
            query_embeddings=np.asarray(vector, dtype=np.float32)[None],
            n_results=max(wanted, 1),
            include=["distances"],
        )
        # Rounding puts distances up to 1e-7 below 0.
        distances = np.clip(answer["distances"][0], 0.0, 2.0).tolist()
        pairs = zip(answer["ids"][0], distances, strict=True)
        return sorted(
            ((int(row), 1.0 - distance) for row, distance in pairs), key=lambda hit: (-hit[1], hit[0])
        )

    def _open(self, modality: str) -> None:
        if self._client is None:
            self._client = connect(self._place, QUERY_TIMEOUT)
        self._collections[modality] = self._client.get_collection(
            self._place.collection(modality), embedding_function=None
        )

    def close(self) -> None:
        """Let go of the client."""
        with self._lock:
            self._why_not = self._why_not or "it is closed"
            if self._client is not None:
                disconnect(self._client)
                self._client = None
                self._collections.clear()

"""The labels of a compact graph: whole numbers, or texts in one block of bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from graphs.compact.extra import kernels
from graphs.errors import BadArgument
from graphs.graph import Node

if TYPE_CHECKING:
    from graphs.compact.arrays import Array, Longs


class Labels:
    """Label of node 0, 1, 2 …; all of them int (below 2 ** 63), or all of them str.

    numbers: int64 [n], or None. blob: uint8, the texts in UTF-8 one behind the other; offsets: int64 [n + 1].
    """

    __slots__ = ("_order", "_plain", "blob", "numbers", "offsets")

    def __init__(self, numbers: Longs | None = None, blob: Array | None = None, offsets: Longs | None = None) -> None:
        self.numbers, self.blob, self.offsets = numbers, blob, offsets
        self._order: Any = None
        self._plain: bool | None = None

    @classmethod
    def of(cls, labels: Sequence[Node]) -> Labels:
        """The labels of a list.

        Raises:
            BadArgument: they are neither all whole numbers nor all texts.
        """
        import numpy as np

        if all(type(label) is int and abs(label) < 2**63 for label in labels):
            return cls(np.array(labels, np.int64))
        if all(isinstance(label, str) for label in labels):
            return cls.texts(labels)  # type: ignore[arg-type]
        raise BadArgument("a compact graph has whole numbers or texts as labels, and all of one kind; rename the nodes")

    @classmethod
    def texts(cls, labels: Iterable[str]) -> Labels:
        import numpy as np

        parts = [label.encode("utf-8", "surrogatepass") for label in labels]
        offsets = np.zeros(len(parts) + 1, np.int64)
        np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)), out=offsets[1:])
        return cls(None, np.frombuffer(b"".join(parts), np.uint8), offsets)

    def __len__(self) -> int:
        if self.numbers is not None:
            return len(self.numbers)
        return 0 if self.offsets is None else len(self.offsets) - 1

    def __getitem__(self, index: int) -> Node:
        if self.numbers is not None:
            return int(self.numbers[index])
        assert self.blob is not None
        assert self.offsets is not None
        start, end = int(self.offsets[index]), int(self.offsets[index + 1])
        return self.blob[start:end].tobytes().decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[Node]:
        step = 100_000
        for start in range(0, len(self), step):
            yield from self.between(start, min(len(self), start + step))

    def between(self, start: int, end: int) -> list[Node]:
        """The labels of the nodes from `start` to before `end`."""
        if self.numbers is not None:
            found: list[Node] = self.numbers[start:end].tolist()
            return found
        assert self.blob is not None
        assert self.offsets is not None
        cuts = self.offsets[start : end + 1].tolist()
        base = cuts[0] if cuts else 0
        data = self.blob[base : cuts[-1]].tobytes() if cuts else b""
        pairs = zip(cuts, cuts[1:])
        return [data[a - base : b - base].decode("utf-8", "surrogatepass") for a, b in pairs]

    def take(self, places: Array) -> list[Node]:
        """The labels of the nodes at `places`, in their order."""
        if self.numbers is not None:
            found: list[Node] = self.numbers[places].tolist()
            return found
        if len(places) > len(self) // 4:
            known = self.between(0, len(self))
            return [known[i] for i in places.tolist()]
        return [self[i] for i in places.tolist()]

    def index(self, label: object) -> int | None:
        """The node with exactly this label, or None. O(log n) for numbers, O(n) bytes for texts."""
        import numpy as np

        if isinstance(label, bool):
            return None
        if self.numbers is not None:
            if not isinstance(label, int) or not -(2**63) <= label < 2**63 or not len(self):
                return None
            if self._order is None:
                self._order = np.argsort(self.numbers, kind="stable")
            at = int(np.searchsorted(self.numbers, label, sorter=self._order))
            found = int(self._order[at]) if at < len(self) else -1
            return found if found >= 0 and int(self.numbers[found]) == label else None
        if not isinstance(label, str):
            return None
        wanted = np.frombuffer(label.encode("utf-8", "surrogatepass"), np.uint8)
        place = int(kernels().text_at(self.blob, self.offsets, wanted))
        return place if place >= 0 else None

    @property
    def plain(self) -> bool:
        """Whether all texts are ASCII."""
        if self._plain is None:
            self._plain = self.blob is None or not len(self.blob) or int(self.blob.max()) < 128
        return self._plain

    def beginning(self, text: str, limit: int = 512) -> list[int]:
        """The nodes whose texts `text` begins with, in either case of ASCII; the longest matter, at most `limit`."""
        import numpy as np

        if self.blob is None:
            return []
        data = np.frombuffer(text.encode("utf-8", "surrogatepass"), np.uint8)
        found: list[int] = kernels().texts_beginning(self.blob, self.offsets, data, limit).tolist()
        return found

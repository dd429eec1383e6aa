"""Cells of labels to numbers of nodes: plain integers as they are, texts by a hash that is checked to be one to one."""

from __future__ import annotations

from typing import Any

from graphs.compact.extra import kernels, need
from graphs.compact.labels import Labels
from graphs.errors import GraphError

DENSE = 4  # a table over all keys is used when it has at most so many places an edge


class LabelCoder:
    """Collects the label columns of all pieces, then numbers the labels by first appearance.

    Labels are whole numbers while every cell reads as a plain integer ("7", not "007"); with the first other cell all
    become texts. Texts travel as 64-bit hashes; `finish` finds two texts of one hash and raises.
    """

    def __init__(self) -> None:
        self.whole = True
        self.keys: list[tuple[Any, Any]] = []  # of sources and targets, int64; one pair a piece
        self.known: list[Any] = []  # frames of (key, label), in text mode

    def add(self, source: Any, target: Any) -> None:
        """The two columns of one piece, without missing cells."""
        pl = need("polars")
        if self.whole:
            found = _plain_integers(pl, source), _plain_integers(pl, target)
            if found[0] is not None and found[1] is not None:
                self.keys.append(found)
                return
            self._to_texts(pl)
        both = [cells.cast(pl.String) for cells in (source, target)]
        hashed = [cells.hash(seed=0).reinterpret(signed=True) for cells in both]
        table = pl.DataFrame({"key": pl.concat(hashed), "label": pl.concat(both)})
        self.known.append(table.unique())
        self.keys.append((hashed[0].to_numpy(), hashed[1].to_numpy()))

    def _to_texts(self, pl: Any) -> None:
        self.whole = False
        for place, pair in enumerate(self.keys):
            labels = [pl.Series(keys).cast(pl.String) for keys in pair]
            hashed = [label.hash(seed=0).reinterpret(signed=True) for label in labels]
            self.known.append(pl.DataFrame({"key": pl.concat(hashed), "label": pl.concat(labels)}).unique())
            self.keys[place] = hashed[0].to_numpy(), hashed[1].to_numpy()

    def finish(self) -> tuple[Any, Any, Labels]:
        """Ends of the edges as int32, and the labels.

        Raises:
            GraphError: more than 2 ** 31 - 2 nodes, or two labels share a hash.
        """
        np = need("numpy")
        one, other = (np.concatenate([pair[side] for pair in self.keys]) for side in (0, 1))
        self.keys = []
        low, high = (
            (min(int(one.min()), int(other.min())), max(int(one.max()), int(other.max()))) if len(one) else (0, 0)
        )
        if self.whole and high - low < max(1_000_000, DENSE * 2 * len(one)):
            source, target, order = kernels().number_dense(one, other, low, high - low + 1)
        else:
            source, target, order = kernels().number_sparse(one, other)
        del one, other
        return source, target, Labels(order) if self.whole else self._labels(order)

    def _labels(self, order: Any) -> Labels:
        pl = need("polars")
        table = pl.concat(self.known).unique()
        self.known = []
        if table["key"].n_unique() != len(table) or len(table) != len(order):
            raise GraphError("two labels of this file share a hash of 64 bits; read it with body='networkx'")
        place = pl.DataFrame({"key": order}).join(table, on="key", how="left", maintain_order="left")
        return Labels.texts(place["label"].to_list())


def _plain_integers(pl: Any, cells: Any) -> Any:
    """The cells as int64 when each is the shortest way to write its number, else None."""
    if cells.dtype.is_integer():
        return cells.cast(pl.Int64).to_numpy()
    if cells.dtype != pl.String:
        return None
    whole = cells.cast(pl.Int64, strict=False)
    if whole.null_count():
        return None
    text = cells.str
    padded = (text.starts_with("0") & (text.len_bytes() > 1)).any() or text.starts_with("-0").any()
    return None if padded or text.starts_with("+").any() else whole.to_numpy()

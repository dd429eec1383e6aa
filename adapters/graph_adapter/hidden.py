"""Hidden states of a frozen language model for every node's text, computed once and read through memory maps.

A folder holds `about.json`, the texts' tokens, one state for the end of the prompt, and shards of states a token. A
shard is written beside its place and moved there whole, so that an interrupted run goes on with the next one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from graphs.errors import StorageError

_ABOUT = "about.json"


@dataclass(frozen=True)
class Prompt:
    """What stands before and after a node's text; the state at the end of `after` is what a class is read from.

    max_tokens: longer texts are cut.
    """

    before: str = ""
    after: str = "\nAnswer:"
    max_tokens: int = 128


class HiddenStates:
    """The states of one set of texts under one model.

    tokens: [all tokens] of the texts. starts: [num_nodes + 1], where each text begins in them. prompt: [num_nodes,
    hidden_size]. `rows` gives, for each token of a node, the state that the model predicts it from.
    """

    def __init__(self, folder: Path) -> None:
        """Open a finished folder.

        Raises:
            StorageError: it is not one, or a file of it is missing or broken.
        """
        self.folder = folder
        try:
            self.about: dict[str, Any] = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
            self.tokens: NDArray[Any] = np.load(folder / "tokens.npy", mmap_mode="r")
            self.starts: NDArray[Any] = np.load(folder / "starts.npy")
            self.prompt: NDArray[Any] = np.load(folder / "prompt.npy", mmap_mode="r")
            self.mean: NDArray[Any] = np.load(folder / "mean.npy", mmap_mode="r")
        except (OSError, ValueError) as error:
            raise StorageError(
                f"{folder} holds no finished cache of hidden states ({error}); build it again"
            ) from error
        self._shard = lru_cache(maxsize=4)(self._load)

    @property
    def num_nodes(self) -> int:
        return len(self.starts) - 1

    @property
    def hidden_size(self) -> int:
        return int(self.prompt.shape[1])

    def rows(self, node: int) -> tuple[NDArray[Any], NDArray[Any]]:
        """(states [tokens, hidden_size], tokens [tokens]) of a node's text.

        Raises:
            StorageError: the shard is missing.
        """
        first = node // self.about["per_shard"]
        begin, end = int(self.starts[node]), int(self.starts[node + 1])
        offset = int(self.starts[first * self.about["per_shard"]])
        return self._shard(first)[begin - offset : end - offset], self.tokens[begin:end]

    def _load(self, number: int) -> NDArray[Any]:
        try:
            found: NDArray[Any] = np.load(self.folder / _name(number), mmap_mode="r")
        except (OSError, ValueError) as error:
            raise StorageError(
                f"{self.folder / _name(number)}: cannot be read ({error}); delete it and run again"
            ) from error
        return found


def cached(
    folder: Path,
    model: Any,
    tokenizer: Any,
    texts: Sequence[str],
    prompt: Prompt,
    *,
    name: str,
    batch_size: int = 8,
    per_shard: int = 256,
    report: Callable[[int, int], None] = lambda done, of: None,
) -> HiddenStates:
    """The states of `texts` under a causal language model in `folder`: read where they stand there, else computed.

    name: the model's name, by which another model's cache is told. The model runs forward only, on its own device.

    Raises:
        StorageError: the folder holds states of another model, prompt or set of texts, or cannot be written.
    """
    digest = hashlib.sha256("\0".join(texts).encode(errors="replace")).hexdigest()[:32]
    about = {"model": name, "texts": digest, "per_shard": per_shard, **asdict(prompt)}
    folder.mkdir(parents=True, exist_ok=True)
    known = folder / _ABOUT
    if known.exists():
        before = json.loads(known.read_text(encoding="utf-8"))
        differ = sorted(key for key in about if before.get(key) != about[key])
        if differ:
            raise StorageError(f"{folder} holds hidden states with another {', '.join(differ)}; name another folder")
    else:
        known.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    if (folder / "mean.npy").exists():
        return HiddenStates(folder)
    rows = [tokenizer(text, add_special_tokens=False)["input_ids"][: prompt.max_tokens] for text in texts]
    head = _head(tokenizer, prompt.before)
    tail = tokenizer(prompt.after, add_special_tokens=False)["input_ids"]
    _save(folder / "starts.npy", np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64))
    _save(folder / "tokens.npy", np.array([token for row in rows for token in row], np.int32))
    was = model.training
    model.eval()
    try:
        for number, first in enumerate(range(0, len(rows), per_shard)):
            if not (folder / _name(number)).exists():
                _fill(folder, number, model, rows[first : first + per_shard], head, tail, batch_size)
            report(min(first + per_shard, len(rows)), len(rows))
    finally:
        model.train(was)
    size = int(model.config.hidden_size)
    ends = [np.load(folder / _name(number, "ends")) for number in range(-(-len(rows) // per_shard))]
    both = np.concatenate(ends) if ends else np.zeros((0, 2, size), np.float16)
    _save(folder / "prompt.npy", both[:, 0])
    _save(folder / "mean.npy", both[:, 1])
    return HiddenStates(folder)


def _head(tokenizer: Any, before: str) -> list[int]:
    """The tokens before a text: at least one, so that its first token is predicted from something."""
    found = tokenizer(before, add_special_tokens=False)["input_ids"]
    start = tokenizer.bos_token_id if tokenizer.bos_token_id is not None else tokenizer.eos_token_id
    return [start, *found] if start is not None else found or tokenizer("\n", add_special_tokens=False)["input_ids"]


@torch.no_grad()
def _fill(
    folder: Path, number: int, model: Any, rows: list[list[int]], head: list[int], tail: list[int], batch_size: int
) -> None:
    """Write one shard: the states of its tokens, and prompt end and mean of each node."""
    size, device = int(model.config.hidden_size), model.device
    starts = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    states = np.zeros((starts[-1], size), np.float16)
    ends = np.zeros((len(rows), 2, size), np.float16)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))  # like lengths together: less padding
    for at in range(0, len(order), batch_size):
        some = order[at : at + batch_size]
        whole = [head + rows[i] + tail for i in some]
        longest = max(map(len, whole))
        ids = torch.tensor([row + [0] * (longest - len(row)) for row in whole], device=device)
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in whole], device=device)
        found: Tensor = (
            model.base_model(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state.float().cpu()
        )
        for place, i in enumerate(some):
            mine, first = found[place], len(head)
            states[starts[i] : starts[i + 1]] = mine[first - 1 : first - 1 + len(rows[i])].numpy()
            ends[i, 0] = mine[len(whole[place]) - 1].numpy()
            ends[i, 1] = mine[first : first + max(1, len(rows[i]))].mean(0).numpy()
    _save(folder / _name(number, "ends"), ends)
    _save(folder / _name(number), states)


def _name(number: int, kind: str = "states") -> str:
    return f"{kind}-{number:05d}.npy"


def _save(path: Path, array: NDArray[Any]) -> None:
    """Write an array so that it is there whole or not at all."""
    part = path.with_suffix(".part")
    try:
        with part.open("wb") as file:
            np.save(file, array)
        part.replace(path)
    except OSError as error:
        raise StorageError(f"{path}: cannot be written ({error.strerror})") from error

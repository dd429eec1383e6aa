"""From a language model and an adapter to a folder that vLLM, and the twin here, can load."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

from adapters.serving.folder import ARCHITECTURES, MODEL_TYPE, About, settings
from graphs.errors import BadArgument, StorageError

FAMILIES = ("llama", "mistral", "qwen2", "qwen3")
_SKIPPED = ("config.json", "adapter", "nar")
_PLAIN = "{% for message in messages %}{{ message['content'] }}{% endfor %}"  # for models of raw text


def export(source: Path, target: Path, *, base: Path | None = None, most_nodes: int = 16, stride: int = 0) -> About:
    """Write the servable folder of a trained adapter; the base model's files are linked where that is possible.

    source: what `konigsberg train` saved: an adapter in peft's form, or a folder of TransNAR. base: the language model;
    by default the one that the adapter names. most_nodes: of a graph that a reasoner runs on. stride: by how much the
    position grows with a token; by default 1, or 4 for models that were trained on random positions.

    Raises:
        StorageError: a folder is missing, damaged or in the way. BadArgument: this adapter or model cannot be served.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise StorageError(f"{target} is in use; name a new folder")
    adapter, nar, about = _adapter(source)
    where = base or _base(source, adapter)
    config = settings(where)
    if config.get("model_type") not in FAMILIES:
        raise BadArgument(f"{where}: served base models are of {', '.join(FAMILIES)}; not {config.get('model_type')}")
    peft = settings_of(adapter)
    found = _about(peft, config, about, most_nodes, stride)
    extra = {"layers": _layers(adapter)} if found.kind != "graph_adapter" else {}
    if nar is not None:
        found = replace(found, algorithms=tuple(about["algorithms"]))
    _check(found, peft, config)
    target.mkdir(parents=True, exist_ok=True)
    _copy(where, target, skip=_SKIPPED)
    _copy(adapter, target / "adapter")
    if nar is not None:
        _copy(nar, target / "nar")
    if not any((where / name).exists() for name in ("chat_template.jinja", "chat_template.json")) and not _templated(
        where
    ):
        (target / "chat_template.jinja").write_text(_PLAIN, encoding="utf-8")
    text = {**config, "vocab_size": found.vocabulary + 2}
    written = {
        "architectures": [ARCHITECTURES[found.kind]], "model_type": MODEL_TYPE, "graph": found.as_json() | extra,
        "text_config": text, "tie_word_embeddings": config.get("tie_word_embeddings", False),
        "dtype": config.get("dtype") or config.get("torch_dtype") or "float32",
    }  # fmt: skip
    written |= {name: config[name] for name in ("bos_token_id", "eos_token_id", "pad_token_id") if name in config}
    (target / "config.json").write_text(json.dumps(written, indent=1) + "\n", encoding="utf-8")
    return found


def _adapter(source: Path) -> tuple[Path, Path | None, dict[str, Any]]:
    """(the adapter's folder, the reasoner's, what a folder of TransNAR says of itself)."""
    if (source / "transnar.json").is_file():
        about = json.loads((source / "transnar.json").read_text(encoding="utf-8"))
        if not about.get("graph", True):
            raise BadArgument(f"{source} is a control that reads no graph; serve its folder `base` as it is")
        return source / "adapter", source / "nar", about
    if (source / "adapter_config.json").is_file():
        return source, None, {}
    raise StorageError(f"{source} holds no adapter: neither adapter_config.json nor transnar.json is there")


def _base(source: Path, adapter: Path) -> Path:
    """The folder of the language model that the adapter was trained on."""
    named = settings_of(adapter).get("base_model_name_or_path") or ""
    places = [source / "base", *([Path(named)] if named else [])]
    for place in places:
        if (place / "config.json").is_file():
            return place
    raise StorageError(f"the language model {named or 'of the adapter'!r} is not here; name its folder by --base")


def settings_of(adapter: Path) -> dict[str, Any]:
    """peft's settings of an adapter.

    Raises:
        StorageError: they cannot be read.
    """
    try:
        found: dict[str, Any] = json.loads((adapter / "adapter_config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StorageError(f"{adapter} holds no adapter ({error})") from error
    return found


def _about(peft: dict[str, Any], config: dict[str, Any], about: dict[str, Any], most_nodes: int, stride: int) -> About:
    kind = str(peft.get("peft_type", "")).lower()
    if kind not in ARCHITECTURES:
        raise BadArgument(
            f"an adapter of type {peft.get('peft_type')} is not served by this plugin; vLLM itself serves LoRA, by "
            "`konigsberg serve BASE --lora NAME=FOLDER`"
        )
    if kind == "transnar" and not about:
        raise BadArgument("TransNAR is served with its reasoner; name the folder that `train transnar` saved")
    if about.get("anchor"):
        raise BadArgument(
            "positions that count from the answer cannot be served by vLLM, which counts from the question"
        )
    if peft.get("places"):
        raise BadArgument("an adapter that is told places of the answer cannot be served by vLLM, which knows none")
    if about.get("loops"):
        raise BadArgument("blocks that run several times cannot be served by vLLM, which keeps one cache for each")
    if kind == "transnar" and not 1 <= most_nodes <= 256:
        raise BadArgument(f"a graph may have 1 to 256 nodes, not {most_nodes}")
    return About(
        kind=kind, vocabulary=int(config["vocab_size"]), node_size=int(peft.get("node_size", 0)),
        most_nodes=most_nodes, edges=bool(peft.get("use_edges", False)),
        stride=stride or (4 if about.get("random_positions") else 1),
    )  # fmt: skip


def _layers(adapter: Path) -> list[int]:
    """The blocks that the adapter stands at."""
    import re

    from safetensors import safe_open

    with safe_open(adapter / "adapter_model.safetensors", "np") as file:
        found = {re.search(r"\.(?:layers|h|blocks)\.(\d+)\.", name) for name in file.keys()}  # noqa: SIM118
    return sorted({int(match[1]) for match in found if match is not None})


def _check(about: About, peft: dict[str, Any], config: dict[str, Any]) -> None:
    """Refuse what vLLM could not serve as the function that was trained."""
    hidden, heads = int(config["hidden_size"]), int(config["num_attention_heads"])
    keys = int(config.get("num_key_value_heads") or heads) * int(config.get("head_dim") or hidden // heads)
    what, size, most = {
        "transnar": ("the reasoner's states", about.node_size, hidden),
        "graph_adapter": ("the adapter's node states", int(peft.get("gnn_size", 0)), min(255, hidden)),
        "sparse_gin": (
            "the GIN's states",
            int(peft.get("gnn_size", 0)),
            keys if peft.get("edges") != "none" else 10**9,
        ),
    }[about.kind]
    if size > most:
        raise BadArgument(f"{what} have width {size}, and through this model no more than {most} can be handed")
    if config.get("sliding_window") and config.get("use_sliding_window", config["model_type"] == "mistral"):
        raise BadArgument("models with sliding windows cannot be served with graphs; choose another base model")


def _templated(folder: Path) -> bool:
    place = folder / "tokenizer_config.json"
    return place.is_file() and "chat_template" in json.loads(place.read_text(encoding="utf-8"))


def _copy(source: Path, target: Path, skip: tuple[str, ...] = ()) -> None:
    """The files of a folder; weights as links to the same bytes, where the file system can."""
    if not source.is_dir():
        raise StorageError(f"{source} is missing")
    target.mkdir(parents=True, exist_ok=True)
    for place in source.iterdir():
        if place.name in skip or not place.is_file():
            continue
        try:
            if place.suffix != ".safetensors":
                raise OSError("small files are copied, so that they can be edited")
            os.link(place.resolve(), target / place.name)
        except OSError:
            shutil.copyfile(place, target / place.name)

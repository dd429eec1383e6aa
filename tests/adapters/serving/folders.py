"""Tiny random models with awake adapters, as training saves them and as `export` makes them servable."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.adapters.tiny import torch, transformers, waken

from peft import get_peft_model  # isort: skip
from adapters import GraphAdapterConfig, SparseGINConfig, TransNARConfig
from adapters.nar.config import NARConfig
from adapters.nar.model import NAR
from adapters.serving.export import export
from adapters.transnar.reasoner import About, TextReasoner
from adapters.transnar.states import width_of
from adapters.transnar.tokens import number_tokenizer
from graphs.clrs.text import read_question

BFS = "bfs:\ns: 0, A: [[1 1 0 1], [1 1 0 0], [0 0 0 0], [1 0 0 1]]\npi:\n"
DIJKSTRA = "dijkstra:\ns: 1, A: [[0 0.5 0.25], [0.5 0 0], [0.25 0 0]]\npi:\n"
NODE_SIZE = 6  # of GraphAdapter's features
PATH = {
    "features": [[0.5] * NODE_SIZE, [1.0, 0, 0, 0, 0, -1.0], [0.0] * 5 + [2.0]],
    "edges": [[0, 1], [1, 2]],
    "node": 1,
}


def graph_of(question: str) -> dict[str, Any]:
    """The JSON of a CLRS-Text question's graph."""
    read = read_question(question)
    return {"algorithm": read.algorithm, "inputs": _plain(read.inputs)}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value.tolist() if hasattr(value, "tolist") else value


def byte_tokenizer() -> Any:
    """One whose tokens are bytes, so that it can write JSON."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    plain = Tokenizer(models.BPE({letter: i for i, letter in enumerate([*alphabet, "<end>"])}, []))
    plain.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    plain.decoder = decoders.ByteLevel()
    return transformers.PreTrainedTokenizerFast(tokenizer_object=plain, eos_token="<end>", pad_token="<end>")


def language_model(family: str = "llama", seed: int = 0, tokenizer: Any = None) -> Any:
    """A tiny random one; heads of 32 channels, as kernels need them."""
    torch.manual_seed(seed)
    tokenizer = tokenizer or number_tokenizer()
    config = transformers.AutoConfig.for_model(
        family, vocab_size=len(tokenizer), hidden_size=64, intermediate_size=96, num_hidden_layers=2, head_dim=32,
        num_attention_heads=2, num_key_value_heads=1, max_position_embeddings=4096, pad_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id, bos_token_id=None, tie_word_embeddings=True, initializer_range=0.2,
    )  # fmt: skip
    return transformers.AutoModelForCausalLM.from_config(config).eval()


def transnar(folder: Path, family: str = "llama", *, tokenizer: Any = None, random_positions: int = 0) -> Path:
    """A servable folder of TransNAR with a tiny reasoner."""
    torch.manual_seed(7)
    tokenizer = tokenizer or number_tokenizer()
    nar = NAR(NARConfig(algorithms=("bfs", "dijkstra"), hidden_size=16, triplet_size=4)).eval()
    config = TransNARConfig(
        node_size=width_of(16, 4, readout=True), numbers=4, readout=True, num_heads=2, head_dim=8, task_type="CAUSAL_LM"
    )
    model = get_peft_model(language_model(family, tokenizer=tokenizer), config)
    waken(model)
    about = About(("bfs", "dijkstra"), (4,), random_positions)
    TextReasoner(model.eval(), tokenizer, nar, about).save(folder / "trained")
    export(folder / "trained", folder / "served", most_nodes=8)
    return folder / "served"


def pretrained_transnar(folder: Path, where: str) -> Path:
    """A servable folder of TransNAR at three blocks of a pretrained language model, with random small weights."""
    torch.manual_seed(7)
    nar = NAR(NARConfig(algorithms=("bfs", "dijkstra"), hidden_size=64)).eval()
    model = transformers.AutoModelForCausalLM.from_pretrained(where, dtype=torch.float32)
    last = model.config.num_hidden_layers - 1
    blocks = sorted({last // 3, 2 * last // 3, last})
    model = get_peft_model(model, TransNARConfig(node_size=64, layers_to_transform=blocks, task_type="CAUSAL_LM"))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if parameter.requires_grad and name.endswith("gate"):
                parameter.fill_(0.5)
    tokenizer = transformers.AutoTokenizer.from_pretrained(where)
    TextReasoner(model.eval(), tokenizer, nar, About(("bfs", "dijkstra"), (4,), 0, where)).save(folder / "trained")
    export(folder / "trained", folder / "served")
    return folder / "served"


def base(folder: Path, family: str = "llama") -> Path:
    """The folder of a bare language model."""
    language_model(family).save_pretrained(str(folder))
    number_tokenizer().save_pretrained(str(folder))
    return folder


def graph_adapter(folder: Path, family: str = "llama", *, own_text: bool = False) -> Path:
    """A servable folder of GraphAdapter."""
    config = GraphAdapterConfig(node_size=NODE_SIZE, gnn_size=12, own_text=own_text, task_type="CAUSAL_LM")
    return _peft(folder, family, config)


def sparse_gin(folder: Path, family: str = "llama", **about: Any) -> Path:
    """A servable folder of Sparse GIN-Attention."""
    return _peft(folder, family, SparseGINConfig(gnn_size=16, top_k=3, task_type="CAUSAL_LM", **about))


def _peft(folder: Path, family: str, config: Any) -> Path:
    model = get_peft_model(language_model(family), config)
    waken(model)
    model.save_pretrained(str(folder / "adapter"))
    export(folder / "adapter", folder / "served", base=base(folder / "base", family))
    return folder / "served"


def lora(folder: Path, served: Path, tokenizer: Any) -> Path:
    """A random LoRA adapter of the language model in a servable folder, as peft saves it."""
    from peft import LoraConfig

    text = {"r": 4, "target_modules": ["q_proj", "v_proj", "down_proj"], "task_type": "CAUSAL_LM"}
    model = get_peft_model(language_model(tokenizer=tokenizer), LoraConfig(**text))
    waken(model)
    model.save_pretrained(str(folder))
    return folder

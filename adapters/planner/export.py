"""Make the shipped weights of a trained planner: LoRA merged, matrices as 8-bit rows with a scale each.

`python -m adapters.planner.export --data DIR --run DIR --out adapters/planner/weights`
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
import torch

from adapters.planner.pieces import MAX_PIECES
from adapters.planner.train import Trainer


def main() -> None:
    """Write planner.safetensors, pieces.txt and planner.json."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path)
    chosen = parser.parse_args()
    facts = json.loads((chosen.run / "facts.json").read_text())
    settings = {"data": chosen.data, "out": chosen.run, "base": chosen.base, "steps": 1, "batch": 1, "rate": 0.0}
    settings |= {name: facts[name] for name in ("rank", "frozen", "seed")}
    settings["start"] = Path(facts["start"]) if facts["start"] else None
    trainer = Trainer(argparse.Namespace(**settings, threads=0, device="cpu"))
    trainer._resume()
    trainer._refresh()
    from safetensors.numpy import save_file

    model: Any = trainer.model.eval()
    if facts["rank"]:
        model.encoder = model.encoder.merge_and_unload()
    state = {name: value.detach().numpy() for name, value in model.state_dict().items() if "position_ids" not in name}
    places = "encoder.embeddings.position_embeddings.weight"
    state[places] = state[places][:MAX_PIECES]
    corrections = state.pop("corrections")
    tools = trainer.bank.numpy() + corrections
    state["tools"] = tools / np.linalg.norm(tools, axis=1, keepdims=True)
    state["none"] = state["none"] / np.linalg.norm(state["none"])
    chosen.out.mkdir(parents=True, exist_ok=True)
    save_file(quantised(state), chosen.out / "planner.safetensors")
    (chosen.out / "pieces.txt").write_text((chosen.run / "pieces.txt").read_text(encoding="utf-8"), encoding="utf-8")
    (chosen.out / "planner.safetensors").chmod(0o644)
    names = [tool["name"] for tool in trainer.data.tools]
    rows = [json.dumps("roles") + ": " + json.dumps(facts["roles"]), json.dumps("tools") + ": " + json.dumps(names)]
    (chosen.out / "planner.json").write_text("{\n" + ",\n".join(rows) + "\n}\n")


def quantised(state: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Matrices as int8 rows with a scale for each (name + ".scale"), the rest as float32."""
    out: dict[str, np.ndarray] = {}
    for name, value in state.items():
        if value.ndim == 2 and value.size > 10_000:
            scale = np.maximum(np.abs(value).max(axis=1, keepdims=True), 1e-12) / 127
            out[name] = np.round(value / scale).astype(np.int8)
            out[name + ".scale"] = scale.astype(np.float32)
        else:
            out[name] = np.ascontiguousarray(value, dtype=np.float32)
    return out


if __name__ == "__main__":
    with torch.no_grad():
        main()

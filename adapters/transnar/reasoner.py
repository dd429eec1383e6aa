"""Text in, answer out: the question's graph goes through the reasoner, and the language model reads its states."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from adapters.nar.answers import SHIPPED as SHIPPED_NAR
from adapters.nar.batch import Batch, begun, collate
from adapters.nar.files import load_nar, save_nar
from adapters.nar.model import NAR
from adapters.nar.steps import most_steps
from adapters.transnar.layer import GraphStates
from adapters.transnar.looped import looped, rounds
from adapters.transnar.positions import Marks, answer_places, answer_positions, question_positions, random_positions
from adapters.transnar.states import read_states
from graphs.clrs.example import run
from graphs.clrs.text import read_question
from graphs.errors import BadArgument, StorageError

ABOUT = "transnar.json"
SHIPPED = Path(__file__).with_name("weights")


@dataclass(frozen=True)
class About:
    """How a reasoner was trained. random_positions, anchor: see `positions`; 0 for neither. base: "" when beside it.

    sizes: numbers of nodes that it was trained on. algorithms: what it was trained to answer. graph: whether it reads
    one; a baseline does not. loops: nodes of a graph for each round of the blocks, see `looped`; 0 for a single round.
    shipped_nar: the reasoner is the one that the package ships, and none lies beside it.
    """

    algorithms: tuple[str, ...]
    sizes: tuple[int, ...]
    random_positions: int = 0
    base: str = ""
    graph: bool = True
    anchor: int = 0
    loops: int = 0
    shipped_nar: bool = False


@dataclass
class TextReasoner:
    """A causal language model, adapted by TransNAR, with its tokenizer and its frozen algorithmic reasoner.

    nar: None for a baseline that reads text alone.
    """

    model: Any
    tokenizer: Any
    nar: NAR | None
    about: About

    @property
    def device(self) -> torch.device:
        return torch.device(next(self.model.parameters()).device)

    def states(self, batch: Batch, *, told: bool = False, shift: int = 0) -> GraphStates:
        """The reasoner's final states. told: run for the true number of steps, else as long as it chooses."""
        assert self.nar is not None
        bound = None if told else most_steps(batch.algorithm, batch.is_node.shape[1])
        with torch.no_grad():
            found = self.nar(batch.to(self.device), most_steps=bound)
        config = self.model.peft_config[self.model.active_adapter]
        nodes, pairs = read_states(found, batch.to(self.device), config, shift)
        return GraphStates(nodes, pairs, batch.is_node.to(self.device))

    @contextmanager
    def reading(self, states: GraphStates | None, num_nodes: int) -> Iterator[None]:
        """Let the language model read these states inside the block, in as many rounds as so many nodes ask for."""
        with ExitStack() as stack:
            if states is not None:
                stack.enter_context(self.model.base_model.reading(states))
            stack.enter_context(looped(self.model, rounds(num_nodes, self.about.loops)))
            yield

    @property
    def by_places(self) -> bool:
        """Whether the language model is told the places of an answer (`TransNARConfig.places`)."""
        return self.nar is not None and bool(self.model.peft_config[self.model.active_adapter].places)

    def writing(self, places: Tensor) -> AbstractContextManager[None]:
        """Tell the language model the places [batch, seq, 2] that follow the tokens, if it wants to know."""
        return self.model.base_model.writing(places.to(self.device)) if self.by_places else nullcontext()

    @torch.no_grad()
    def answer(self, questions: Sequence[str], *, max_new_tokens: int = 1024, seed: int = 0) -> list[str]:
        """The answers to questions of CLRS-Text, greedily; they may be of different algorithms.

        Raises:
            ParseError: a text is no question of CLRS-Text.
            BadArgument: an algorithm that the reasoner was not trained on, or a trace that is asked for.
        """
        parsed = [read_question(text) for text in questions]
        answers = [""] * len(questions)
        for question in parsed:
            if question.algorithm not in self.about.algorithms:
                known = ", ".join(self.about.algorithms)
                raise BadArgument(f"this model was trained on {known}; not on {question.algorithm}")
            if question.trace:
                raise BadArgument("this model answers without a trace; leave initial_trace and `trace |` out")
        examples = [begun(run(question.algorithm, **question.inputs)) for question in parsed]
        kinds = [(e.algorithm, rounds(e.num_nodes, self.about.loops)) for e in examples]
        for kind in sorted(set(kinds)):
            places = [i for i, other in enumerate(kinds) if other == kind]
            states = self.states(collate([examples[i] for i in places])) if self.nar is not None else None
            with self.reading(states, examples[places[0]].num_nodes):
                texts = self._decode([questions[i] for i in places], max_new_tokens, seed)
            for place, text in zip(places, texts, strict=True):
                answers[place] = text
        return answers

    def _decode(self, questions: Sequence[str], most: int, seed: int) -> list[str]:
        tokenizer, end = self.tokenizer, self.tokenizer.eos_token_id
        rows = [tokenizer(text)["input_ids"] for text in questions]
        width = max(map(len, rows))
        ids = torch.tensor([[tokenizer.pad_token_id] * (width - len(row)) + row for row in rows], device=self.device)
        mask = torch.tensor([[0] * (width - len(row)) + [1] * len(row) for row in rows], device=self.device)
        positions = self._positions(mask, width + most, seed)
        most = most if self.about.anchor else positions.shape[1] - width
        said: list[Tensor] = []
        done = torch.zeros(len(rows), dtype=torch.bool, device=self.device)
        cache, given = None, ids
        for step in range(most):
            place = positions[:, :width] if step == 0 else self._next(positions, width, said)
            with self.writing(self._places(given, said)):
                out = self.model(
                    input_ids=given, attention_mask=mask, position_ids=place, past_key_values=cache, use_cache=True
                )
            cache = out.past_key_values
            given = out.logits[:, -1].argmax(-1, keepdim=True)
            said.append(given)
            done |= given[:, 0] == end
            mask = torch.cat([mask, torch.ones_like(given)], dim=1)
            if bool(done.all()):
                break
        found = torch.cat(said, dim=1).tolist()
        return [tokenizer.decode(row[: row.index(end)] if end in row else row) for row in found]

    def _positions(self, mask: Tensor, length: int, seed: int) -> Tensor:
        """Positions [batch, length] of prompts, which are padded on the left, and of what follows, if that is known."""
        width, most = mask.shape[1], self.about.random_positions
        if self.about.anchor:
            return question_positions(mask, self.about.anchor)
        if not most:
            first = (mask.cumsum(-1) - 1).clamp(min=0)
            later = mask.sum(-1, keepdim=True) + torch.arange(length - width, device=mask.device)
            return torch.cat([first, later], dim=1)
        # an answer that outgrows the positions is cut off there
        count = max(width + 1, min(length, most))
        drawn = random_positions(len(mask), count, most, torch.Generator().manual_seed(seed))
        return drawn.to(mask.device)

    def _places(self, given: Tensor, said: list[Tensor]) -> Tensor:
        """Where what follows the given tokens is written: in the question nowhere, which is told as the first place."""
        if not said:
            return torch.zeros(*given.shape, 2, dtype=torch.long)
        return answer_places(torch.cat(said, dim=1), self._marks)[:, -1:]

    def _next(self, positions: Tensor, width: int, said: list[Tensor]) -> Tensor:
        """The positions [batch, 1] of the last tokens that were said."""
        if not self.about.anchor:
            return positions[:, width + len(said) - 1 : width + len(said)]
        return answer_positions(torch.cat(said, dim=1), self._marks, self.about.anchor)[:, -1:]

    @cached_property
    def _marks(self) -> Marks:
        return Marks.of(self.tokenizer)

    def save(self, folder: Path) -> None:
        """Write the model (beside the adapter where it has no other home), the adapter, and the reasoner."""
        folder.mkdir(parents=True, exist_ok=True)
        adapted = hasattr(self.model, "peft_config")
        if adapted:
            self.model.save_pretrained(str(folder / "adapter"))
        if not self.about.base:
            plain = self.model.get_base_model() if adapted else self.model
            _unwrapped(plain, folder / "base")
            self.tokenizer.save_pretrained(str(folder / "base"))
        if self.nar is not None and not self.about.shipped_nar:
            save_nar(self.nar, folder / "nar")
        (folder / ABOUT).write_text(json.dumps(asdict(self.about), indent=1) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, device: str = "cpu") -> TextReasoner:
        """What `save` wrote.

        Raises:
            StorageError: the folder holds no such model, or its base model cannot be found.
        """
        from peft import PeftModel
        from transformers import AutoModelForCausalLM, AutoTokenizer

        try:
            data = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
            about = About(**{**data, "algorithms": tuple(data["algorithms"]), "sizes": tuple(data["sizes"])})
            base = about.base or str(folder / "base")
            model: Any = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
            tokenizer = AutoTokenizer.from_pretrained(base)
            if (folder / "adapter").exists():
                model = PeftModel.from_pretrained(model, str(folder / "adapter"))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StorageError(f"{folder} holds no TransNAR model that can be read: {error}") from error
        nar = load_nar(SHIPPED_NAR if about.shipped_nar else folder / "nar", device) if about.graph else None
        return cls(model.to(device).eval(), tokenizer, nar, about)


def _unwrapped(model: Any, folder: Path) -> None:
    """Save a model without the adapter layers around its blocks."""
    state = {
        name.replace(".base_layer.", "."): tensor
        for name, tensor in model.state_dict().items()
        if ".transnar_block." not in name
    }
    model.save_pretrained(str(folder), state_dict=state)

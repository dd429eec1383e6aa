"""The model card of a trained adapter."""

from __future__ import annotations

from pathlib import Path

from adapters.training.result import Result

OURS = ("sparse-gin", "graph-adapter")  # methods that peft knows only once this package has told it


def write_card(folder: Path, result: Result) -> None:
    """Write README.md beside the adapter's weights, in place of the empty one that peft leaves there."""
    (folder / "README.md").write_text(card(result), encoding="utf-8")


def card(result: Result) -> str:
    """The card as Markdown, with the front matter that the hub reads."""
    own = result.method in OURS
    measures = "\n".join(
        f"| {name} | {result.before.get(name, float('nan')):.4g} | {value:.4g} |"
        for name, value in result.after.items()
    )
    load = ["from peft import PeftModel", "from transformers import AutoModelForCausalLM"]
    if own:
        load = ["from adapters import register", *load, "", "register()  # tells peft of this method"]
    base = Path(result.base).name if Path(result.base).exists() else result.base
    source = f'"FOLDER", gguf_file={base!r}' if base.endswith(".gguf") else repr(base)
    lines = [
        "---", "library_name: peft", f"base_model: {base}", "pipeline_tag: text-generation",
        "tags:", f"- {result.method}", "- konigsberg", "---", "",
        f"# {result.method} adapter of {base}", "",
        f"{result.trainable:,} trained parameters beside {result.total - result.trainable:,} frozen ones. "
        f"Trained on `{Path(result.data).name}` (SHA-256 {result.digest}…), seed {result.seed}, {result.steps} steps"
        f"{' (stopped early)' if result.stopped_early else ''}; the weights are those of step {result.best_step}.", "",
        "| validation | base model | with the adapter |", "|---|---|---|", measures, "",
        *(["Needs `pip install 'konigsberg[adapters]'`.", ""] if own else []),
        "```python", *load,
        f"model = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained({source}), \".\")", "```", "",
        "The validation text is the part of the same data that was held out, and the step was chosen on it: expect "
        "less elsewhere.", "",
    ]  # fmt: skip
    return "\n".join(lines)

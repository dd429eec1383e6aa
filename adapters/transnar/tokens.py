"""A tokenizer of CLRS-Text in which a number is one token, for language models that are trained from nothing."""

from __future__ import annotations

from typing import Any

from graphs.clrs.spec import SPECS

WHOLE = 100  # integers below this are one token
DECIMALS = 1100  # thousandths up to this, as 0.399, too; other numbers are read digit by digit
_LINE = "⏎"  # stands for a line break, which the tokenizer would drop with the blanks
_MARKS = "[ ] ( ) , : | - .".split()


def number_tokenizer() -> Any:
    """The tokenizer, of transformers' fast kind; decoding gives the text back with CLRS-Text's blanks."""
    from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers
    from transformers import PreTrainedTokenizerFast

    vocabulary = {token: number for number, token in enumerate(_vocabulary())}
    core = Tokenizer(models.WordPiece(vocabulary, unk_token="<unk>", max_input_chars_per_word=200))
    core.normalizer = normalizers.Replace("\n", f" {_LINE} ")
    parts = Regex(r"-?\d+(\.\d+)?|[A-Za-z_]+|[^\sA-Za-z_\d]")
    core.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Split(parts, behavior="isolated")]
    )
    core.decoder = decoders.Sequence(
        [
            decoders.WordPiece(prefix="##", cleanup=False),
            decoders.Fuse(),
            decoders.Replace(Regex(rf" *{_LINE} *"), "\n"),
            decoders.Replace(Regex(r" +(?=[\]\),:])|(?<=[\[\(]) +"), ""),
        ]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=core,
        pad_token="<pad>",
        eos_token="<eos>",
        unk_token="<unk>",
        clean_up_tokenization_spaces=False,
    )


def _vocabulary() -> list[str]:
    names = {feature.name for spec in SPECS.values() for feature in spec} | {"trace", "initial_trace"}
    digits = [str(digit) for digit in range(10)]
    letters = [chr(code) for code in (*range(65, 91), *range(97, 123))] + ["_"]
    pieces = [f"##{part}" for part in (*digits, *letters, ".")]
    numbers = [str(number) for number in range(WHOLE)]
    numbers += [str(thousandth / 1000) for thousandth in range(DECIMALS + 1)]
    tokens = ["<pad>", "<eos>", "<unk>", _LINE, *_MARKS, *sorted(SPECS), *sorted(names), *numbers, *letters, *pieces]
    return list(dict.fromkeys(tokens))

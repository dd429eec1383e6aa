"""The configuration of a servable folder, as transformers and vLLM read it."""

from __future__ import annotations

from typing import Any

from transformers import AutoConfig, PretrainedConfig

from adapters.serving.folder import MODEL_TYPE


class GraphModelConfig(PretrainedConfig):
    """The language model's own settings as `text_config`, and those of `adapters.serving.folder.About` as `graph`."""

    model_type = MODEL_TYPE
    sub_configs = {"text_config": AutoConfig}

    def __init__(self, text_config: Any = None, graph: dict[str, Any] | None = None, **kwargs: Any) -> None:
        if isinstance(text_config, dict):
            about = dict(text_config)
            text_config = AutoConfig.for_model(about.pop("model_type"), **about)
        self.text_config = text_config
        self.graph = graph or {}
        super().__init__(**kwargs)

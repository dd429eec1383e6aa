"""Let a data URL of the type `application/vnd.graph+json` arrive as a graph; all other URLs go vLLM's own way."""

from __future__ import annotations

import asyncio
from typing import Any

from vllm.exceptions import VLLMValidationError
from vllm.multimodal.media import MediaConnector
from vllm.multimodal.media.connector import MEDIA_CONNECTOR_REGISTRY

from adapters.serving.parts import from_url, is_graph
from adapters.vllm_plugin import CONNECTOR
from graphs.errors import GraphError


@MEDIA_CONNECTOR_REGISTRY.register(CONNECTOR)
class GraphConnector(MediaConnector):  # type: ignore[misc]
    """vLLM's connector, which also reads graphs."""

    def fetch_image(self, image_url: str, **kwargs: Any) -> Any:
        return read(image_url) if is_graph(image_url) else super().fetch_image(image_url, **kwargs)

    async def fetch_image_async(self, image_url: str, **kwargs: Any) -> Any:
        if is_graph(image_url):
            return await asyncio.to_thread(read, image_url)  # a large one would hold up other requests
        return await super().fetch_image_async(image_url, **kwargs)


def read(url: str) -> dict[str, Any]:
    """The JSON of a graph's URL.

    Raises:
        VLLMValidationError: it cannot be read; the server answers 400 with the reason.
    """
    try:
        return from_url(url)
    except GraphError as error:
        raise VLLMValidationError(str(error), parameter="image_url") from error

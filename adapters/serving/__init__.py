"""What a served graph model needs outside of vLLM: its folder, the graph in a request, and the same model without vLLM.

Nothing here imports vllm; `parts` and `folder` import neither torch nor transformers.
"""

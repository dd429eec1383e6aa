"""Sparse GIN-Attention beside LoRA and controls without edges."""

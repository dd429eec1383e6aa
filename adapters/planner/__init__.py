"""The embedded planner's encoder: MiniLM with LoRA and heads that read a question as tool calls; numpy runs it."""

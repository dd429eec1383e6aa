"""The embedded planner: a small fine-tuned encoder that reads a question as tool calls; numpy runs it."""

"""The embedded planner: a small fine-tuned encoder that reads a question as tool calls, on any laptop, without torch."""

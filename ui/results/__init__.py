"""Results of benchmarks as the web interface shows them, without gradio."""

"""Grown graphs as the web interface shows them, without gradio: whose they are, their growth, facts and pictures."""

"""The workflows that answer questions about graphs."""

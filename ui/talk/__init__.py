"""A conversation as the web page keeps, shows, checks and exports it. Nothing here knows gradio."""

"""Documents to grow from: text, Markdown, HTML, PDF and folders, cut into pieces that fit one call."""

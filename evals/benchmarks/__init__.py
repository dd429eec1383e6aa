"""One file or folder with a `TASK` for each benchmark."""

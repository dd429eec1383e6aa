"""One file for each way to run a language model; each is imported when a spec first names it."""

"""English sentences, read by rule."""

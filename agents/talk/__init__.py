"""Conversations: what they keep, and how a question leans on the ones before it."""

"""What attacks on certificates are made of: graphs of every kind, arguments for any tool, forged answers."""

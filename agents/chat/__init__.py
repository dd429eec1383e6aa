"""What every chat model shares: attempts and retries, the cache of replies, the ledger, replies under a schema."""

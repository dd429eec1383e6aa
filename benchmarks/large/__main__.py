"""`python -m benchmarks.large`: see `benchmarks.large.table`."""

from benchmarks.large.table import main

if __name__ == "__main__":
    main()

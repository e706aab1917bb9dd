"""``python -m etl.sample OUT``: the default corpus, written to a folder."""

from __future__ import annotations

import sys
from pathlib import Path

from etl.sample import write_sample


def main() -> int:
    """Exit status: 0, or 2 without exactly one folder to write to."""
    if len(sys.argv) != 2:
        print("usage: python -m etl.sample OUT", file=sys.stderr)
        return 2
    print(write_sample(Path(sys.argv[1])))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

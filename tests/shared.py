"""Material that lies beside the checkout on some machines; tests that need it skip elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="no shared material beside the repo")
REAL_SAMPLE = next(iter(sorted((SHARED / "samples").glob("*.txt"))), SHARED / "none")

"""`./run bench WORD …`: one module a word, each with ``run(words) -> exit status``."""

import importlib
import sys

WORDS = ("demo", "imports", "lighthouse", "matching", "pages")

if len(sys.argv) < 2 or sys.argv[1] not in WORDS:
    sys.exit(f"usage: ./run bench {{{','.join(WORDS)}}} …")
sys.exit(importlib.import_module(f"bench.{sys.argv[1]}").run(sys.argv[2:]))

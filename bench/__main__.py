"""`./run bench WORD …`: one module a word, each with ``run(words) -> exit status``."""

import importlib
import sys

WORDS = {
    "choosing": "choosing",
    "demo": "demo",
    "import": "imports",
    "lighthouse": "lighthouse",
    "matching": "matching",
    "pages": "pages",
    "repair": "repairing",
    "studio": "studio",
}

if len(sys.argv) < 2 or sys.argv[1] not in WORDS:
    sys.exit(f"usage: ./run bench {{{','.join(WORDS)}}} …")
sys.exit(importlib.import_module(f"bench.{WORDS[sys.argv[1]]}").run(sys.argv[2:]))

import sys

from upwell.cli.main import main

sys.exit(main())

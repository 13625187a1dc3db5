"""`python -m wyexcel` is the command `wyexcel`."""

import sys

from wyexcel.cli.main import main

sys.exit(main())

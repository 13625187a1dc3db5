"""`python -m wyexcel` is the command `wyexcel`."""

import sys

from wyexcel.cli import main

sys.exit(main())

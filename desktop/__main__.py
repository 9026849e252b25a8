"""Start the client: `python -m desktop`."""

import sys

from desktop import app

sys.exit(app.main())

"""Start the client: `python -m desktop`."""

from desktop import app

app.leave(app.main())

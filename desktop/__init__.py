"""Show the platform in a window of its own: the desktop client, for Windows, macOS and Linux."""

# Told to the platform with every request; `docs/operations.md` says how a version is given out.
VERSION = "1.0.0"

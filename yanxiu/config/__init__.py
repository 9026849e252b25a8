"""Say how the platform is switched on: settings, addresses, servers, the command line."""

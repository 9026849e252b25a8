"""Issue papers that stay true."""

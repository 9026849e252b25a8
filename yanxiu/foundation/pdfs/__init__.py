"""Look into PDF files that anybody may have made."""

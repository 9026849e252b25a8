"""Take the few steps that cross domains: confirmed, so reissued; complete, so counted."""

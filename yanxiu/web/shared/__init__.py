"""Share what all pages need: access, refusals, templates, components."""

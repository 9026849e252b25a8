"""Let a teacher into a training, or say why not."""

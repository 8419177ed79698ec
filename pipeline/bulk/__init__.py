"""Public dumps to the facts that they hold about some papers."""

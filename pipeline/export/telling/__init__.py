"""A month or a week, told: as a page and as Markdown."""

"""Who is who and what is what: people, organisations, tags and cited works."""

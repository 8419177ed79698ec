"""What every stage speaks of: records, identities, tables, errors, ids, folding, engines."""

"""A siege: faults of disks, processes, archives and texts against whole commands."""

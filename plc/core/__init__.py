"""Words every room shares: errors, the viewer, school years, grades, disclosure. Standard library only."""

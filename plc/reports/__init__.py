"""Reports: what a page shows, as a PDF that can be read aloud and a CSV."""

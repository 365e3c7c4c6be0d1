"""Inquiries of a team through Seek, Discover, Confirm and Share, and the tests that measure a practice."""

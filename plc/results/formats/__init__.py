"""Files as schools' systems export them: recognised by their headers and translated by one engine.

Each format is a TOML file in this folder; docs/formats.md says how to write one.
"""

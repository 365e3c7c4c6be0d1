"""The practice library: cards, who may see them, and what their tests say together."""

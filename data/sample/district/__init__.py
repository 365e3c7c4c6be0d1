"""The generator of the sample district: an invented district whose true effects are known."""

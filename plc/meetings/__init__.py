"""The weekly meeting of a team: its steps, what members write, what they commit to."""

"""What a principal and a district leader look at: practices, teams, barriers; never a teacher."""

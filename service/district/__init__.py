"""What a district owes: coverage, trainings, its reports."""

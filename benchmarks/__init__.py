"""What Candour costs, as ratios against something else measured in the same run."""

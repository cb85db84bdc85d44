"""What happens by itself: the beats of the jobs process."""
